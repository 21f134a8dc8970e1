using System.Collections.Frozen;
using Telephony.Domain.Audits;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Audits;

/// <summary>Each finding, and the last moment at which there is none.</summary>
public sealed class SiteChecksTests
{
    static readonly Id<Account> Gone = Id<Account>.Parse("gone");
    static readonly Id<Account> Elsewhere = Id<Account>.Parse("elsewhere");
    static readonly DateTimeOffset AnHourAgo = Noon - SiteChecks.OverdueAfter;
    internal static readonly DateTimeOffset StuckFrom = Noon - SiteChecks.StuckAfter;

    [Fact]
    public void A_site_that_is_as_it_should_be_has_no_findings() => Assert.Empty(SiteChecks.Of(Audited()));

    [Theory]
    [InlineData(100, 10, null)]
    [InlineData(100, 9, "PoolLow")]
    [InlineData(100, 3, "PoolLow")]
    [InlineData(100, 2, "PoolCritical")]
    [InlineData(40, 5, null)]
    [InlineData(40, 4, "PoolLow")]
    [InlineData(20, 0, "PoolCritical")]
    [InlineData(0, 0, "PoolLow")]
    public void A_pool_is_low_and_then_critical_by_what_is_free_of_what_anyone_may_have(
        int all, int free, string? expected)
    {
        var numbers = Enumerable.Range(0, all)
            .Select(at => (at, at < free ? new Number() : Held(new(), Ours))).ToArray();

        var found = SiteChecks.Of(Audited(numbers));

        Assert.Equal(expected is null ? [] : [expected], found.Select(finding => finding.GetType().Name));
        if (found is [Finding.PoolLow low])
            Assert.Equal((free, all), (low.Free, low.Of));
    }

    [Fact]
    public void What_not_anyone_may_have_or_what_is_kept_is_neither_free_nor_counted()
    {
        // Twenty of the hundred are free, and none of these twelve is of their sort.
        Number[] others =
        [
            new(NumberKind.Premium), new(NumberKind.Special), new(NumberKind.PortedIn),
            new(Role: NumberRole.NominatedMain), new() { Earmark = Ours }, new() { State = NumberState.Staged },
            new() { State = NumberState.PortingIn }, new() { State = NumberState.Retired },
        ];
        var numbers = Enumerable.Range(0, 100).Select(at => (at, at < 20 ? new Number() : Held(new(), Ours)))
            .Concat(others.Select((number, at) => (200 + at, number))).ToArray();
        var site = Audited(numbers);

        Assert.Empty(SiteChecks.Of(site));
        Assert.Equal(
            [new Finding.PoolLow(9, 100)],
            SiteChecks.Of(Under(site, rules => rules with { KeepForOperator = 11 })));
        Assert.Equal(
            [new Finding.PoolCritical(0, 100)],
            SiteChecks.Of(Under(site, rules => rules with { KeepForOperator = 30 })));
        // +442079460000 and its like are no longer for anyone.
        Assert.Equal(
            [new Finding.PoolLow(2, 3)],
            SiteChecks.Of(Under(
                Audited((0, new()), (1, new()), (2, new()), (3, Held(new(), Ours))),
                rules => rules with { PremiumPatterns = new(Repeats: true, Steps: false, Mirrors: false) })));
    }

    [Fact]
    public void A_hold_that_has_ended_leaves_its_number_free()
    {
        var held = new Number { State = NumberState.Held, Account = Ours, Until = Noon };
        var numbers = Enumerable.Range(0, 9).Select(at => (at, new Number())).Append((9, held))
            .Concat(Enumerable.Range(10, 90).Select(at => (at, Held(new(), Ours)))).ToArray();

        Assert.Empty(SiteChecks.Of(Audited(numbers)));
        Assert.Equal(
            [new Finding.PoolLow(9, 100)],
            SiteChecks.Of(Audited([.. numbers[..9], (9, held with { Until = Noon.AddTicks(1) }), .. numbers[10..]])));
    }

