using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Telephony.Domain.Rules;

/// <summary>
/// What a site lets people do, how its services count, and how numbers are chosen there. A site without stored rules
/// has the defaults. What is never chosen, whatever the rules say, stands in <c>Candidates</c>.
/// </summary>
public sealed record SiteRules
{
    /// <summary>Ten blocks of 1,000: more than any site keeps for one account.</summary>
    public const int NumbersMax = 10_000;

    /// <summary>A year: longer, and nobody remembers why.</summary>
    public const int DaysMax = 365;

    /// <summary>Three months: nobody waits longer for a number.</summary>
    public const int WaitDaysMax = 90;

    /// <summary>The same in hours.</summary>
    public const int HoursMax = WaitDaysMax * 24;

    public static readonly SiteRules Default = new();

    /// <summary>
    /// Counts the changes; 0 for the defaults. Every allocation remembers the version it was decided by.
    /// </summary>
    public int Version { get; init; }

    /// <summary>False refuses every change at the site but provisioning and this flag itself, by anyone.</summary>
    public bool ManagedByPlatform { get; init; } = true;

    /// <summary>Whether the platform may act for the operator here.</summary>
    public bool OnBehalfAllowed { get; init; } = true;

    /// <summary>The voice services that can be assigned here; at least one, codes unique.</summary>
    public ImmutableArray<ServiceRule> Services { get; init; } = [new("voice", "Voice")];

    /// <summary>False leaves the numbers that a voice service lacks to be allocated by hand.</summary>
    public bool AutoAllocate { get; init; } = true;

    /// <summary>False leaves the numbers that a voice service took to be put in service by hand.</summary>
    public bool AutoActivateAfterAuto { get; init; } = true;

    /// <summary>What becomes of an account's first service when it needs a main number and none is nominated.</summary>
    public MissingMain OnNoNominatedMain { get; init; } = MissingMain.AllocateDirect;

    /// <summary>Whether several numbers have to be consecutive.</summary>
    public Contiguity Contiguity { get; init; } = Contiguity.Preferred;

    /// <summary>Whether numbers near those that the account has come first.</summary>
    public bool NearExisting { get; init; } = true;

    /// <summary>Numbers that are easy to remember are worth money and are not given away by chance.</summary>
    public PremiumPatterns PremiumPatterns { get; init; } = new();

    /// <summary>
    /// How many numbers that anybody may have stay in the pool for the operator's own account; 0 to
    /// <see cref="NumbersMax"/>.
    /// </summary>
    public int KeepForOperator { get; init; }

    /// <summary>
    /// Direct numbers that an account may have here, 1 to <see cref="NumbersMax"/>; null for no limit.
    /// </summary>
    public int? MaxPerAccount { get; init; }

    /// <summary>False gives what there is when there is not enough.</summary>
    public bool AllOrNothing { get; init; } = true;

    /// <summary>Who makes a number one that can become a main number.</summary>
    public MainNomination MainNomination { get; init; } = MainNomination.PlatformOnly;

    /// <summary>Whose word makes a nominated number an account's main number.</summary>
    public MainActivation MainActivation { get; init; } = MainActivation.PlatformQueue;

    /// <summary>Whose word puts a direct number in service, and takes it out again.</summary>
    public DirectActivation DirectActivation { get; init; } = DirectActivation.Immediate;

    /// <summary>Hours after which the platform is reminded of an activation, 1 to <see cref="HoursMax"/>.</summary>
    public int ActivationReminderHours { get; init; } = 24;

    /// <summary>Days after which an activation that nobody confirmed is given up, 1 to <see cref="WaitDaysMax"/>.
    /// </summary>
    public int ActivationDeadlineDays { get; init; } = 14;

    /// <summary>Days that an activation is kept which comes before its number is nominated and reserved, 1 to
    /// <see cref="WaitDaysMax"/>.</summary>
    public int EarlyMessageDays { get; init; } = 7;

    /// <summary>Days that a number may be held for a future starter, 1 to <see cref="DaysMax"/>.</summary>
    public int HoldMaxDays { get; init; } = 180;

    /// <summary>Days after which a number that is reserved and was never in service is reported; 1 to
    /// <see cref="DaysMax"/>.</summary>
    public int ReservedIdleWarnDays { get; init; } = 90;

    /// <summary>Days that a direct number rests after use, 1 to <see cref="DaysMax"/>.</summary>
    public int CooldownDays { get; init; } = 90;

    /// <summary>The same for a number that was a main number.</summary>
    public int CooldownDaysMain { get; init; } = 180;

