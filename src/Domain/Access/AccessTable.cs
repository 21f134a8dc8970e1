using System.Collections.Frozen;
using System.Diagnostics;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Access;

/// <summary>
/// Who may do what, in one table. Nothing is allowed that is not written here. What a caller may not see is hidden
/// before the table is asked, so a "yes" is always about its own operator, sites and account.
/// </summary>
public static class AccessTable
{
    static readonly Grant No = new Grant.No();
    static readonly Grant Yes = new Grant.Yes();

    /// <summary>The platform acts for the operator, where the site allows that.</summary>
    static readonly Grant OnBehalf = new Grant.OnBehalf();

    /// <summary>Restricted to the caller's account.</summary>
    static readonly Grant Own = new Grant.OwnAccount();

    /// <summary>Restricted to what the caller itself asked for.</summary>
    static readonly Grant Asked = new Grant.OwnOperations();

    /// <summary>Restricted to the caller's own entry.</summary>
    static readonly Grant Self = new Grant.Itself();

    static readonly Grant IfAllocates =
        new Grant.ByPolicy(rules => rules.Policies.OperatorUserAllocates, "operatorUserAllocates");

    static readonly Grant IfAssignsServices =
        new Grant.ByPolicy(rules => rules.Policies.OperatorUserAssignsServices, "operatorUserAssignsServices");

    static readonly Grant IfEditsRules =
        new Grant.ByPolicy(rules => rules.Policies.OperatorAdminEditsRules, "operatorAdminEditsRules");

    static readonly Grant IfNominates = new Grant.ByPolicy(
        rules => rules.MainNomination is MainNomination.OperatorAllowed, "mainNomination");

    static readonly Grant IfRequests =
        new Grant.ByPolicy(rules => rules.Policies.OperatorUserRequestsSpecial, "operatorUserRequestsSpecial");

    static readonly Grant IfConfigures =
        new Grant.ByPolicy(rules => rules.Policies.OperatorUserConfiguresMain, "operatorUserConfiguresMain");

    static readonly Grant IfEditsNetwork =
        new Grant.ByPolicy(rules => rules.Policies.OperatorUserEditsNetwork, "operatorUserEditsNetwork");

    static readonly Grant IfActivates =
        new Grant.ByPolicy(rules => rules.Policies.OperatorUserActivates, "operatorUserActivates");

    /// <summary>Restricted to the numbers that the caller has.</summary>
    static readonly Grant OwnNos = new Grant.OwnNumbers(null);

    static readonly Grant OwnIfAssigns = new Grant.OwnAccount(
        new(rules => rules.Policies.OccupierAdminAssigns, "occupierAdminAssigns"));

    static readonly Grant OwnIfSets = new Grant.OwnAccount(
        new(rules => rules.Policies.OccupierAdminEditsSettings, "occupierAdminEditsSettings"));

    static readonly Grant OwnNosIf = new Grant.OwnNumbers(
        new(rules => rules.Policies.OccupierUserEditsOwnSettings, "occupierUserEditsOwnSettings"));

    static readonly Grant IfOnRequest = new Grant.ByPolicy(
        rules => rules.MainActivation is MainActivation.OnRequest, "mainActivation");

    static readonly FrozenDictionary<Permission, Row> Rows = new Dictionary<Permission, Row>
    {
        //                                        Platform  OperatorAdmin  OperatorUser       OccupierAdmin  Occup.User
        [Permission.ReadDirectory] =           new(Yes,      Yes,           Yes,               Own,           Self),
        [Permission.ManageSitesAndOperators] = new(Yes,      No,            No,                No,            No),
        [Permission.Provision] =               new(Yes,      No,            No,                No,            No),
        [Permission.ManageAccountsAndUsers] =  new(Yes,      Yes,           No,                No,            No),
        [Permission.SeePool] =                 new(Yes,      Yes,           Yes,               No,            No),
        [Permission.ReadRules] =               new(Yes,      Yes,           Yes,               No,            No),
        [Permission.EditRules] =               new(Yes,      IfEditsRules,  No,                No,            No),
        [Permission.EditPlatformRules] =       new(Yes,      No,            No,                No,            No),
        [Permission.SeeAccountNumbers] =       new(Yes,      Yes,           Yes,               Own,           OwnNos),
        [Permission.Allocate] =                new(OnBehalf, Yes,           IfAllocates,       No,            No),
        [Permission.AssignVoiceService] =      new(OnBehalf, Yes,           IfAssignsServices, No,            No),
        [Permission.SeeOperations] =           new(Yes,      Yes,           Yes,               Own,           Asked),
        [Permission.SteerOperations] =         new(Yes,      Yes,           Yes,               No,            No),
        [Permission.Nominate] =                new(Yes,      IfNominates,   No,                No,            No),
        [Permission.SeeMain] =                 new(Yes,      Yes,           Yes,               Own,           No),
        [Permission.ConfigureMain] =           new(Yes,      Yes,           IfConfigures,      No,            No),
        [Permission.ActivateMain] =            new(IfOnRequest, IfOnRequest, No,               No,            No),
        [Permission.ActivateDirect] =          new(Yes,      Yes,           IfActivates,       No,            No),
        [Permission.DeadLetters] =             new(Yes,      No,            No,                No,            No),
        [Permission.RequestNumbers] =          new(Yes,      Yes,           IfRequests,        No,            No),
        [Permission.AnswerTasks] =             new(Yes,      No,            No,                No,            No),
        [Permission.Audit] =                   new(Yes,      Yes,           Yes,               No,            No),
        [Permission.SeeHistory] =              new(Yes,      Yes,           Yes,               Own,           No),
        [Permission.Assign] =                  new(OnBehalf, Yes,           Yes,               OwnIfAssigns,  No),
        [Permission.EditSettings] =            new(Yes,      Yes,           Yes,               OwnIfSets,     OwnNosIf),
        [Permission.EditEmergency] =           new(Yes,      Yes,           Yes,               No,            No),
        [Permission.ManageNetwork] =           new(Yes,      Yes,           IfEditsNetwork,    No,            No),
    }.ToFrozenDictionary();

