using Telephony.Domain.Groups;

namespace Telephony.Domain.Tests.Groups;

public sealed class DayTimeTests
{
    [Theory]
    [InlineData("00:00")]
    [InlineData("08:30")]
    [InlineData("24:00")]
    [InlineData("48:00")]
    public void A_time_reads_as_it_is_written(string text) => Assert.Equal(text, DayTime.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("8:30")]
    [InlineData("08:60")]
    [InlineData("48:01")]
    [InlineData("99:00")]
    [InlineData("08.30")]
    [InlineData("08:30:00")]
    [InlineData("-8:30")]
    [InlineData("٠٨:٣٠")]
    public void Anything_else_is_no_time(string? text) => Assert.False(DayTime.TryParse(text, out _));
}
