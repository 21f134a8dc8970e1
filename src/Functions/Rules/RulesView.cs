using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Rules;

/// <summary>A site's rules as they are in force, and what is to come.</summary>
/// <param name="Version">Counts what was written; 0 for the defaults, which nobody wrote.</param>
/// <param name="EffectiveFrom">
/// From when they hold: absent in a request it is now, and the defaults have none. At most a year ahead.
/// </param>
/// <param name="ManagedByPlatform">
/// False refuses every change at the site but provisioning and this flag itself, by anyone.
/// </param>
/// <param name="OnBehalfAllowed">Whether the platform may act for the operator here.</param>
/// <param name="Services">The voice services that can be assigned here; codes are unique.</param>
/// <param name="AutoAllocate">False leaves the numbers that a voice service lacks to be allocated by hand.</param>
/// <param name="AutoActivateAfterAuto">
/// False leaves the numbers that a voice service took to be put in service by hand.
/// </param>
/// <param name="OnNoNominatedMain">
/// What becomes of an account's first service when it needs a main number and none is nominated.
/// </param>
/// <param name="Contiguity">Whether several numbers have to be consecutive.</param>
/// <param name="NearExisting">Whether numbers near those that the account has come first.</param>
/// <param name="PremiumPatterns">Numbers that are easy to remember are not given away by chance.</param>
/// <param name="KeepForOperator">
/// How many numbers that anybody may have stay in the pool for the operator's own account.
/// </param>
/// <param name="MaxPerAccount">Direct numbers that an account may have here; absent for no limit.</param>
/// <param name="AllOrNothing">False gives what there is when there is not enough.</param>
/// <param name="MainNomination">Who makes a number one that can become a main number.</param>
/// <param name="MainActivation">Whose word makes a nominated number an account's main number.</param>
/// <param name="DirectActivation">Whose word puts a direct number in service, and takes it out again.</param>
/// <param name="ActivationReminderHours">Hours after which the platform is reminded of an activation.</param>
/// <param name="ActivationDeadlineDays">Days after which an activation that nobody confirmed is given up.</param>
/// <param name="EarlyMessageDays">
/// Days that an activation is kept which comes before its number is nominated and reserved.
/// </param>
/// <param name="HoldMaxDays">Days that a number may be held for a future starter.</param>
/// <param name="ReservedIdleWarnDays">Days after which a reserved number that was never in service is reported.</param>
/// <param name="CooldownDays">Days that a direct number rests after use.</param>
/// <param name="CooldownDaysMain">The same for a number that was a main number.</param>
/// <param name="CooldownTreatment">What a caller meets who dials a number that rests.</param>
/// <param name="LowWaterPercent">The pool is low when fewer percent of its numbers are free.</param>
/// <param name="LowWaterCount">The pool is low when fewer numbers are free, whatever the percentage.</param>
/// <param name="CriticalPercent">The pool is critical when fewer percent are free.</param>
/// <param name="Policies">What roles may do here beyond what they always may.</param>
/// <param name="Scheduled">Versions that are yet to take effect, in the order of their times.</param>
sealed record RulesView(
    int Version,
    DateTimeOffset? EffectiveFrom,
    bool ManagedByPlatform,
    bool OnBehalfAllowed,
    IReadOnlyList<ServiceRule> Services,
    bool AutoAllocate,
    bool AutoActivateAfterAuto,
    MissingMain OnNoNominatedMain,
    Contiguity Contiguity,
    bool NearExisting,
    PremiumPatterns PremiumPatterns,
    int KeepForOperator,
    int? MaxPerAccount,
    bool AllOrNothing,
    MainNomination MainNomination,
    MainActivation MainActivation,
    DirectActivation DirectActivation,
    int ActivationReminderHours,
    int ActivationDeadlineDays,
    int EarlyMessageDays,
    int HoldMaxDays,
    int ReservedIdleWarnDays,
    int CooldownDays,
    int CooldownDaysMain,
    CooldownTreatment CooldownTreatment,
    int LowWaterPercent,
    int LowWaterCount,
    int CriticalPercent,
    Policies Policies,
    IReadOnlyList<ScheduledView> Scheduled)
{
    public static RulesView Of(RuleBook book, DateTimeOffset now)
    {
        var inForce = book.At(now);
        var rules = inForce.Rules;
        return new(
            rules.Version, Time(inForce), rules.ManagedByPlatform, rules.OnBehalfAllowed, rules.Services,
            rules.AutoAllocate, rules.AutoActivateAfterAuto, rules.OnNoNominatedMain, rules.Contiguity,
            rules.NearExisting, rules.PremiumPatterns,
            rules.KeepForOperator, rules.MaxPerAccount, rules.AllOrNothing, rules.MainNomination,
            rules.MainActivation, rules.DirectActivation,
            rules.ActivationReminderHours, rules.ActivationDeadlineDays, rules.EarlyMessageDays,
            rules.HoldMaxDays, rules.ReservedIdleWarnDays, rules.CooldownDays, rules.CooldownDaysMain,
            rules.CooldownTreatment, rules.LowWaterPercent, rules.LowWaterCount, rules.CriticalPercent, rules.Policies,
            [.. book.After(now).Select(version => new ScheduledView(version.Rules.Version, version.EffectiveFrom))]);
    }

    /// <summary>The defaults have no beginning.</summary>
    public static DateTimeOffset? Time(RuleVersion version) =>
        version.Rules.Version == SiteRules.Default.Version ? null : version.EffectiveFrom;
}

