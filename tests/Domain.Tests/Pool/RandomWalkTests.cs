using System.Collections.Concurrent;
using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>What holds after every step of any sequence of commands, from any state of a site.</summary>
public sealed class RandomWalkTests
{
    static readonly Gen<Step> Provisions = AnyLine.Array[1, 2].Select(lines => new Step(
        $"provision {string.Join(" and ", lines.Select(line => line.Numbers))}",
        null,
        site => PoolDecider.Decide(site, new Provision(ByPlatform, [.. lines]))));

    static readonly Gen<Step> Allocations = Gen.Select(AnyNumbers, AnyAccount, (numbers, account) => new Step(
        $"allocate {numbers} to {account}",
        account,
        site => PoolDecider.Decide(site, new Allocate(numbers, Occupier(account), ByOperator))));

    static readonly Gen<Step> Counts = Gen.Select(Gen.Int[1, 4], AnyAccount, (count, account) => new Step(
        $"count {count} for {account}",
        account,
        site => PoolDecider.Decide(site, new AllocateCount(count, Occupier(account), ByOperator))));

    static readonly Gen<Step> Assignments = Gen.Select(
        AnyAccount, AnyServiceId, Gen.OneOf("voice", "room", "fax", "reception", "unknown"),
        Gen.Int[1, 4], Gen.Int[0, 5],
        (account, service, code, quantity, stale) => new Step(
            $"assign {quantity} × {code} to {account} as {service}{(stale == 0 ? ", stale" : "")}",
            account,
            site => PoolDecider.Decide(site, new AssignService(
                Occupier(account), service, code, quantity, Seen(site, account, service, stale == 0), ByOperator))));

    static readonly Gen<Step> Steps = Gen.OneOf(Provisions, Allocations, Counts, Assignments);

    [Fact]
    public void The_walks_meet_every_outcome()
    {
        var met = new ConcurrentDictionary<string, int>();
        Walk((_, step, decision, _) => met.AddOrUpdate(
            $"{step.Text.Split(' ')[0]}: {Outcome(decision)}", 1, (_, times) => times + 1));

        Assert.Equal(
            [
                "allocate: EarmarkedForAnother", "allocate: NominatedMain", "allocate: NotProvisioned",
                "allocate: Taken", "allocate: changed", "allocate: unchanged",
                "assign: PoolExhausted", "assign: ServiceChanged", "assign: UnknownService",
                "assign: changed", "assign: changed but NoNominatedMain", "assign: unchanged",
                "assign: unchanged but NoNominatedMain",
                "count: PoolExhausted", "count: changed",
                "provision: AlreadyProvisioned", "provision: NamedTwice", "provision: changed",
            ],
            met.Keys.Order(StringComparer.Ordinal));

        static string Outcome(PoolDecision decision) => decision switch
        {
            PoolDecision.Accepted { Change: var change } =>
                (change.Changed.Count > 0 ? "changed" : "unchanged")
                + (change.Missing is { } missing ? $" but {missing.GetType().Name}" : ""),
            PoolDecision.Refused { Refusals: [Refusal.OfNumber first, ..] } => $"{first.Reason}",
            PoolDecision.Refused refused => refused.Refusals.Single().GetType().Name,
            _ => throw new InvalidOperationException("A third kind of decision."),
        };
    }

    [Fact]
    public void A_number_never_passes_from_one_account_to_another() => Walk((before, _, _, after) =>
    {
        var pool = after.Pool.All();
        var held = before.Pool.All().Where(at => at.Value.Account is not null);
        Assert.DoesNotContain(held, at => pool[at.Key] != at.Value);
        Assert.DoesNotContain(pool.Values, n => n.State == NumberState.Reserved != n.Account is not null);
    });

    [Fact]
    public void Each_change_is_of_the_numbers_it_names_and_each_of_them_moves_on_by_one_version() =>
        Walk((before, step, decision, after) =>
        {
            if (decision is not PoolDecision.Accepted { Change: var change })
                return;

            var old = before.Pool.All();
            var changed = after.Pool.All().Where(at => old.GetValueOrDefault(at.Key) != at.Value).ToList();
            Assert.Equal(changed.Select(at => at.Key).Order(), change.Changed);
            Assert.All(changed, at =>
            {
                Assert.Equal((old.GetValueOrDefault(at.Key)?.Version ?? 0) + 1, at.Value.Version);
                Assert.Equal(step.Account, at.Value.Account);
            });
            Assert.Equal(
                change.Changed.Blocks.Select(part => part.Block), change.Blocks.Select(block => block.Id).Order());
            Assert.All(change.Holdings, holding => Assert.Equal(step.Account, holding.Account));
        });

    [Fact]
    public void The_count_of_an_accounts_direct_numbers_is_always_that_of_a_recount() => Walk((_, _, _, after) =>
    {
        var held = after.Pool.All().Values
            .Where(number => number is { State: NumberState.Reserved, Role: NumberRole.Direct }).ToList();
        Assert.All(after.Holdings.Values, holding =>
            Assert.Equal(held.Count(number => number.Account == holding.Account), holding.DirectNumbers));
        Assert.Equal(held.Count, after.Holdings.Values.Sum(holding => holding.DirectNumbers));
    });

