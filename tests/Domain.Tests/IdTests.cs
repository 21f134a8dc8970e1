using System.Text.RegularExpressions;
using CsCheck;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Tests;

public sealed partial class IdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("london-1")]
    [InlineData("a-")]
    [InlineData("a23456789-123456789-123456789-123456789-")]
    public void An_id_reads_and_prints_the_same_text(string text) =>
        Assert.Equal(text, Id<Site>.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("A")]
    [InlineData("a b")]
    [InlineData(" a")]
    [InlineData("a\n")]
    [InlineData("a~b")]
    [InlineData("a|b")]
    [InlineData("a_b")]
    [InlineData("é")]
    [InlineData("٣")]
    [InlineData("a23456789-123456789-123456789-123456789-1")]
    public void What_could_break_a_key_is_no_id(string? text)
    {
        Assert.False(Id<Site>.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void A_text_that_is_no_id_is_named_in_the_fault() =>
        Assert.Contains("'No id'", Assert.Throws<FormatException>(() => Id<Site>.Parse("No id")).Message);

    [Fact]
    public void Any_text_is_an_id_just_when_the_documented_pattern_says_so() =>
        Gen.String[Gen.OneOf("abz019--Ab ~|é٣\n".ToCharArray()), 0, 42].Sample(
            text => Id<User>.TryParse(text, out _) == Pattern().IsMatch(text), iter: 5_000);

    [Fact]
    public void Ids_sort_as_their_text_does_in_table_keys() =>
        Gen.Select(Texts, Texts).Sample((a, b) =>
            Math.Sign(Id<Site>.Parse(a).CompareTo(Id<Site>.Parse(b))) == Math.Sign(string.CompareOrdinal(a, b))
            && (Id<Site>.Parse(a) == Id<Site>.Parse(b)) == (a == b));

    [Fact]
    public void An_id_that_was_never_set_names_nothing() =>
        Assert.Throws<InvalidOperationException>(() => default(Id<Site>).Value);

    static Gen<string> Texts => Gen.String[Gen.OneOf("ab1".ToCharArray()), 1, 3];

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex Pattern();
}