    /// <summary>
    /// Whether <see cref="Decide"/> looks at the site's rules, so that nobody loads them for nothing. Who does an
    /// operation again has to be allowed what it does, and who activates a number what it turns out to be; both may
    /// depend on them.
    /// </summary>
    public static bool NeedsRules(Permission permission, Role role) =>
        permission is Permission.SteerOperations or Permission.ActivateDirect || GrantOf(permission, role)
            is Grant.OnBehalf or Grant.ByPolicy or Grant.OwnAccount { If: not null }
            or Grant.OwnNumbers { If: not null };

    public static AccessDecision Decide(Caller caller, Permission permission, Target target)
    {
        if (!Sees(caller, target))
            return new AccessDecision.Hidden();

        return GrantOf(permission, caller.Role) switch
        {
            Grant.Yes => new AccessDecision.Allowed(),
            Grant.OwnAccount { If: { } policy } when !policy.IsOn(target) =>
                new AccessDecision.Forbidden(Denial.Policy, policy.Name),
            Grant.OwnNumbers { If: { } policy } when !policy.IsOn(target) =>
                new AccessDecision.Forbidden(Denial.Policy, policy.Name),
            Grant.OwnAccount => new AccessDecision.Allowed(OnlyAccount: caller.Account),
            Grant.OwnNumbers or Grant.OwnOperations =>
                new AccessDecision.Allowed(OnlyAccount: caller.Account, OnlyUser: caller.Id),
            Grant.Itself when target.User == caller.Id => new AccessDecision.Allowed(OnlyAccount: caller.Account),
            Grant.OnBehalf when target is { Site: { } site, Rules.OnBehalfAllowed: true } =>
                new AccessDecision.Allowed(site.Operator),
            Grant.OnBehalf => new AccessDecision.Forbidden(Denial.NotOnBehalf),
            Grant.ByPolicy policy when policy.IsOn(target) =>
                new AccessDecision.Allowed(),
            Grant.ByPolicy policy => new AccessDecision.Forbidden(Denial.Policy, policy.Name),
            _ => new AccessDecision.Forbidden(Denial.Role),
        };
    }

    static bool Sees(Caller caller, Target target) =>
        (target.Operator is not { } owner || caller.Sees(owner))
        && (target.Site is not { } site || caller.Sees(site))
        && (target.Account is not { } account || caller.Sees(account))
        && (target.User is not { } user || caller.Sees(user));

    static Grant GrantOf(Permission permission, Role role)
    {
        var row = Rows[permission];
        return role switch
        {
            Role.Platform => row.Platform,
            Role.OperatorAdmin => row.OperatorAdmin,
            Role.OperatorUser => row.OperatorUser,
            Role.OccupierAdmin => row.OccupierAdmin,
            Role.OccupierUser => row.OccupierUser,
            _ => throw new UnreachableException($"No column for {role}."),
        };
    }

    sealed record Row(Grant Platform, Grant OperatorAdmin, Grant OperatorUser, Grant OccupierAdmin, Grant OccupierUser);

    abstract record Grant
    {
        public sealed record No : Grant;

        public sealed record Yes : Grant;

        public sealed record OnBehalf : Grant;

        public sealed record ByPolicy(Func<SiteRules, bool> Allows, string Name) : Grant
        {
            public bool IsOn(Target target) => target.Rules is { } rules && Allows(rules);
        }

        /// <param name="If">Only where the site's rules say so; null for always.</param>
        public sealed record OwnAccount(ByPolicy? If = null) : Grant;

        /// <param name="If">Only where the site's rules say so; null for always.</param>
        public sealed record OwnNumbers(ByPolicy? If) : Grant;

        public sealed record OwnOperations : Grant;

        public sealed record Itself : Grant;
    }
}
