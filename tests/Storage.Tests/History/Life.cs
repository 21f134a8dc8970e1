using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.History;

/// <summary>
/// Years at a site with 1,000 numbers: requests of every sort go through the real pool, into tables in memory, and the
/// history is moved as it happens; now and then it cannot be, and waits. Who then has which number is written down
/// beside it, from the requests and their outcomes alone.
/// </summary>
sealed partial class Life
{
    public const int Numbers = 1_000;
    const int Seed = 20260301;
    const int Accounts = 40;

    public static readonly DateTimeOffset Begin = new(2021, 1, 4, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset End = Begin.AddYears(5);

    readonly Random random = new(Seed);
    readonly FakeTimeProvider clock = new(Begin);
    readonly FaultPlan faults = FaultPlan.Seeded(Seed, 0.02);
    readonly MemoryTable sites = new();
    readonly MemoryTable history = new();
    readonly SitePartition process;
    int requests;

    Life()
    {
        Tables = new(sites, history, clock);
        var mover = new TestHistory(sites, new FaultyTable(history, faults), clock).Mover;
        process = new(sites, new SiteCache(), new Calendar(clock), mover);
    }

    public static Id<Site> Site { get; } = Id<Site>.Parse("tower");

    public TestHistory Tables { get; }

    public int RowCount => history.Rows.Count;

    /// <summary>Requests to the history that were lost.</summary>
    public int Faults => faults.Faults;

    /// <summary>Kept by hand, number by number.</summary>
    public Ledger Ledger { get; } = new(Numbers);

    public Dictionary<string, int> Outcomes { get; } = [];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static E164 Number(int index) => E164.FromDigits(442079460000 + index);

    public static async Task<Life> LiveAsync()
    {
        var life = new Life();
        await life.ImportAsync(0, Numbers - 100);
        while (life.clock.GetUtcNow() < End)
        {
            life.clock.Advance(TimeSpan.FromMinutes(life.random.Next(1, 3_500)));
            await life.StepAsync();
            if (life.requests == 400)
                await life.ImportAsync(Numbers - 100, 100);
        }

        return life;
    }

    async Task StepAsync()
    {
        var (account, first, count) = (Account(), random.Next(Numbers), random.Next(1, 12));
        var now = clock.GetUtcNow();
        // Mostly what is free; now and then whatever lies there, which is mostly refused.
        var some = random.Next(4) > 0
            ? Ledger.Some(now, NumberState.Available, random, count)
            : [.. Enumerable.Range(first, count).Select(i => i % Numbers)];
        switch (random.Next(11))
        {
            case 0:
                await CountAsync(account, count);
                break;
            case 1 or 2 or 3 when some.Any(number => Ledger.At(number, now).Account == account):
                // What it has already would be found as asked, and a hold of its own prolonged: not today.
                break;
            case 1 or 2:
                await MoveAsync("reserve", some,
                    order => new NumberCommand.Reserve(order, account, NumberSource.ByHand),
                    Ledger.All(some, now, NumberState.Available), (NumberState.Reserved, account, null));
                break;
            case 3:
                var end = now.AddHours(random.Next(1, 4_000));
                await MoveAsync("hold", some, order => new NumberCommand.Hold(order, account, end),
                    Ledger.All(some, now, NumberState.Available), (NumberState.Held, account, end));
                break;
            case 4:
                await ServeAsync(Ledger.Some(now, NumberState.Reserved, random, count));
                break;
            case 5:
                await RetireFromServiceAsync(Ledger.Some(now, NumberState.Active, random, count));
                break;
            case 6 or 7:
                await ReleaseAsync(Ledger.Some(now, NumberState.Reserved, random, count), now);
                break;
            case 8:
                await MoveAsync("rest is over", Ledger.Some(now, NumberState.Cooldown, random, count),
                    order => new NumberCommand.EndCooldown(order), fits: true, (NumberState.Available, null, null));
                break;
            case 9:
                await BlockAsync(Ledger.Some(now, NumberState.Available, random, 3));
                break;
            default:
                await StarterAsync(Ledger.Some(now, NumberState.Held, random, count), now);
                break;
        }
    }

    async Task ImportAsync(int first, int count)
    {
        var numbers = Enumerable.Range(first, count).ToList();
        var outcome = await SendAsync(OperationKind.Import, null, (state, order) => PoolDecider.Decide(
            state, new Provision(order, [new(Set(numbers), NumberKind.Standard, false, null)])));
        Assert.IsType<SiteOutcome.Done>(outcome);
        Ledger.Put(numbers, clock.GetUtcNow(), NumberState.Available, null, null);
    }

    /// <summary>Which ones it got is what the answer to the caller says.</summary>
    async Task CountAsync(Id<Account> account, int count)
    {
        var outcome = await SendAsync(OperationKind.Allocation, account, (state, order) => PoolDecider.Decide(
            state, new AllocateCount(count, new(account, AccountKind.Occupier), order)));
        if (Note("count", outcome) is { } done)
        {
            Ledger.Put(
                [.. done.Changed.Select(number => (int)(number.Digits - Number(0).Digits))], clock.GetUtcNow(),
                NumberState.Reserved, account, null);
        }
    }

    /// <param name="what">For the count of outcomes.</param>
    /// <param name="numbers">Which ones.</param>
    /// <param name="command">What is wanted of them.</param>
    /// <param name="fits">Whether it must be done, by what the ledger knows; else it must be refused.</param>
    /// <param name="then">What they then are; whose they are stays, where they are still somebody's.</param>
    async Task MoveAsync(
        string what, IReadOnlyList<int> numbers, Func<Order, NumberCommand> command, bool fits,
        (NumberState State, Id<Account>? Account, DateTimeOffset? Until) then)
    {
        if (numbers.Count == 0)
            return;
        var outcome = await SendAsync(OperationKind.Allocation, then.Account, (state, order) => PoolDecider.Decide(
            state, new MoveNumbers(Set(numbers), command(order))));
        var done = Note(what, outcome);
        Assert.Equal(fits, done is not null);
        if (done is not null)
            Ledger.Put(numbers, clock.GetUtcNow(), then.State, then.Account, then.Until);
    }

    Operation? Note(string what, SiteOutcome outcome)
    {
        var done = (outcome as SiteOutcome.Done)?.Operation;
        var name = $"{what}: {(done is null ? "refused" : "done")}";
        Outcomes[name] = Outcomes.GetValueOrDefault(name) + 1;
        return done;
    }

    Task<SiteOutcome> SendAsync(
        OperationKind kind, Id<Account>? account, Func<SiteState, Order, PoolDecision> decide)
    {
        var (now, request) = (clock.GetUtcNow(), ++requests);
        var hash = new char[26];
        for (var i = 0; i < hash.Length; i++)
            (hash[i], request) = ((char)('a' + (request % 26)), request / 26);
        var operation = new Operation
        {
            Id = new(Site, new string(hash)),
            Kind = kind,
            Actor = new("paula", Role.Platform, null),
            Arguments = "",
            At = now,
            Account = account,
        };
        return process.TransactAsync(
            new(operation, "change", now, state => decide(state, operation.Order(now))), Ct);
    }

    Id<Account> Account() => Id<Account>.Parse($"account-{random.Next(Accounts)}");

    static NumberSet Set(IEnumerable<int> numbers) => NumberSet.Of(numbers.Select(Number));

    /// <summary>Years pass, and what the one process there is remembers of the site does not age.</summary>
    sealed class Calendar(TimeProvider inner) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override long GetTimestamp() => 0;
    }
}
