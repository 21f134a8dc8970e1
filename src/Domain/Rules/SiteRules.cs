using System.Collections.Immutable;

namespace Telephony.Domain.Rules;

/// <summary>
/// What a site lets people do and how its services count. A site without stored rules has the defaults.
/// </summary>
public sealed record SiteRules
{
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

    /// <summary>What roles may do here beyond the table's fixed part.</summary>
    public Policies Policies { get; init; } = new();

    /// <summary>Whether they say the same, whatever their versions.</summary>
    public bool SameAs(SiteRules other) =>
        this with { Version = 0, Services = [] } == other with { Version = 0, Services = [] }
        && Services.SequenceEqual(other.Services);

    public ServiceRule? Service(string code) => Services.FirstOrDefault(service => service.Code == code);
}

/// <summary>
/// How many direct numbers a service needs: quantity × <paramref name="NumbersPerUnit"/> + <paramref name="Extra"/>.
/// </summary>
/// <param name="Code">What a request names it by; the form of an id.</param>
/// <param name="Name">As people call it.</param>
/// <param name="NumbersPerUnit">0 to 100.</param>
/// <param name="Extra">0 to 1,000.</param>
public sealed record ServiceRule(string Code, string Name, int NumbersPerUnit = 1, int Extra = 0)
{
    public const int NumbersPerUnitMax = 100;
    public const int ExtraMax = 1_000;
}

/// <summary>
/// Permissions that a site grants on top of the fixed ones. All are off by default; only the platform sets them.
/// </summary>
public sealed record Policies(bool OperatorUserAllocates = false, bool OperatorUserAssignsServices = false);
