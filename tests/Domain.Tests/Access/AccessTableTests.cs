using System.Collections.Immutable;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;
using static Telephony.Domain.Access.Permission;

namespace Telephony.Domain.Tests.Access;

/// <summary>
/// The table of who may do what, written a second time by hand, as a person reads it in the specification.
/// </summary>
public sealed class AccessTableTests
{
    static readonly Id<Operator> Ours = Id<Operator>.Parse("ours");
    static readonly Id<Operator> Theirs = Id<Operator>.Parse("theirs");
    static readonly Site Own = SiteOf("own", Ours);
    static readonly Site Other = SiteOf("other", Ours);
    static readonly Site Foreign = SiteOf("foreign", Theirs);
    static readonly Account Tenant = AccountOf("tenant", Ours, AccountKind.Occupier, Own);
    static readonly Account Neighbour = AccountOf("neighbour", Ours, AccountKind.Occupier, Own);
    static readonly Account Elsewhere = AccountOf("elsewhere", Ours, AccountKind.Occupier, Other);
    static readonly Account Team = AccountOf("ours", Ours, AccountKind.Operator);
    static readonly Account ForeignTenant = AccountOf("tenant", Theirs, AccountKind.Occupier, Foreign);

    static readonly ImmutableSortedSet<Id<Site>> JustOwn = [Own.Id];

    /// <summary>
    /// What each role may do with what it sees: y yes, b on behalf, p by policy, a own account, q own account by
    /// policy, n own numbers, m own numbers by policy, o own operations, s itself, - no.
    /// </summary>
    public static TheoryData<Permission, string> Table => new()
    {
        { ReadDirectory, "yyyas" },
        { ManageSitesAndOperators, "y----" },
        { Provision, "y----" },
        { ManageAccountsAndUsers, "yy---" },
        { SeePool, "yyy--" },
        { ReadRules, "yyy--" },
        { EditRules, "yp---" },
        { EditPlatformRules, "y----" },
        { SeeAccountNumbers, "yyyan" },
        { Allocate, "byp--" },
        { AssignVoiceService, "byp--" },
        { SeeOperations, "yyyao" },
        { SteerOperations, "yyy--" },
        { Nominate, "yp---" },
        { SeeMain, "yyya-" },
        { ConfigureMain, "yyp--" },
        { ActivateMain, "pp---" },
        { ActivateDirect, "yyp--" },
        { DeadLetters, "y----" },
        { RequestNumbers, "yyp--" },
        { AnswerTasks, "y----" },
        { Audit, "yyy--" },
        { SeeHistory, "yyya-" },
        { Assign, "byyq-" },
        { EditSettings, "yyyqm" },
        { EditEmergency, "yyy--" },
        { ManageNetwork, "yyp--" },
    };

    /// <summary>Who sees what: the columns are the roles in their order, "1" sees it.</summary>
    public static TheoryData<string, string> Sights => new()
    {
        { "site own", "11111" },
        { "site other", "11000" },
        { "site foreign", "10000" },
        { "account tenant", "11111" },
        { "account neighbour", "11100" },
        { "account elsewhere", "11000" },
        { "account team", "11100" },
        { "account foreign tenant", "10000" },
        { "operator ours", "11111" },
        { "operator theirs", "10000" },
        { "user self", "11111" },
        { "user colleague", "11110" },
    };

