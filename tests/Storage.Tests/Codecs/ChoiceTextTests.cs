using System.Collections.Immutable;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Allocation;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Codecs;

/// <summary>Reasons as text in the rows of an operation and its event.</summary>
public sealed class ChoiceTextTests
{
    [Theory]
    [InlineData(ChoiceRule.Earmarked, "442079460121:5e")]
    [InlineData(ChoiceRule.NearExisting, "442079460121:5n")]
    [InlineData(ChoiceRule.BestFit, "442079460121:5f")]
    [InlineData(ChoiceRule.LongestRested, "442079460121:5r")]
    [InlineData(ChoiceRule.Lowest, "442079460121:5l")]
    [InlineData(ChoiceRule.OnlyOne, "442079460121:5o")]
    [InlineData(ChoiceRule.LongestPiece, "442079460121:5p")]
    [InlineData(ChoiceRule.NominatedMain, "442079460121:5m")]
    public void A_reason_has_the_letter_that_rows_have_had_since_the_first(ChoiceRule rule, string text)
    {
        var row = new TableEntity("site", "row");
        var piece = new Piece(E164.Parse("+442079460121"), 5, rule);

        ChoiceText.Write(row, [piece, piece with { Anchor = E164.Parse("+442079460120") }]);

        Assert.Equal($"{text},{text}442079460120", row.GetString("Choice0"));
        Assert.Equal<Piece>([piece, piece with { Anchor = E164.Parse("+442079460120") }], ChoiceText.Read(row));
    }

    [Fact]
    public void No_choice_takes_no_property()
    {
        var row = new TableEntity("site", "row");
        ChoiceText.Write(row, []);
        Assert.DoesNotContain(row.Keys, key => key.StartsWith("Choice", StringComparison.Ordinal));
        Assert.Empty(ChoiceText.Read(row));
    }

    [Fact]
    public async Task The_most_pieces_of_the_longest_numbers_fit_one_transaction_and_are_read_back()
    {
        var numbers = Enumerable.Range(0, AllocationWish.CountMax)
            .Select(i => E164.FromDigits(999_999_999_980_000 + i)).ToList();
        var pieces = numbers.Select(at => new Piece(at, 1, ChoiceRule.NearExisting, E164.Last)).ToImmutableArray();
        var operation = new Operation
        {
            Id = new(Gens.Site, new string('a', 26)),
            Kind = OperationKind.Allocation,
            Actor = new(new string('u', 200), Role.Platform, Id<Operator>.Parse(new('o', 40))),
            Arguments = new string('a', 26),
            At = DateTimeOffset.UnixEpoch,
            Account = Id<Account>.Parse(new('a', 40)),
            Changed = NumberSet.Of(numbers),
            Choice = pieces,
        };
        var site = SiteKeys.Partition(Gens.Site);
        var change = new SiteChange([], [], operation.Changed, NumberSet.Empty) { Choice = pieces };
        var blocks = operation.Changed.Blocks.Select(part => new Block(part.Block, part.Slots.Select(slot =>
            KeyValuePair.Create(slot, new Number
            {
                State = NumberState.Reserved,
                Account = operation.Account,
                Operation = new(Gens.Site, new string((char)('a' + (slot % 26)), 26)),
                Since = DateTimeOffset.UnixEpoch.AddSeconds(slot),
                Version = int.MaxValue - slot,
            }))));
        RowChange[] rows =
        [
            new RowChange.Insert(OperationRow.Write(operation)),
            new RowChange.Insert(EventRow.Write(
                operation, "take", change, Gens.Worst(operation.Changed), operation.At, 3)),
            .. blocks.Select(block => new RowChange.Insert(BlockRow.Write(Gens.Site, block, null, default))),
        ];

        // The memory store is as strict about limits as the service.
        var table = new MemoryTable();
        Assert.IsType<CommitResult.Committed>(
            await table.CommitAsync(site, rows, TestContext.Current.CancellationToken));

        var stored = table.Rows.Single(row => row.RowKey == SiteKeys.Operation(operation.Id));
        Assert.Equal<Piece>(pieces, OperationRow.Read(stored).Choice);
        var announced = table.Rows.Single(row => row.RowKey == SiteKeys.Event(operation.Id, "take"));
        Assert.Equal<Piece>(pieces, ChoiceText.Read(announced));
    }
}
