using Telephony.Domain.Directory;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Access;

/// <summary>What a request is about; the parts that its address names are set.</summary>
public sealed record Target
{
    public Id<Operator>? Operator { get; init; }

    public Site? Site { get; init; }

    public Account? Account { get; init; }

    public Id<User>? User { get; init; }

    /// <summary>The site's rules, where <see cref="AccessTable.NeedsRules"/> says so.</summary>
    public SiteRules? Rules { get; init; }
}

/// <summary>Whether a caller may do what it asks for.</summary>
public abstract record AccessDecision
{
    AccessDecision() { }

    /// <param name="OnBehalfOf">The operator that the platform acts for.</param>
    /// <param name="OnlyAccount">The one account whose things the answer may show or change; null when all.</param>
    /// <param name="OnlyUser">The one person whose numbers, or whose operations, it may show or change; null when
    /// all.</param>
    public sealed record Allowed(
        Id<Operator>? OnBehalfOf = null, Id<Account>? OnlyAccount = null, Id<User>? OnlyUser = null) : AccessDecision;

    /// <summary>The caller must not learn whether it exists.</summary>
    public sealed record Hidden : AccessDecision;

    public sealed record Forbidden(Denial Why, string? Policy = null) : AccessDecision;
}

/// <summary>Why a caller may not do what it asks for, with a thing that it may see.</summary>
public enum Denial
{
    /// <summary>The role never may.</summary>
    Role,

    /// <summary>The role may where the site's policy says so; here it does not.</summary>
    Policy,

    /// <summary>The platform may where the site lets it act for the operator; here it does not.</summary>
    NotOnBehalf,
}
