using Telephony.Domain.Directory;

namespace Telephony.Domain.Tests;

public sealed class OperationIdTests
{
    const string Hash = "abcdefghijklmnopqrstuvwxyz";

    [Theory]
    [InlineData("london~abcdefghijklmnopqrstuvwxyz")]
    [InlineData("l-1~23456723456723456723456723")]
    public void An_operation_reads_and_prints_the_same_text(string text) =>
        Assert.Equal(text, OperationId.Parse(text).ToString());

    [Fact]
    public void It_knows_the_site_whose_partition_holds_it()
    {
        var id = OperationId.Parse("london~" + Hash);

        Assert.Equal(Id<Site>.Parse("london"), id.Site);
        Assert.Equal(Hash, id.Hash);
        Assert.Equal(new(Id<Site>.Parse("london"), Hash), id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("london")]
    [InlineData("london~")]
    [InlineData("~abcdefghijklmnopqrstuvwxyz")]
    [InlineData("London~abcdefghijklmnopqrstuvwxyz")]
    [InlineData("london~abcdefghijklmnopqrstuvwxy")]
    [InlineData("london~abcdefghijklmnopqrstuvwxyza")]
    [InlineData("london~Abcdefghijklmnopqrstuvwxyz")]
    [InlineData("london~1bcdefghijklmnopqrstuvwxyz")]
    [InlineData("london~8bcdefghijklmnopqrstuvwxyz")]
    [InlineData("london~ébcdefghijklmnopqrstuvwxyz")]
    [InlineData("london~abcdefghijklmnopqrstuvwxyz~")]
    [InlineData("london~step~abcdefghijklmnopqrstuvwxyz")]
    public void Other_text_is_no_operation(string? text)
    {
        Assert.False(OperationId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void A_text_that_is_no_operation_is_named_in_the_fault() =>
        Assert.Contains("'london'", Assert.Throws<FormatException>(() => OperationId.Parse("london")).Message);

    [Theory]
    [InlineData("")]
    [InlineData("abcdefghijklmnopqrstuvwxy~")]
    public void It_cannot_be_made_from_a_hash_that_would_not_read_back(string hash) =>
        Assert.Throws<ArgumentException>(() => new OperationId(Id<Site>.Parse("london"), hash));
}