    [Fact]
    public void Every_permission_and_every_role_is_in_the_table()
    {
        Assert.Equal(Enum.GetValues<Permission>().Order(), Table.Select(row => row.Data.Item1).Order());
        Assert.All(Table, row => Assert.Equal(Enum.GetValues<Role>().Length, row.Data.Item2.Length));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void At_its_own_site_and_account_each_role_may_do_what_the_table_says(Permission permission, string row)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            var caller = CallerOf(role);
            foreach (var rules in Combinations())
            {
                var target = new Target { Operator = Ours, Site = Own, Account = Tenant, Rules = rules };

                Assert.Equal(
                    Expected(row[(int)role], permission, caller, rules),
                    AccessTable.Decide(caller, permission, target));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sights))]
    public void What_a_role_does_not_see_is_hidden_whatever_it_asks_for(string thing, string sights)
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var permission in Enum.GetValues<Permission>())
            {
                var hidden = AccessTable.Decide(CallerOf(role), permission, TargetOf(thing)) is AccessDecision.Hidden;
                Assert.True(hidden == (sights[(int)role] == '0'), $"{role} {permission} {thing}: hidden is {hidden}");
            }
        }
    }

    [Theory]
    [InlineData("site other")]
    [InlineData("account elsewhere")]
    public void An_operators_admin_who_is_bound_to_sites_sees_only_those(string thing) =>
        Assert.IsType<AccessDecision.Hidden>(AccessTable.Decide(
            CallerOf(Role.OperatorAdmin) with { Sites = JustOwn }, ReadDirectory, TargetOf(thing)));

    [Fact]
    public void An_operators_user_without_sites_sees_no_site()
    {
        var caller = CallerOf(Role.OperatorUser) with { Sites = [] };
        Assert.IsType<AccessDecision.Hidden>(AccessTable.Decide(caller, SeePool, TargetOf("site own")));
        Assert.IsType<AccessDecision.Hidden>(AccessTable.Decide(caller, ReadDirectory, TargetOf("account tenant")));
    }

    [Fact]
    public void One_hidden_part_of_an_address_hides_the_whole()
    {
        var target = new Target { Operator = Ours, Site = Own, Account = Elsewhere };
        Assert.IsType<AccessDecision.Hidden>(
            AccessTable.Decide(CallerOf(Role.OperatorUser), SeeAccountNumbers, target));
    }

    [Fact]
    public void An_occupiers_user_reads_itself_and_nothing_beside()
    {
        var caller = CallerOf(Role.OccupierUser);
        var itself = new Target { Operator = Ours, Account = Tenant, User = caller.Id };

        Assert.Equal(
            new AccessDecision.Allowed(OnlyAccount: Tenant.Id), AccessTable.Decide(caller, ReadDirectory, itself));
        Assert.IsType<AccessDecision.Forbidden>(AccessTable.Decide(caller, ReadDirectory, itself with { User = null }));
    }

    [Theory]
    [InlineData(Allocate, Role.Platform)]
    [InlineData(Allocate, Role.OperatorUser)]
    [InlineData(AssignVoiceService, Role.Platform)]
    [InlineData(EditRules, Role.OperatorAdmin)]
    public void Without_a_sites_rules_nothing_that_depends_on_them_is_allowed(Permission permission, Role role)
    {
        Assert.True(AccessTable.NeedsRules(permission, role));
        Assert.IsType<AccessDecision.Forbidden>(
            AccessTable.Decide(CallerOf(role), permission, new Target { Site = Own }));
    }

    static AccessDecision Expected(char grant, Permission permission, Caller caller, SiteRules rules) => grant switch
    {
        'y' => new AccessDecision.Allowed(),
        'a' => new AccessDecision.Allowed(OnlyAccount: caller.Account),
        'b' when rules.OnBehalfAllowed => new AccessDecision.Allowed(OnBehalfOf: Ours),
        'b' => new AccessDecision.Forbidden(Denial.NotOnBehalf),
        'q' or 'm' when !PolicyOf(permission, rules, caller.Role).IsOn => new AccessDecision.Forbidden(
            Denial.Policy, PolicyOf(permission, rules, caller.Role).Name),
        'q' => new AccessDecision.Allowed(OnlyAccount: caller.Account),
        'n' or 'm' or 'o' => new AccessDecision.Allowed(OnlyAccount: caller.Account, OnlyUser: caller.Id),
        'p' when PolicyOf(permission, rules).IsOn => new AccessDecision.Allowed(),
        'p' => new AccessDecision.Forbidden(Denial.Policy, PolicyOf(permission, rules).Name),
        _ => new AccessDecision.Forbidden(Denial.Role),
    };

    static (string Name, bool IsOn) PolicyOf(
        Permission permission, SiteRules rules, Role role = Role.OperatorUser) => permission switch
    {
        Assign => ("occupierAdminAssigns", rules.Policies.OccupierAdminAssigns),
        EditSettings when role is Role.OccupierAdmin =>
            ("occupierAdminEditsSettings", rules.Policies.OccupierAdminEditsSettings),
        EditSettings => ("occupierUserEditsOwnSettings", rules.Policies.OccupierUserEditsOwnSettings),
        Allocate => ("operatorUserAllocates", rules.Policies.OperatorUserAllocates),
        AssignVoiceService => ("operatorUserAssignsServices", rules.Policies.OperatorUserAssignsServices),
        EditRules => ("operatorAdminEditsRules", rules.Policies.OperatorAdminEditsRules),
        RequestNumbers => ("operatorUserRequestsSpecial", rules.Policies.OperatorUserRequestsSpecial),
        Nominate => ("mainNomination", rules.MainNomination is MainNomination.OperatorAllowed),
        ConfigureMain => ("operatorUserConfiguresMain", rules.Policies.OperatorUserConfiguresMain),
        ActivateMain => ("mainActivation", rules.MainActivation is MainActivation.OnRequest),
        ManageNetwork => ("operatorUserEditsNetwork", rules.Policies.OperatorUserEditsNetwork),
        ActivateDirect => ("operatorUserActivates", rules.Policies.OperatorUserActivates),
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, null),
    };

    static IEnumerable<SiteRules> Combinations() =>
        from allocates in new[] { false, true } from assigns in new[] { false, true }
        from edits in new[] { false, true } from requests in new[] { false, true }
        from configures in new[] { false, true } from network in new[] { false, true }
        from behalf in new[] { false, true } from activates in new[] { false, true }
        from occupiers in Enumerable.Range(0, 8)
        from nomination in Enum.GetValues<MainNomination>()
        from activation in Enum.GetValues<MainActivation>()
        select SiteRules.Default with
        {
            Policies = new(edits, allocates, assigns, requests, configures, network)
            {
                OccupierAdminAssigns = (occupiers & 1) > 0,
                OccupierAdminEditsSettings = (occupiers & 2) > 0,
                OccupierUserEditsOwnSettings = (occupiers & 4) > 0,
                OperatorUserActivates = activates,
            },
            OnBehalfAllowed = behalf,
            MainNomination = nomination,
            MainActivation = activation,
        };

    static Target TargetOf(string thing) => thing switch
    {
        "site own" => new() { Site = Own },
        "site other" => new() { Site = Other },
        "site foreign" => new() { Site = Foreign },
        "account tenant" => new() { Account = Tenant },
        "account neighbour" => new() { Account = Neighbour },
        "account elsewhere" => new() { Account = Elsewhere },
        "account team" => new() { Account = Team },
        "account foreign tenant" => new() { Account = ForeignTenant },
        "operator ours" => new() { Operator = Ours },
        "operator theirs" => new() { Operator = Theirs },
        "user self" => new() { Account = Tenant, User = Id<User>.Parse("self") },
        "user colleague" => new() { Account = Tenant, User = Id<User>.Parse("colleague") },
        _ => throw new ArgumentOutOfRangeException(nameof(thing), thing, null),
    };

    static Caller CallerOf(Role role) => role switch
    {
        Role.Platform => Caller.OfPlatform(Id<User>.Parse("self")),
        Role.OperatorAdmin => new(Id<User>.Parse("self"), role, Ours, null, null),
        Role.OperatorUser => new(Id<User>.Parse("self"), role, Ours, null, JustOwn),
        _ => new(Id<User>.Parse("self"), role, Ours, Tenant.Id, JustOwn),
    };

    static Site SiteOf(string id, Id<Operator> owner) =>
        new(Id<Site>.Parse(id), owner, id, "GB", "Europe/London", "1 High St");

    static Account AccountOf(string id, Id<Operator> owner, AccountKind kind, params Site[] sites) =>
        new(Id<Account>.Parse(id), owner, kind, id, [.. sites.Select(site => site.Id)]);
}
