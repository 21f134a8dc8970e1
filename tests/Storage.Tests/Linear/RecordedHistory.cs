using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;

namespace Telephony.Storage.Tests.Linear;

/// <summary>
/// A few callers on a few processes, at a site of four numbers in two blocks: two free, one that acme has and used, one
/// that other has.
/// </summary>
sealed class RecordedHistory
{
    const int Callers = 4, CallsOfEach = 4;

    static readonly ImmutableArray<int> Places = [0, 1, 100, 101];
    static readonly string[] Accounts = ["acme", "other"];

    readonly List<Call> calls = [];
    readonly Random random;
    int clock;

    RecordedHistory(int seed) => random = new(seed);

    public static SiteModel Start => new([SiteModel.Free, "used acme", SiteModel.Free, "reserved other"]);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="seed">Decides what is asked; with turns also in which order requests reach the table.</param>
    /// <param name="table">The undisturbed table.</param>
    /// <param name="turns">Null where callers just run.</param>
    /// <param name="through">What a process sees of the table.</param>
    public static async Task<IReadOnlyList<Call>> OfAsync(
        int seed, ITable table, Turns? turns, Func<ITable, ITable>? through = null)
    {
        var history = new RecordedHistory(seed);
        var site = await SiteAsync(table);
        var processes = Enumerable.Range(0, Callers / 2).Select(_ =>
        {
            var seen = turns is null ? table : new TakingTurns(table, turns);
            return site.Process(through?.Invoke(seen) ?? seen, new AtNoon());
        }).ToList();
        var reads = new SiteQueries(turns is null ? table : new TakingTurns(table, turns));
        var wishes = Enumerable.Range(0, Callers * CallsOfEach).Select(_ => history.AnyWish()).ToList();
        var callers = Enumerable.Range(0, Callers).Select(caller => (Func<Task>)(async () =>
        {
            for (var i = caller; i < wishes.Count; i += Callers)
            {
                if (turns is not null)
                    await turns.NextAsync();
                var start = Interlocked.Increment(ref history.clock);
                var answer = await AskAsync(site, processes[caller % processes.Count], reads, wishes[i], i);
                var end = Interlocked.Increment(ref history.clock);
                lock (history.calls)
                    history.calls.Add(new(caller, wishes[i], answer, start, end));
            }
        })).ToList();

        await (turns?.RunAsync(callers) ?? Task.WhenAll(callers.Select(Task.Run)));
        return [.. history.calls.OrderBy(call => call.Start)];
    }

    static async Task<Answer> AskAsync(TestSite site, SitePartition process, SiteQueries reads, Wish wish, int index)
    {
        if (wish.Verb is Verb.Read)
        {
            var number = TestSite.Number(Places[wish.Numbers[0]]);
            return new([], [], Seen((await reads.NumberAsync(site.Id, number, Ct))!));
        }

        var name = TestSite.Name(index);
        var account = Id<Account>.Parse(wish.Account);
        var numbers = TestSite.Numbers([.. wish.Numbers.Where(place => place < Places.Length).Select(p => Places[p])]);
        var work = wish.Verb switch
        {
            Verb.AllocateCount => site.AllocateCount(name, wish.Account, wish.Numbers[0]),
            Verb.Allocate => site.Allocate(name, wish.Account, numbers),
            Verb.Hold => site.Move(name, numbers, order => LifeWork.Hold(order, account, TestSite.Noon.AddDays(1))),
            Verb.Release => site.Move(name, numbers, order => LifeWork.Release(order, account)),
            _ => site.Move(name, numbers, order => new NumberCommand.Restore(order, account)),
        };
        return Answer.Of(
            await process.TransactAsync(work, Ct), number => Places.IndexOf((int)(number.Digits - First.Digits)));
    }

    static E164 First => TestSite.Number(0);

    static string Seen(Number number) => number switch
    {
        { State: NumberState.Available } => SiteModel.Free,
        { State: NumberState.Held } => $"held {number.Account}",
        { State: NumberState.Reserved, EverActive: true } => $"used {number.Account}",
        { State: NumberState.Reserved } => $"reserved {number.Account}",
        _ => $"resting {number.Former}",
    };

    static async Task<TestSite> SiteAsync(ITable table)
    {
        var site = await TestSite.WithAsync(table, TestSite.Numbers([.. Places]));
        await site.Process().TransactAsync(site.Allocate("hers", "acme", TestSite.Numbers(Places[1])), Ct);
        await site.Process().TransactAsync(site.Allocate("his", "other", TestSite.Numbers(Places[3])), Ct);
        await site.RewriteAsync(TestSite.Number(Places[1]), number => number with { EverActive = true });
        return site;
    }

    Wish AnyWish()
    {
        var verb = random.GetItems((Verb[])
            [
                Verb.Allocate, Verb.Allocate, Verb.AllocateCount, Verb.Hold, Verb.Release, Verb.Release, Verb.Restore,
                Verb.Read, Verb.Read,
            ], 1)[0];
        ImmutableArray<int> numbers = verb is Verb.Read ? [random.Next(Places.Length)]
            : verb is Verb.AllocateCount ? [random.Next(1, 3)]
            : [.. random.GetItems([0, 1, 2, 3], random.Next(1, 3)).Distinct().Order()];
        return new(verb, Accounts[random.Next(Accounts.Length)], numbers);
    }

    /// <summary>It is noon all the time, and who waits for a rival does not wait: turns decide who is next.</summary>
    sealed class AtNoon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => TestSite.Noon;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
