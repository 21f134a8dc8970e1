namespace Telephony.Domain.Groups;

/// <summary>What is wrong with one field of a configuration.</summary>
/// <param name="Field">Where it stands, such as <c>businessHours[2].to</c>.</param>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Reason">What is wrong, for people.</param>
/// <param name="WayOut">What to do about it.</param>
public sealed record FeatureError(string Field, string Code, string Reason, string WayOut);
