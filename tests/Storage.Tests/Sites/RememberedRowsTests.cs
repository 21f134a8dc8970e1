using Microsoft.Extensions.Time.Testing;
using Telephony.Domain;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

/// <summary>What a process may decide on rows that it remembers, while others change the site.</summary>
public sealed class RememberedRowsTests
{
    static readonly SiteRules Plain = new() { PremiumPatterns = PremiumPatterns.None };

    readonly MemoryStore store = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_is_not_given_while_others_brought_the_rest()
    {
        var site = await WithAsync(store.Table, Range(11, 3));
        var mine = await ReaderAsync(site);
        await DoneAsync(site.Process(), site.Import("more", Range(200, 50)));

        var done = await DoneAsync(mine, Count(site, 10, "acme", Plain with { AllOrNothing = false }));

        Assert.Equal((OperationState.Succeeded, 10), (done.State, done.Changed.Count));
    }

    [Fact]
    public async Task What_is_kept_is_kept_also_where_it_was_not_while_others_took()
    {
        var site = await WithAsync(store.Table, Range(11, 13));
        var mine = await ReaderAsync(site);
        await DoneAsync(site.Process(), site.Allocate("many", "birch", Range(14, 9)));

        Assert.IsType<SiteOutcome.Refused>(
            await mine.TransactAsync(Count(site, 1, "acme", Plain with { KeepForOperator = 5 }), Ct));
    }

    [Fact]
    public async Task The_choice_is_made_on_rows_of_the_last_thirty_seconds()
    {
        var site = await WithAsync(store.Table, Range(11, 3));
        var clock = new FakeTimeProvider(Noon);
        var mine = await ReaderAsync(site, clock);
        // A run that fits exactly is better than an end of the one that is remembered.
        await DoneAsync(site.Process(), site.Import("better", Range(200, 2)));

        clock.Advance(SitePartition.AgeMax - TimeSpan.FromTicks(1));
        Assert.Equal(Range(11, 1), (await DoneAsync(mine, Count(site, 1, "acme", Plain))).Changed);
        clock.Advance(TimeSpan.FromTicks(1));
        var done = await DoneAsync(mine, Count(site, 2, "birch", Plain));
        Assert.Equal((Range(12, 2), ChoiceRule.Lowest), (done.Changed, done.Choice.Single().Rule));
    }

    static async Task<Operation> DoneAsync(SitePartition process, SiteWork work) =>
        Assert.IsType<SiteOutcome.Done>(await process.TransactAsync(work, Ct)).Operation;

    static SiteWork Count(TestSite site, int count, string account, SiteRules rules)
    {
        var work = site.Allocate($"count{account}", account, Numbers());
        var to = new Recipient(Id<Account>.Parse(account), AccountKind.Occupier);
        return work with
        {
            Decide = state => PoolDecider.Decide(
                state with { Rules = rules }, new AllocateCount(count, to, work.Operation.Order(Noon))),
        };
    }

    /// <summary>A process that has just read the site.</summary>
    static async Task<SitePartition> ReaderAsync(TestSite site, TimeProvider? clock = null)
    {
        var process = site.Process(clock: clock);
        await process.RulesAsync(site.Id, Ct);
        return process;
    }
}