    [Fact]
    public void An_accounts_main_number_is_the_one_nominated_number_that_it_has() => Walk((_, _, _, after) =>
    {
        var mains = after.Pool.All()
            .Where(at => at.Value is { State: NumberState.Reserved, Role: NumberRole.NominatedMain })
            .Select(at => (at.Value.Account!.Value, at.Key));
        Assert.Equal(
            mains.Order(),
            after.Holdings.Values.Where(holding => holding.Main is not null)
                .Select(holding => (holding.Account, holding.Main!.Value)).Order());
    });

    [Fact]
    public void A_count_gives_just_so_many() => Walk((_, step, decision, _) =>
    {
        if (step.Text.StartsWith("count", StringComparison.Ordinal)
            && decision is PoolDecision.Accepted { Change: var change })
            Assert.Equal($"{change.Changed.Count}", step.Text.Split(' ')[1]);
    });

    [Fact]
    public void An_assignment_takes_exactly_what_all_services_of_the_account_lack() => Walk(AssertTakesTheShortfall);

    [Fact]
    public void Repeating_an_accepted_command_gives_nothing_more_out() => Walk((_, step, decision, after) =>
    {
        // A count names no numbers: that a request is a repeat is known by its operation's row alone.
        if (!step.Text.StartsWith("count", StringComparison.Ordinal)
            && decision is PoolDecision.Accepted && step.On(after) is PoolDecision.Accepted repeated)
            Assert.Equal(after.Pool.All(), after.After(repeated.Change).Pool.All());
    });

    [Fact]
    public void Repeating_an_accepted_allocation_changes_nothing_at_all() =>
        Gen.Select(AnySite, Allocations).Sample((site, step) =>
        {
            if (step.On(site) is not PoolDecision.Accepted { Change: var change })
                return;

            var after = site.After(change);
            var repeated = Assert.IsType<PoolDecision.Accepted>(step.On(after)).Change;
            Assert.Empty(repeated.Blocks);
            Assert.Empty(repeated.Holdings);
            Assert.Empty(repeated.Changed);
            Assert.Equal(change.Changed.Union(change.Unchanged), repeated.Unchanged);
            Assert.Equal(Describe(after), Describe(after.After(repeated)));
        }, iter: 2_000);

    [Fact]
    public void A_site_that_the_platform_does_not_manage_refuses_all_but_new_numbers() =>
        Gen.Select(AnySite, Steps).Sample((site, step) =>
        {
            var decision = step.On(site with { Rules = site.Rules with { ManagedByPlatform = false } });

            if (step.Account is null)
                Assert.Equal(step.On(site).GetType(), decision.GetType());
            else
                Assert.Equal([new Refusal.SiteNotManaged()], Assert.IsType<PoolDecision.Refused>(decision).Refusals);
        }, iter: 1_000);

    static void AssertTakesTheShortfall(SiteState before, Step step, PoolDecision decision, SiteState after)
    {
        if (!step.Text.StartsWith("assign", StringComparison.Ordinal) || decision is not PoolDecision.Accepted accepted)
            return;

        var required = after.Holding(step.Account!.Value).Services.Values.Sum(service => service.Code switch
        {
            "voice" => service.Quantity,
            "room" => (2 * service.Quantity) + 1,
            "fax" => 3,
            "reception" => service.Quantity,
            _ => 0,
        });
        var had = before.Pool.All().Values.Count(number =>
            number.Account == step.Account && number.Role is NumberRole.Direct);
        var direct = accepted.Change.Changed.Count(at => before.Pool.Find(at)!.Role is NumberRole.Direct);
        Assert.Equal(Math.Max(0, required - had), direct);
        Assert.InRange(accepted.Change.Changed.Count - direct, 0, 1);
    }

    static void Walk(Action<SiteState, Step, PoolDecision, SiteState> check) =>
        Gen.Select(AnySite, Steps.Array[1, 15]).Sample((site, steps) =>
        {
            foreach (var step in steps)
            {
                var decision = step.On(site);
                var after = decision is PoolDecision.Accepted accepted ? site.After(accepted.Change) : site;

                check(site, step, decision, after);
                site = after;
            }
        }, iter: 500, print: Print);

    static string Print((SiteState Site, Step[] Steps) walk) =>
        $"{Describe(walk.Site)}\n{string.Join('\n', walk.Steps.Select(step => step.Text))}";

    static int? Seen(SiteState site, Id<Account> account, Id<VoiceService> service, bool stale) =>
        (site.Holding(account).Service(service)?.Version, stale) switch
        {
            (null, true) => 1,
            (var version, true) => version - 1,
            (var version, false) => version,
        };

    /// <summary>A command of whichever kind, and the account it is for.</summary>
    sealed record Step(string Text, Id<Account>? Account, Func<SiteState, PoolDecision> On);
}
