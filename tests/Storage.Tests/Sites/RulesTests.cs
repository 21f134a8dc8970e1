using Microsoft.Extensions.Time.Testing;
using Telephony.Domain.Access;
using Telephony.Domain.Rules;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class RulesOnMemory() : RulesTests(new MemoryStore(), retries: 0);

public sealed class RulesOnAzurite(AzuriteFixture azurite) : RulesTests(new AzuriteStore(azurite), retries: 0);

public sealed class RulesThatTheClientRepeats(AzuriteFixture azurite)
    : RulesTests(new AzuriteStore(azurite), retries: 3);

/// <summary>Versions of the rules as rows: written once, never half, and in force at their times.</summary>
public abstract class RulesTests(Store store, int retries)
{
    const int RequestsMax = 40;

    static readonly Actor Ann = new("ann", Role.OperatorAdmin, null);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_version_stays_as_it_was_written_and_says_what_took_its_place()
    {
        var site = new TestSite(store.Table);
        await PutAsync(site, keep: 1, hours: 0);
        await PutAsync(site, keep: 2, hours: 5);
        await PutAsync(site, keep: 3, hours: 6);
        await PutAsync(site, keep: 4, hours: 5);

        var rules = new RulesTable(store.Table, new SiteCache());
        var all = await rules.VersionsAsync(site.Id, null, 2, Ct).ToListAsync(Ct);
        Assert.Equal(
            [(4, 4, null, 2), (3, 3, 4, 2), (2, 2, 4, 1), (1, 1, null, 0)],
            all.Select(v => (v.Version.Rules.Version, v.Version.Rules.KeepForOperator, v.ReplacedBy, v.Follows)));
        Assert.All(all, version => Assert.Equal((Ann, Noon), (version.Writer, version.WrittenAt)));
        Assert.All(all, version => Assert.Equal(["keepForOperator"], version.Changed));
        Assert.Equal([2, 1], await rules.VersionsAsync(site.Id, 3, 2, Ct)
            .Select(version => version.Version.Rules.Version).ToListAsync(Ct));

        Assert.Equal(all[1].ToString(), (await rules.FindVersionAsync(site.Id, 3, Ct))!.ToString());
        Assert.Null(await rules.FindVersionAsync(site.Id, 5, Ct));
        Assert.Equal(
            [1, 4], (await rules.FindAsync(site.Id, Ct)).Book.Versions.Select(v => v.Rules.Version));
    }

    [Fact]
    public async Task Of_two_changes_of_the_same_rules_one_is_made()
    {
        var site = new TestSite(store.Table);
        await PutAsync(site, keep: 1, hours: 0);
        var rules = new RulesTable(store.Table, new SiteCache());
        var seen = await rules.FindAsync(site.Id, Ct);

        Assert.NotNull(await PutAsync(rules, site, seen, keep: 2, hours: 1));
        var before = (await site.ReadAsync()).Exact;
        Assert.Null(await PutAsync(rules, site, seen, keep: 3, hours: 0));
        Assert.Null(await PutAsync(rules, site, new(RuleBook.Default, null), keep: 3, hours: 0));
        Assert.Equal(before, (await site.ReadAsync()).Exact);
    }

    [Theory]
    [InlineData(Fault.BeforeCall, 0)]
    [InlineData(Fault.AfterCall, 0)]
    [InlineData(Fault.BeforeCall, 5)]
    [InlineData(Fault.AfterCall, 5)]
    public async Task Whichever_request_is_lost_the_version_is_written_once(Fault fault, int hours)
    {
        var (undisturbed, requests) = await ChangeAsync(FaultPlan.None(), hours);
        var struck = 0;
        for (var call = 1; call <= RequestsMax; call++)
        {
            var plan = FaultPlan.At(call, fault);
            Assert.Equal(undisturbed, (await ChangeAsync(plan, hours)).State);
            struck += plan.Faults;
            if (plan.Faults == 0)
                break;
        }

        Assert.Equal(requests, struck);
        Assert.InRange(struck, 3, RequestsMax - 1);
    }

    [Fact]
    public async Task A_scheduled_version_takes_effect_at_its_time_though_nobody_reads_it_again()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        await PutAsync(site, keep: 1, hours: 0);
        await PutAsync(site, keep: 2, hours: 5);
        var (table, count) = store.Counting();
        var clock = new FakeTimeProvider(Noon);
        var mine = site.Process(table, clock);
        Assert.Equal(1, (await mine.RulesAsync(site.Id, Ct)).Version);

        // The rules were read a moment before the scheduled version begins, and are young enough after it.
        clock.Advance(TimeSpan.FromHours(5) - TimeSpan.FromTicks(1));
        Assert.Equal(1, (await mine.RulesAsync(site.Id, Ct)).Version);
        await mine.TransactAsync(site.Allocate("before", "acme", Numbers(1)) with { Now = clock.GetUtcNow() }, Ct);
        var calls = count.Calls;
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(2, (await mine.RulesAsync(site.Id, Ct)).Version);
        Assert.Equal(0, count.Calls - calls);

        await mine.TransactAsync(site.Allocate("after", "acme", Numbers(2)) with { Now = clock.GetUtcNow() }, Ct);
        // What counts is when it is decided, not when it was asked for: a site that was closed meanwhile stays closed.
        await mine.TransactAsync(site.Allocate("late", "acme", Numbers(3)), Ct);
        // Where numbers are kept for the operator, each allocation reads the site and writes.
        Assert.Equal(4, count.Calls - calls);
        var events = (await site.ReadAsync()).Events
            .ToDictionary(e => e.RowKey.Split('~')[1].TrimEnd('2'), e => e.GetInt32("RulesVersion")!.Value);
        Assert.Equal((1, 2, 2), (events["before"], events["after"], events["late"]));
    }

    /// <summary>Cancels what is scheduled, through requests that are lost as planned, until it is done.</summary>
    async Task<(string State, int Requests)> ChangeAsync(FaultPlan plan, int hours)
    {
        var site = new TestSite(store.Table);
        await PutAsync(site, keep: 1, hours: 0);
        await PutAsync(site, keep: 2, hours: 6);
        var rules = new RulesTable(store.Through(plan, retries), new SiteCache());
        for (var attempt = 1; attempt <= RequestsMax; attempt++)
        {
            try
            {
                // Where the client itself repeats what it lost, it meets its own first attempt: that is no rival.
                Assert.NotNull(await PutAsync(rules, site, await rules.FindAsync(site.Id, Ct), keep: 3, hours));
                break;
            }
            catch (Exception e) when (e is IOException or AggregateException && attempt < RequestsMax)
            {
            }
        }

        return ((await site.ReadAsync()).Normalised, plan.Calls);
    }

    async Task PutAsync(TestSite site, int keep, int hours)
    {
        var rules = new RulesTable(store.Table, new SiteCache());
        Assert.NotNull(await PutAsync(rules, site, await rules.FindAsync(site.Id, Ct), keep, hours));
    }

    static async Task<StoredRules?> PutAsync(RulesTable rules, TestSite site, StoredRules seen, int keep, int hours)
    {
        var wanted = new SiteRules { KeepForOperator = keep };
        return RulesDecider.Decide(seen.Book, [], new(wanted, Noon.AddHours(hours), true, Noon)) switch
        {
            RulesDecision.Accepted accepted => await rules.TryPutAsync(site.Id, seen, accepted, Ann, Noon, Ct),
            _ => seen,
        };
    }
}
