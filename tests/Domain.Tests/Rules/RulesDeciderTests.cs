using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Rules;

/// <summary>What becomes of a change of the rules, given those that there are.</summary>
public sealed class RulesDeciderTests
{
    static readonly SiteRules Keeps = SiteRules.Default with { KeepForOperator = 5 };
    static readonly SiteRules LetsEdit = SiteRules.Default with { Policies = new(OperatorAdminEditsRules: true) };

    /// <summary>Version 1 in force; 2 and 3 begin in an hour and in two.</summary>
    static readonly RuleBook Three = Book(LetsEdit,
        (LetsEdit with { KeepForOperator = 2 }, 1), (LetsEdit with { KeepForOperator = 3 }, 2));

    [Fact]
    public void A_change_is_the_next_version_and_replaces_those_that_would_begin_later()
    {
        var accepted = Accepted(Decide(Three, LetsEdit with { KeepForOperator = 9 }, hours: 2));

        Assert.Equal([1, 2, 4], accepted.Book.Versions.Select(version => version.Rules.Version));
        var last = accepted.Book.Last;
        Assert.Equal((Noon.AddHours(2), 9), (last.EffectiveFrom, last.Rules.KeepForOperator));
        Assert.Equal((3, 3), (accepted.Instead.Rules.Version, Assert.Single(accepted.Replaced)));
        Assert.Equal([2, 3], Accepted(Decide(Three, Keeps, hours: 0)).Replaced);
    }

    [Fact]
    public void A_version_that_has_begun_is_not_replaced_by_one_of_the_same_moment()
    {
        var accepted = Accepted(Decide(Book(LetsEdit), Keeps, hours: 0));
        Assert.Empty(accepted.Replaced);
        Assert.Equal(2, accepted.Book.At(Noon).Rules.Version);
    }

    [Fact]
    public void What_will_be_so_anyhow_is_no_new_version()
    {
        Assert.IsType<RulesDecision.Unchanged>(Decide(Book(Keeps), Keeps with { Version = 8 }, hours: 0));
        Assert.IsType<RulesDecision.Unchanged>(Decide(Three, Three.Last.Rules, hours: 2));
        Assert.IsType<RulesDecision.Unchanged>(Decide(Three, Three.Last.Rules, hours: 3));
    }

    [Fact]
    public void What_is_so_for_a_while_only_is_a_new_version_and_takes_back_what_was_to_come()
    {
        Assert.Equal([2, 3], Accepted(Decide(Three, LetsEdit, hours: 0)).Replaced);
        Assert.Equal([3], Accepted(Decide(Three, Three.Last.Rules, hours: 1.5)).Replaced);
    }

    [Fact]
    public void The_defaults_can_be_written_to_keep_them() =>
        Assert.Equal(1, Accepted(Decide(RuleBook.Default, SiteRules.Default, hours: 0)).Book.Last.Rules.Version);

    [Fact]
    public void The_operator_may_change_no_field_of_the_platform_and_every_other_one()
    {
        var theirs = LetsEdit with
        {
            KeepForOperator = 4, Contiguity = Contiguity.Ignore, Services = [.. LetsEdit.Services, new("b", "B")],
        };
        Accepted(Decide(Book(LetsEdit), theirs, mayEditAll: false));

        var refused = Refused(Decide(
            Book(LetsEdit),
            theirs with { ManagedByPlatform = false, OnBehalfAllowed = false, Policies = new(true, true) },
            mayEditAll: false));
        Assert.Equal(
            ["managedByPlatform", "onBehalfAllowed", "policies.operatorUserAllocates"],
            refused.Cast<RulesRefusal.OnlyPlatform>().Select(refusal => refusal.Field));
    }

    [Fact]
    public void The_operator_may_not_take_back_what_the_platform_has_scheduled()
    {
        var book = Book(LetsEdit, (LetsEdit with { OnBehalfAllowed = false }, 1));

        var refusal = Assert.IsType<RulesRefusal.OnlyPlatform>(Assert.Single(
            Refused(Decide(book, LetsEdit with { KeepForOperator = 1 }, mayEditAll: false))));
        Assert.Equal(
            ("onBehalfAllowed", 2, true), (refusal.Field, refusal.Instead.Rules.Version, refusal.IsScheduled));
        Accepted(Decide(
            book, LetsEdit with { KeepForOperator = 1, OnBehalfAllowed = false }, hours: 1, mayEditAll: false));
        Accepted(Decide(book, LetsEdit with { KeepForOperator = 1 }));
    }

