using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Linear;

/// <summary>
/// Many requests at once, from several processes, end as if they had come one after the other; and a store or a cache
/// that is wrong in a way that would break this is found out.
/// </summary>
public sealed class LinearizabilityTests(AzuriteFixture azurite)
{
    const int Seeds = 60;

    [Fact]
    public async Task Every_history_is_one_that_a_single_clerk_could_have_made()
    {
        var conflicts = 0;
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var table = new CountingConflicts(new MemoryTable());
            var history = await RecordedHistory.OfAsync(seed, table, new Turns(seed));
            conflicts += table.Conflicts;

            Assert.True(Linearizable.Is(history, RecordedHistory.Start), Print(seed, history));
        }

        Assert.True(conflicts > Seeds, $"Only {conflicts} conflicts: the histories prove too little.");
    }

    [Fact]
    public async Task A_seed_is_a_history_that_can_be_had_again() => Assert.Equal(
        Print(7, await RecordedHistory.OfAsync(7, new MemoryTable(), new Turns(7))),
        Print(7, await RecordedHistory.OfAsync(7, new MemoryTable(), new Turns(7))));

    [Fact]
    public async Task So_is_every_history_on_the_real_protocol()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var history = await RecordedHistory.OfAsync(seed, new AzuriteStore(azurite).Table, turns: null);

            Assert.True(Linearizable.Is(history, RecordedHistory.Start), Print(seed, history));
        }
    }

    [Fact]
    public Task A_store_that_forgets_if_match_is_found_out() =>
        AssertFoundAsync((table, _) => new WithoutIfMatch(table));

    [Fact]
    public Task A_process_that_refuses_by_what_it_remembers_is_found_out() =>
        AssertFoundAsync((table, _) => new OldRows(table));

    [Fact]
    public Task A_store_that_breaks_transactions_apart_is_found_out() =>
        AssertFoundAsync((table, turns) => new InTwoParts(table, turns));

    [Fact]
    public void Calls_that_overlap_may_have_come_in_any_order_and_others_only_in_theirs()
    {
        var site = new SiteModel([SiteModel.Free]);
        Call Read(string seen, int start, int end) => new(0, new(Verb.Read, "", [0]), new([], [], seen), start, end);
        var allocation = new Call(1, new(Verb.Allocate, "acme", [0]), new([0], [], null), 2, 5);

        Assert.True(Linearizable.Is([Read("free", 3, 4), allocation], site));
        Assert.True(Linearizable.Is([Read("reserved acme", 3, 4), allocation], site));
        Assert.True(Linearizable.Is([allocation, Read("reserved acme", 6, 7)], site));
        Assert.False(Linearizable.Is([Read("reserved acme", 0, 1), allocation], site));
        Assert.False(Linearizable.Is([allocation, Read("free", 6, 7)], site));
        Assert.False(Linearizable.Is([Read("reserved acme", 3, 4), allocation, Read("free", 6, 7)], site));
        Assert.False(Linearizable.Is([allocation, allocation with { Start = 6, End = 7 }], site));
    }

    static async Task AssertFoundAsync(Func<ITable, Turns, ITable> wrong)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var turns = new Turns(seed);
            var history = await RecordedHistory.OfAsync(seed, new MemoryTable(), turns, table => wrong(table, turns));
            if (!Linearizable.Is(history, RecordedHistory.Start))
                return;
        }

        Assert.Fail($"None of {Seeds} histories shows it.");
    }

    static string Print(int seed, IReadOnlyList<Call> history) => $"Seed {seed}:\n{string.Join('\n', history)}";
}