    [Fact]
    public void A_row_that_counts_otherwise_than_its_numbers_is_found()
    {
        var site = Audited((1, Held(new(), Ours)), (2, Held(new(), Ours)), (5, Held(new(), Theirs)));

        Assert.Equal(
            [new Finding.CountsDisagree(3, 2, null) { Account = Ours, Numbers = Set(1, 2) }],
            Counts(With(site, Ours, 3, null)));
        Assert.Equal(
            [new Finding.CountsDisagree(0, 2, null) { Account = Ours, Numbers = Set(1, 2) }],
            Counts(site with { State = site.State with { Holdings = site.State.Holdings.Remove(Ours) } }));
        Assert.Equal(
            [new Finding.CountsDisagree(1, 0, null) { Account = Elsewhere }], Counts(With(site, Elsewhere, 1, null)));
        Assert.Equal(
            [new Finding.CountsDisagree(2, 2, At(1)) { Account = Ours, Numbers = Set(1, 2) }],
            Counts(With(site, Ours, 2, At(1))));
    }

    [Fact]
    public void A_main_number_that_the_row_does_not_name_is_found()
    {
        var site = Audited((1, Held(new(Role: NumberRole.NominatedMain), Ours)), (2, Held(new(), Ours)));

        Assert.Empty(Counts(With(site, Ours, 1, At(1))));
        Assert.Equal(
            [new Finding.CountsDisagree(1, 1, null) { Account = Ours, Numbers = Set(1, 2) }],
            Counts(With(site, Ours, 1, null)));
        Assert.Equal(
            [new Finding.CountsDisagree(1, 1, At(2)) { Account = Ours, Numbers = Set(1, 2) }],
            Counts(With(site, Ours, 1, At(2))));
    }

    [Fact]
    public void Numbers_of_an_account_that_is_not_here_are_found_and_those_held_for_it_too()
    {
        var held = new Number { State = NumberState.Held, Account = Gone, Until = Noon.AddDays(1) };
        var site = Audited((1, Held(new(), Gone)), (2, held), (3, Held(new(), Elsewhere)), (4, Held(new(), Ours)));

        Assert.Equal(
            [
                new Finding.OwnerUnknown(false) { Account = Gone, Numbers = Set(1, 2) },
                new Finding.OwnerUnknown(true) { Account = Elsewhere, Numbers = Set(3) },
            ],
            Only<Finding.OwnerUnknown>(site));
        Assert.Equal(
            [new Finding.Incomplete(AuditPart.Accounts, 3)],
            SiteChecks.Of(site with { Unread = [(AuditPart.Accounts, 3)] }).Where(finding =>
                finding is Finding.OwnerUnknown or Finding.Incomplete));
    }

    [Fact]
    public void What_should_have_ended_over_an_hour_ago_is_found()
    {
        Number Resting(DateTimeOffset end) => new() { State = NumberState.Cooldown, Former = Ours, RestsUntil = end };
        Number Waiting(DateTimeOffset end) => new() { State = NumberState.Held, Account = Ours, Until = end };
        Number Withheld(DateTimeOffset? end) => new()
        {
            State = NumberState.Blocked, Before = NumberState.Cooldown, RestsUntil = Noon.AddDays(-9), Until = end,
        };

        Assert.Empty(Late(Resting(AnHourAgo), Waiting(AnHourAgo), Withheld(AnHourAgo), Withheld(null)));

        var late = AnHourAgo.AddTicks(-1);
        Assert.Equal(
            [
                new Finding.CooldownOverdue(late) { Numbers = Set(200) },
                new Finding.BlockOverdue(late) { Numbers = Set(202, 203) },
                new Finding.HoldOverdue(late) { Numbers = Set(201) },
            ],
            Late(Resting(late), Waiting(late), Withheld(late), Withheld(late.AddTicks(1).AddTicks(-1))));
    }