    /// <summary>What a caller meets who dials a number that rests.</summary>
    public CooldownTreatment CooldownTreatment { get; init; } = new();

    /// <summary>The pool is low when fewer percent of its numbers than this are free, 0 to 100.</summary>
    public int LowWaterPercent { get; init; } = 10;

    /// <summary>The pool is low when fewer numbers than this are free, whatever the percentage.</summary>
    public int LowWaterCount { get; init; } = 5;

    /// <summary>The pool is critical when fewer percent than this are free; not above
    /// <see cref="LowWaterPercent"/>.</summary>
    public int CriticalPercent { get; init; } = 3;

    /// <summary>What roles may do here beyond the table's fixed part.</summary>
    public Policies Policies { get; init; } = new();

    /// <summary>Whether they say the same, whatever their versions.</summary>
    public bool SameAs(SiteRules other) =>
        this with { Version = 0, Services = [] } == other with { Version = 0, Services = [] }
        && Services.SequenceEqual(other.Services);

    public ServiceRule? Service(string code) => Services.FirstOrDefault(service => service.Code == code);
}

/// <summary>Whether the numbers of one choice have to be consecutive.</summary>
public enum Contiguity
{
    /// <summary>One run when there is one, else as few pieces as possible.</summary>
    Preferred,

    /// <summary>One run or none.</summary>
    Required,

    /// <summary>Every number for itself.</summary>
    Ignore,
}

/// <summary>What to do when an account's first service needs a main number and none is nominated.</summary>
public enum MissingMain
{
    /// <summary>Give the direct numbers, and say what is missing.</summary>
    AllocateDirect,

    /// <summary>Give nothing.</summary>
    Fail,
}

/// <summary>Who makes a number one that can become a main number.</summary>
public enum MainNomination
{
    PlatformOnly,

    /// <summary>Admins of the operator may as well.</summary>
    OperatorAllowed,

    /// <summary>Besides, an account's first service nominates a free number when none is nominated.</summary>
    AutomaticOnFirstService,
}

/// <summary>Whose word makes a nominated number an account's main number.</summary>
public enum MainActivation
{
    /// <summary>The back office's, on its queue.</summary>
    PlatformQueue,

    /// <summary>Besides, a request by the platform or by an admin of the operator counts as that.</summary>
    OnRequest,
}

/// <summary>Whose word puts a direct number in service, and takes it out again.</summary>
public enum DirectActivation
{
    /// <summary>The request's own: it is so at once.</summary>
    Immediate,

    /// <summary>The back office's, on its queue: until then the number waits.</summary>
    PlatformConfirms,
}

/// <summary>What a caller meets who dials a number that rests.</summary>
/// <param name="Kind">An announcement, or another number.</param>
/// <param name="ForwardTo">That number, in E.164; only with <see cref="CooldownTreatmentKind.Forward"/>.</param>
public sealed record CooldownTreatment(
    CooldownTreatmentKind Kind = CooldownTreatmentKind.Announcement, string? ForwardTo = null);

public enum CooldownTreatmentKind
{
    Announcement,
    Forward,
}

/// <summary>Which last four digits make a number too good to be chosen automatically.</summary>
/// <param name="Repeats">One digit four times, such as 0000.</param>
/// <param name="Steps">Digits that go up or down by one, such as 1234 or 4321.</param>
/// <param name="Mirrors">Digits that read the same backwards, such as 1221.</param>
public sealed record PremiumPatterns(bool Repeats = true, bool Steps = true, bool Mirrors = true)
{
    public static readonly PremiumPatterns None = new(false, false, false);
}

/// <summary>
/// How many direct numbers a service needs: quantity × <paramref name="NumbersPerUnit"/> + <paramref name="Extra"/>.
/// </summary>
/// <param name="Code">What a request names it by; the form of an id.</param>
/// <param name="Name">As people call it.</param>
/// <param name="NumbersPerUnit">0 to 100.</param>
/// <param name="Extra">0 to 1,000.</param>
/// <param name="NeedsMain">Whether an account whose first service this is also gets a nominated main number.</param>
public sealed record ServiceRule(
    string Code,
    string Name,
    [Range(0, ServiceRule.NumbersPerUnitMax)] int NumbersPerUnit = 1,
    [Range(0, ServiceRule.ExtraMax)] int Extra = 0,
    bool NeedsMain = true)
{
    public const int NumbersPerUnitMax = 100;
    public const int ExtraMax = 1_000;
}
