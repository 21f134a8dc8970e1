using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.LifeWork;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

/// <summary>
/// Lives of numbers as seeds have them, through two processes that each remember what they last saw, while holds end:
/// what the events tell is the whole way to what the rows say.
/// </summary>
public sealed class LifeHistoryTests
{
    const int Steps = 60;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_moves_of_all_events_lead_to_the_rows_and_no_lapse_is_told_twice_or_never()
    {
        var lapses = 0;
        for (var seed = 1; seed <= 25; seed++)
            lapses += await LiveAsync(seed);

        Assert.True(lapses > 25, $"Only {lapses} holds lapsed.");
    }

    /// <returns>How many holds lapsed.</returns>
    static async Task<int> LiveAsync(int seed)
    {
        var (random, clock) = (new Random(seed), new Clock(Noon));
        var site = await WithAsync(new MemoryTable(), Numbers(0, 1, 2, 100));
        SitePartition[] processes = [site.Process(clock: clock), site.Process(clock: clock)];
        for (var i = 0; i < Steps; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(random.Next(4)));
            await processes[random.Next(2)].TransactAsync(AnyWork(site, Name(i), random, clock.GetUtcNow()), Ct);
        }

        var text = await site.ReadAsync();
        var told = Replay(text, seed);
        Assert.Equal(
            text.Numbers.Select(at => (at.Key, (at.Value.State, at.Value.Version))).Order(),
            told.Select(at => (at.Key, at.Value)).Order());
        return text.Events.SelectMany(row => MoveText.Read(row)).Count(move => move.Way.At is not null);
    }

    static SiteWork AnyWork(TestSite site, string name, Random random, DateTimeOffset now)
    {
        var numbers = Numbers([.. random.GetItems([0, 1, 2, 100], random.Next(1, 3)).Distinct()]);
        var account = random.Next(3) == 0 ? Other : Acme;
        return random.Next(9) switch
        {
            0 or 1 or 2 => site.Move(
                name, numbers, order => Hold(order, account, now.AddSeconds(random.Next(1, 9))), now),
            3 => site.Move(name, numbers, order => Reserve(order, account), now),
            4 or 5 => site.Move(name, numbers, order => Release(order, account), now),
            6 => site.Move(name, numbers, order => new NumberCommand.Block(order, null), now, Party.Platform),
            7 => site.Move(name, numbers, order => new NumberCommand.Unblock(order), now, Party.Platform),
            _ => site.Move(name, numbers, order => new NumberCommand.EndHold(order), now, Party.Timer),
        };
    }

    /// <summary>Each move begins where the one before it ended. Events sort as their requests came.</summary>
    static Dictionary<E164, (NumberState State, int Version)> Replay(PartitionText text, int seed)
    {
        var told = new Dictionary<E164, (NumberState State, int Version)>();
        var events = text.Events.OrderBy(row => !row.RowKey.Contains("~setup", StringComparison.Ordinal))
            .ThenBy(row => row.RowKey, StringComparer.Ordinal);
        foreach (var (row, move) in events.SelectMany(row => MoveText.Read(row).Select(move => (row, move))))
        {
            foreach (var (number, version) in move.Numbers.Zip(move.Versions))
            {
                var known = told.TryGetValue(number, out var before);
                Assert.True(
                    move.Way.From == (known ? before.State : null) && version == before.Version + 1,
                    $"Seed {seed}: {row.RowKey} moves {number}, {before}, from {move.Way.From} to {version}.");
                told[number] = (move.Way.To, version);
            }
        }

        return told;
    }
}