    [Fact]
    public void Numbers_that_are_reserved_and_never_used_are_found_after_the_sites_days()
    {
        var idle = Held(new(), Ours) with { Since = Noon.AddDays(-90) };
        var late = idle with { Since = Noon.AddDays(-90).AddTicks(-1) };

        Assert.Empty(Only<Finding.ReservedIdle>(Audited((200, idle))));
        Assert.Equal(
            [new Finding.ReservedIdle(late.Since!.Value, 90) { Account = Ours, Numbers = Set(201) }],
            Only<Finding.ReservedIdle>(Audited(
                (200, idle), (201, late), (202, late with { EverActive = true }),
                (203, late with { State = NumberState.Active, EverActive = true }))));
        Assert.Empty(Only<Finding.ReservedIdle>(Under(
            Audited((201, late)), rules => rules with { ReservedIdleWarnDays = 91 })));
    }

    [Fact]
    public void Operations_and_events_that_go_on_for_over_a_quarter_of_an_hour_are_found()
    {
        var late = StuckFrom.AddTicks(-1);
        var site = Audited() with
        {
            Operations = [new(First, Ours, StuckFrom), new(Second, Theirs, late)], Events = [StuckFrom, late, late],
        };

        Assert.Equal(
            [new Finding.OperationStuck(Second, late) { Account = Theirs }, new Finding.EventsNotMoved(2, late)],
            SiteChecks.Of(site));
    }

    [Fact]
    public void An_account_that_lacks_a_main_number_is_found()
    {
        var site = Audited();
        var lacking = site.State.Holding(Ours) with { LacksMain = true };
        var state = site.State with { Holdings = site.State.Holdings.SetItem(Ours, lacking) };

        Assert.Equal([new Finding.MainMissing { Account = Ours }], SiteChecks.Of(site with { State = state }));
    }

    [Fact]
    public void What_matters_most_comes_first() => Assert.Equal(
        [Severity.Critical, Severity.Critical, Severity.Warning, Severity.Info],
        SiteChecks.Of(Audited((1, Held(new(), Gone) with { Since = Noon.AddDays(-91) })) with
        {
            Unread = [(AuditPart.Events, 1)],
        }).Select(finding => finding.Severity));

    static IEnumerable<Finding> Late(params Number[] numbers) => SiteChecks.Of(Audited(
        [.. Enumerable.Range(0, 50).Select(at => (at, new Number())), .. numbers.Select((n, at) => (200 + at, n))]))
        .Where(finding => finding is Finding.CooldownOverdue or Finding.HoldOverdue or Finding.BlockOverdue);

    static IEnumerable<Finding> Counts(AuditedSite site) => Only<Finding.CountsDisagree>(site);

    internal static IEnumerable<Finding> Only<T>(AuditedSite site)
        where T : Finding => SiteChecks.Of(site).OfType<T>();

    /// <summary>Twenty free numbers, so that the pool is well.</summary>
    internal static AuditedSite Audited() =>
        Audited([.. Enumerable.Range(0, 20).Select(at => (at, new Number()))]);

    internal static AuditedSite Audited(params (int Place, Number Number)[] numbers)
    {
        var held = numbers.Where(at => at.Number.State is NumberState.Held).ToArray();
        var state = SiteOf([.. numbers.Except(held)]);
        state = state with { Pool = SiteOf(numbers).Pool };
        return new(state.At(Noon), state.Pool, Noon)
        {
            Accounts = new Dictionary<Id<Account>, bool>
            {
                [Ours] = true, [Theirs] = true, [Id<Account>.Parse("others")] = true, [Elsewhere] = false,
            }.ToFrozenDictionary(),
        };
    }

    static AuditedSite Under(AuditedSite site, Func<SiteRules, SiteRules> change) =>
        site with { State = site.State with { Rules = change(site.State.Rules) } };

    static AuditedSite With(AuditedSite site, Id<Account> account, int direct, E164? main)
    {
        var holding = site.State.Holding(account) with { DirectNumbers = direct, Main = main };
        return site with
        {
            State = site.State with { Holdings = site.State.Holdings.SetItem(account, holding) },
        };
    }
}
