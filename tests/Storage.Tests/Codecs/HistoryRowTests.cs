using System.Collections.Immutable;
using Azure.Data.Tables;
using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Codecs;

/// <summary>What an event says of each number, its history's rows say too.</summary>
public sealed class HistoryRowTests
{
    static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));

    static readonly Operation Sample = new()
    {
        Id = new(Gens.Site, new string('a', 26)),
        Kind = OperationKind.Allocation,
        Actor = new("user", Role.Platform, Id<Operator>.Parse("landlord")),
        Arguments = "",
        At = At,
        Account = Id<Account>.Parse("acme"),
        Note = "A wish of theirs.",
    };

    [Fact]
    public void The_rows_of_an_event_say_of_each_number_what_the_event_says() =>
        Gens.Moves.Array[1, 5].Sample(moves =>
        {
            var known = moves.Where(move => move.Numbers.Count > 0).ToImmutableArray();
            if (known.IsEmpty)
                return;
            var whole = EventRow.Read(Stored(EventRow.Write(Sample, "take", Change(NumberSet.Empty), known, At, 7)));
            var rows = HistoryRow.Of(whole).Select(row => Stored(row)).ToList();
            var parts = rows.Select(HistoryRow.Read).ToList();

            Assert.Equal(rows.Count, rows.Select(row => row.PartitionKey).Distinct().Count());
            foreach (var number in known.SelectMany(move => move.Numbers).Distinct())
                Assert.Equal(whole.Of(number), parts.SelectMany(part => part.Of(number)));
            Assert.Equal(
                known.Sum(move => move.Numbers.Count),
                parts.Sum(part => part.Moves.Sum(move => move.Numbers.Count)));
            Assert.All(parts, part => Assert.Equal((whole.Deed, "take"), (part.Deed, part.Step)));
        }, iter: 200);

    [Fact]
    public void Whose_doing_it_was_comes_back_from_an_event_and_from_its_history()
    {
        var deed = new Deed(
            Sample.Id, "Allocation", At, "user", Role.Platform, Id<Operator>.Parse("landlord"),
            Id<Account>.Parse("acme"), "A wish of theirs.", 7);
        var row = Stored(EventRow.Write(Sample, "take", Change(NumberSet.Empty), [Import(Some(0, 1))], At, 7));

        Assert.Equal(deed, EventRow.Read(row).Deed);
        Assert.Equal(deed, HistoryRow.Read(Stored(HistoryRow.Of(EventRow.Read(row)).Single())).Deed);
    }

    [Fact]
    public void What_the_app_did_by_itself_has_no_role()
    {
        var operation = Sample with { Actor = Actor.System, Account = null, Note = null };
        var row = Stored(EventRow.Write(operation, "take", Change(NumberSet.Empty), [Import(Some(0, 1))], At, 7));

        var deed = HistoryRow.Read(Stored(HistoryRow.Of(EventRow.Read(row)).Single())).Deed;

        Assert.Equal(("system", null, null), (deed.User, deed.Role, deed.OnBehalfOf));
    }

    [Fact]
    public void What_lapsed_by_itself_is_nobodys_doing_and_was_when_it_lapsed()
    {
        var lapse = new Move(
            new(NumberState.Held, NumberState.Available, NumberRole.Direct, Id<Account>.Parse("other"), null, 1,
                At.AddHours(-3)),
            Some(5, 1), [3]);
        var step = EventRow.Read(Stored(EventRow.Write(Sample, "take", Change(NumberSet.Empty), [lapse], At, 7)));

        var entry = step.Of(Some(5, 1).Single()).Single();

        Assert.Equal((null, At.AddHours(-3)), (entry.Deed, entry.At));
    }

    [Fact]
    public void As_many_moves_as_one_block_can_have_fit_its_row()
    {
        var block = NumberSet.Of([new BlockSlots(new(9_999_999_999_000), Slots.All)]);
        var moves = block.SelectMany(number => new[] { 1, 2 }.Select(version => Gens.Worst(NumberSet.Of([number]))[0]
            with { Versions = [version + (int)(number.Digits % 100)] })).ToImmutableArray();
        var operation = Sample with { Note = new('ä', 200) };
        var row = EventRow.Write(operation, "take", Change(block), moves, At, 7);

        Assert.Equal<Move>(moves, HistoryRow.Read(Stored(HistoryRow.Of(EventRow.Read(row)).Single())).Moves);
    }

    [Fact]
    public void A_piece_that_reaches_over_a_blocks_edge_is_kept_whole_on_both_sides()
    {
        var change = Change(Some(95, 10)) with { Choice = [new(Number(95), 10, ChoiceRule.Lowest)] };
        var moves = new Move(
            new(NumberState.Available, NumberState.Reserved, NumberRole.Direct, Sample.Account, null),
            Some(95, 10), [.. Enumerable.Repeat(2, 10)]);
        var rows = HistoryRow.Of(EventRow.Read(Stored(EventRow.Write(Sample, "take", change, [moves], At, 7))));

        Assert.Equal(
            [change.Choice[0], change.Choice[0]], rows.SelectMany(row => HistoryRow.Read(Stored(row)).Choice));
    }

    [Fact]
    public void An_event_from_before_moves_were_written_tells_them_all_the_same()
    {
        var import = Earlier(Sample with { Kind = OperationKind.Import, Account = null }, Some(0, 2), []);
        var service = Earlier(
            Sample with { Kind = OperationKind.VoiceService }, Some(0, 2),
            [new(Number(1), 1, ChoiceRule.NominatedMain), new(Number(0), 1, ChoiceRule.Lowest)]);

        Assert.Equal(
            [(1, new Way(null, NumberState.Available, null, null, null))],
            import.Of(Number(1)).Select(entry => (entry.Version, entry.Way)));
        Assert.Equal(
            [(2, Reserved(NumberRole.Direct)), (2, Reserved(NumberRole.NominatedMain))],
            new[] { 0, 1 }.SelectMany(place => service.Of(Number(place))).Select(entry => (entry.Version, entry.Way)));
        Assert.Equal(ChoiceRule.Lowest, service.Of(Number(0)).Single().Choice!.Rule);
    }

    [Fact]
    public void Keys_of_the_history_sort_as_time()
    {
        var times = new[] { At.AddTicks(-1), At, At.AddTicks(1), At.AddYears(1) };
        string[] keys = [.. times.Select(time => HistoryKeys.Row(
            EventRow.Read(EventRow.Write(Sample, "take", Change(NumberSet.Empty), [Import(Some(0, 1))], time, 7)).Deed,
            "take"))];

        Assert.Equal(keys, keys.Order(StringComparer.Ordinal));
        Assert.All(keys.Skip(1), key => Assert.True(string.CompareOrdinal(key, HistoryKeys.From(At)) > 0));
        Assert.True(string.CompareOrdinal(keys[0], HistoryKeys.From(At)) < 0);
    }

    static Way Reserved(NumberRole role) =>
        new(NumberState.Available, NumberState.Reserved, role, Sample.Account, null);

    static StepEvent Earlier(Operation operation, NumberSet numbers, ImmutableArray<Piece> choice)
    {
        var row = EventRow.Write(operation, "take", Change(numbers) with { Choice = choice }, [], At, 7);
        row.Remove("Moves0");
        return EventRow.Read(Stored(row));
    }

    static Move Import(NumberSet numbers) => new(
        new(null, NumberState.Available, NumberRole.Direct, null, null), numbers,
        [.. Enumerable.Repeat(1, numbers.Count)]);

    static Domain.Pool.SiteChange Change(NumberSet numbers) => new([], [], numbers, NumberSet.Empty);

    static E164 Number(int place) => E164.FromDigits(442079460000 + place);

    static NumberSet Some(int first, int count) => NumberSet.Of(Enumerable.Range(first, count).Select(Number));

    static TableEntity Stored(TableEntity row)
    {
        var table = new MemoryTable();
        Assert.True(table.CommitAsync(row.PartitionKey, [new RowChange.Insert(row)], CancellationToken.None)
            is { IsCompletedSuccessfully: true, Result: CommitResult.Committed });
        return Assert.Single(table.Rows);
    }
}
