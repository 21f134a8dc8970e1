using Telephony.Domain.Access;

namespace Telephony.Functions.Access;

/// <summary>
/// What a caller must be permitted to use this HTTP function. A function without it, or Open, stops the start.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DemandsAttribute(Permission permission) : Attribute
{
    public Permission Permission { get; } = permission;

    /// <summary>The last id in the route may name what is not there yet: a PUT that creates it.</summary>
    public bool MayBeNew { get; init; }

    /// <summary>The platform need not name an operator: the function is about all of them.</summary>
    public bool AllOperators { get; init; }
}

/// <summary>Anybody may use this HTTP function, without a token.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenAttribute : Attribute;