/// <summary>A version that is yet to take effect.</summary>
/// <param name="Version">Its number.</param>
/// <param name="EffectiveFrom">When it takes effect.</param>
sealed record ScheduledView(int Version, DateTimeOffset EffectiveFrom);

/// <summary>What has become of a version of the rules.</summary>
enum RulesVersionState
{
    /// <summary>Its time is yet to come.</summary>
    Scheduled,
    InForce,

    /// <summary>It was in force until a newer one took effect.</summary>
    Past,

    /// <summary>A newer one took its place before it took effect: it was never in force.</summary>
    Replaced,
}

/// <summary>A version of a site's rules, who wrote it, and what became of it.</summary>
/// <param name="Version">Counts what was written; 0 for the defaults, which nobody wrote.</param>
/// <param name="EffectiveFrom">When it takes effect, or did, or would have.</param>
/// <param name="State">What has become of it.</param>
/// <param name="ReplacedBy">The version that took its place before it took effect.</param>
/// <param name="Follows">The version that would have been in force, had this one not been written.</param>
/// <param name="Changed">The fields that it says otherwise than that one.</param>
/// <param name="WrittenBy">The user; opaque.</param>
/// <param name="WriterRole">In which role.</param>
/// <param name="OnBehalfOf">The operator that the platform acted for.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="Rules">All that it says; not in lists.</param>
sealed record RulesVersionView(
    int Version,
    DateTimeOffset? EffectiveFrom,
    RulesVersionState State,
    int? ReplacedBy,
    int? Follows,
    IReadOnlyList<string> Changed,
    string? WrittenBy,
    Role? WriterRole,
    Id<Operator>? OnBehalfOf,
    DateTimeOffset? WrittenAt,
    [property: NotInTables] SiteRules? Rules = null)
{
    public static RulesVersionView InList(WrittenRules written, RuleBook book, DateTimeOffset now)
    {
        var (version, writer) = (written.Version, written.Writer);
        return new(
            version.Rules.Version, version.EffectiveFrom, StateOf(written, book, now), written.ReplacedBy,
            written.Follows, written.Changed, writer.User, writer.Role, writer.OnBehalfOf, written.WrittenAt);
    }

    public static RulesVersionView Of(WrittenRules written, RuleBook book, DateTimeOffset now) =>
        InList(written, book, now) with { Rules = written.Version.Rules };

    public static RulesVersionView OfDefaults(RuleBook book, DateTimeOffset now)
    {
        var state = book.At(now).Rules.Version == 0 ? RulesVersionState.InForce : RulesVersionState.Past;
        return new(0, null, state, null, null, [], null, null, null, null, SiteRules.Default);
    }

    static RulesVersionState StateOf(WrittenRules written, RuleBook book, DateTimeOffset now) => written switch
    {
        { ReplacedBy: not null } => RulesVersionState.Replaced,
        _ when written.Version.EffectiveFrom > now => RulesVersionState.Scheduled,
        _ when written.Version.Rules.Version == book.At(now).Rules.Version => RulesVersionState.InForce,
        _ => RulesVersionState.Past,
    };
}
