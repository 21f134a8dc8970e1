using System.Collections.Immutable;
using Azure.Data.Tables;
using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

public sealed class MoveTextTests
{
    [Fact]
    public void Moves_come_back_as_they_were_written() => Gens.Moves.Array[0, 5].Sample(moves =>
    {
        var row = new TableEntity("site", "E|1");
        var known = moves.Where(move => move.Numbers.Count > 0).ToImmutableArray();

        MoveText.Write(row, known);

        Assert.Equal<Move>(known, MoveText.Read(row));
    }, iter: 500);

    [Theory]
    [InlineData("😀")]
    [InlineData("é")]
    [InlineData("\u00a0\ue000")]
    [InlineData("+<&'")]
    public void What_the_serializer_thinks_odd_takes_as_much_as_it_is_long(string odd)
    {
        var (row, text) = (new TableEntity("site", "E|1"), string.Concat(Enumerable.Repeat(odd, 20_001)));
        var move = Gens.Worst(NumberSet.Of([E164.Parse("+442079460000")]))[0];
        var told = move with { Way = move.Way with { What = new("settings.changed", [new("label", null, text)]) } };

        MoveText.Write(row, [told]);

        Assert.Equal<Move>([told], MoveText.Read(row));
        Assert.InRange(
            row.Select(part => part.Value).OfType<string>().Sum(part => part.Length), text.Length, text.Length + 1_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    public void A_character_that_takes_two_is_not_parted_where_a_property_is_full(string first)
    {
        var (row, text) = (new TableEntity("site", "E|1"), first + string.Concat(Enumerable.Repeat("😀", 40_000)));

        TextParts.Write(row, "Text", text);

        Assert.Equal(text, TextParts.Read(row, "Text"));
        Assert.DoesNotContain(
            row.Where(part => part.Key.StartsWith("Text", StringComparison.Ordinal)),
            part => char.IsHighSurrogate(((string)part.Value)[^1]));
    }

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\u0041\\")]
    [InlineData("\"\\\"\u0085\u2028\uffff")]
    public void What_looks_like_an_escape_is_read_as_it_was(string text)
    {
        var row = new TableEntity("site", "E|1");
        var move = Gens.Worst(NumberSet.Of([E164.Parse("+442079460000")]))[0];
        var told = move with { Way = move.Way with { What = new("settings.changed", [new("label", text, null)]) } };

        MoveText.Write(row, [told]);

        Assert.Equal<Move>([told], MoveText.Read(row));
    }

    [Fact]
    public void A_row_from_before_moves_were_written_has_none() =>
        Assert.Empty(MoveText.Read(new TableEntity("site", "E|1")));
}