    [Fact]
    public void Without_the_platforms_management_only_that_flag_changes()
    {
        var off = SiteRules.Default with { ManagedByPlatform = false };
        var book = Book(off);

        Accepted(Decide(book, SiteRules.Default));
        Accepted(Decide(book, SiteRules.Default, hours: 5));
        foreach (var flag in (bool[])[false, true])
        {
            Assert.Equal(
                [new RulesRefusal.NotManaged("keepForOperator")],
                Refused(Decide(book, off with { ManagedByPlatform = flag, KeepForOperator = 1 })));
        }

        Accepted(Decide(Book(SiteRules.Default), off with { KeepForOperator = 1 }));
    }

    [Fact]
    public void A_service_that_accounts_have_does_not_go()
    {
        var rules = Some.Rules;
        var book = Book(rules);
        Holding[] holdings = [Has(Theirs, "room"), Has(Ours, "room", "voice"), Has(Id<Account>.Parse("x"), "gone")];

        var refused = Refused(Decide(book, rules with { Services = [rules.Services[0]] }, holdings: holdings));
        var refusal = Assert.IsType<RulesRefusal.ServiceInUse>(Assert.Single(refused));
        Assert.Equal("room", refusal.Code);
        Assert.Equal([Ours, Theirs], refusal.Accounts);

        Accepted(Decide(book, rules with { Services = rules.Services[..2] }, holdings: holdings));
        Accepted(Decide(
            book, rules with { Services = [.. rules.Services.Select(s => s with { Extra = 7 })] }, holdings: holdings));
    }

    [Fact]
    public void Ten_versions_may_wait_for_their_time_and_one_that_replaces_another_is_no_eleventh()
    {
        var book = Enumerable.Range(1, RuleBook.ScheduledMax).Aggregate(Book(SiteRules.Default), (all, hour) =>
            Accepted(Decide(all, Keeps with { KeepForOperator = hour }, hours: hour)).Book);

        Assert.Equal([new RulesRefusal.TooManyScheduled()], Refused(Decide(book, SiteRules.Default, hours: 11)));
        Accepted(Decide(book, SiteRules.Default, hours: 10));
    }

    [Fact]
    public void Whatever_is_accepted_is_in_force_from_its_time_on_and_nothing_else_changes_before() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4]).Array[1, 8].Sample(writes =>
        {
            var book = RuleBook.Default;
            foreach (var (keep, hours) in writes)
            {
                var wanted = SiteRules.Default with { KeepForOperator = keep };
                var after = Decide(book, wanted, hours) is RulesDecision.Accepted accepted ? accepted.Book : book;
                for (var hour = 0; hour <= 5; hour++)
                {
                    var expected = hour >= hours ? keep : book.At(Noon.AddHours(hour)).Rules.KeepForOperator;
                    Assert.Equal(expected, after.At(Noon.AddHours(hour)).Rules.KeepForOperator);
                }

                Assert.IsType<RulesDecision.Unchanged>(Decide(after, wanted, hours));
                book = after;
            }
        });

    static RuleBook Book(SiteRules inForce, params (SiteRules Rules, int Hours)[] scheduled) =>
        scheduled.Aggregate(RuleBook.Default.With(inForce, Noon, Noon), (book, version) =>
            book.With(version.Rules, Noon.AddHours(version.Hours), Noon));

    static RulesDecision Decide(
        RuleBook book, SiteRules wanted, double hours = 0, bool mayEditAll = true, params Holding[] holdings) =>
        RulesDecider.Decide(book, holdings, new(wanted, Noon.AddHours(hours), mayEditAll, Noon));

    static RulesDecision.Accepted Accepted(RulesDecision decision) =>
        Assert.IsType<RulesDecision.Accepted>(decision);

    static ImmutableArray<RulesRefusal> Refused(RulesDecision decision) =>
        Assert.IsType<RulesDecision.Refused>(decision).Refusals;

    static Holding Has(Id<Account> account, params string[] codes) => codes.Index().Aggregate(
        Holding.Empty(account), (all, code) =>
            all.With(new(Id<VoiceService>.Parse($"s{code.Index}"), code.Item, 1)));
}
