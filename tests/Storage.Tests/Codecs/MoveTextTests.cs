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

    [Fact]
    public void A_row_from_before_moves_were_written_has_none() =>
        Assert.Empty(MoveText.Read(new TableEntity("site", "E|1")));
}
