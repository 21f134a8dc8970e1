using System.Globalization;
using Microsoft.Extensions.Configuration;
using Telephony.LocalRuntime.Timers;

namespace Telephony.LocalRuntime.Tests.Timers;

public sealed class TimerScheduleTests
{
    static readonly IConfiguration Settings = new ConfigurationBuilder().AddInMemoryCollection(
        new Dictionary<string, string?>
        {
            ["SweepSchedule"] = "0 30 4 * * *",
            ["Sweep:Every"] = "00:05:00",
            ["Hour"] = "4",
            ["Empty"] = "",
            ["Bad"] = "soon",
        }).Build();

    [Theory]
    [InlineData("0 */5 * * * *", "2030-01-01T00:01:02.5Z", "2030-01-01T00:05:00Z")]
    [InlineData("0 */5 * * * *", "2030-01-01T00:05:00Z", "2030-01-01T00:10:00Z")]
    [InlineData("30 0 12 * * MON-FRI", "2030-01-04T13:00:00Z", "2030-01-07T12:00:30Z")]
    [InlineData("*/10 * * * * *", "2030-01-01T00:00:55Z", "2030-01-01T00:01:00Z")]
    [InlineData("0 0 3 * * *", "2030-06-30T04:30:00+02:00", "2030-06-30T03:00:00Z")]
    [InlineData("00:05:00", "2030-01-01T00:01:02.5Z", "2030-01-01T00:06:02.5Z")]
    [InlineData("1.00:00:00", "2030-01-01T00:01:00Z", "2030-01-02T00:01:00Z")]
    [InlineData("%SweepSchedule%", "2030-01-01T00:00:00Z", "2030-01-01T04:30:00Z")]
    [InlineData("%Sweep:Every%", "2030-01-01T00:00:00Z", "2030-01-01T00:05:00Z")]
    [InlineData("0 15 %Hour% * * *", "2030-01-01T00:00:00Z", "2030-01-01T04:15:00Z")]
    public void The_next_occurrence_is_the_first_one_after_a_time_in_Utc(string schedule, string from, string next)
    {
        var found = TimerSchedule.Parse(schedule, Settings).After(Time(from));

        Assert.Equal((Time(next), TimeSpan.Zero), (found, found.Offset));
    }

    [Theory]
    [InlineData("*/5 * * * *", "'*/5 * * * *' is no schedule: it takes six fields")]
    [InlineData("0 0 25 * * *", "six fields")]
    [InlineData("0 * * * * * *", "six fields")]
    [InlineData("", "six fields")]
    [InlineData("5", "six fields")]
    [InlineData("00:00:00", "six fields")]
    [InlineData("-00:05:00", "six fields")]
    [InlineData("%Bad%", "'soon' is no schedule")]
    [InlineData("0 0 0 31 2 *", "never comes")]
    [InlineData("%Elsewhere%", "the setting Elsewhere, which is unset")]
    [InlineData("%Empty%", "the setting Empty, which is unset")]
    public void What_is_no_schedule_is_refused_with_the_reason(string schedule, string reason) =>
        Assert.Contains(
            reason,
            Assert.Throws<FormatException>(() => TimerSchedule.Parse(schedule, Settings)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("*/10 * * * * *", true)]
    [InlineData("0,30 * * * * *", true)]
    [InlineData("0,59 * * * * *", true)]
    [InlineData("00:00:59", true)]
    [InlineData("0 * * * * *", false)]
    [InlineData("59 * * * * *", false)]
    [InlineData("*/10 0 * * * *", false)]
    [InlineData("00:01:00", false)]
    public void What_is_due_more_than_once_a_minute_is_known(string schedule, bool isFrequent) =>
        Assert.Equal(isFrequent, TimerSchedule.Parse(schedule, Settings).IsFrequent);

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
