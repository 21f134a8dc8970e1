using System.Collections.Immutable;
using Telephony.Domain.Calls;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Settings;

/// <summary>What a change of a number's settings came to.</summary>
public abstract record SettingsDecision
{
    SettingsDecision() { }

    /// <param name="After">How it is set from then on.</param>
    /// <param name="Changes">Which fields changed.</param>
    public sealed record Accepted(NumberSettings After, ImmutableArray<FieldChange> Changes) : SettingsDecision;

    /// <summary>It already is so.</summary>
    public sealed record Unchanged : SettingsDecision;

    public sealed record Refused(ImmutableArray<SettingsRefusal> Refusals) : SettingsDecision;
}

/// <summary>Why a field cannot be so.</summary>
public abstract record SettingsRefusal(string Field)
{
    /// <summary>Others set it.</summary>
    /// <param name="Field">Which setting.</param>
    /// <param name="Policy">The site's policy that would let the caller; null when none would.</param>
    public sealed record NotYours(string Field, string? Policy) : SettingsRefusal(Field);

    /// <summary>Nothing heeds it: the number is a main number.</summary>
    public sealed record OfMain(string Field) : SettingsRefusal(Field);

    /// <summary>It is on, and has no number.</summary>
    public sealed record NumberNeeded(string Field) : SettingsRefusal(Field);

    /// <summary>The number would be passed on to itself.</summary>
    public sealed record ToItself(string Field) : SettingsRefusal(Field);

    /// <summary>Calls would come back to the number over others.</summary>
    /// <param name="Field">Where the way begins.</param>
    /// <param name="Path">From the number to itself.</param>
    public sealed record Loop(string Field, ImmutableArray<CallPoint> Path) : SettingsRefusal(Field)
    {
        public bool Equals(Loop? other) =>
            other is not null && Field == other.Field && Path.SequenceEqual(other.Path);

        public override int GetHashCode() => HashCode.Combine(Field, Path.Length);
    }

    /// <summary>Calls could go on to more numbers than are followed.</summary>
    public sealed record TooFar(string Field) : SettingsRefusal(Field);

    /// <summary>The number that is to be shown is not one that the account has.</summary>
    public sealed record NotTheirs(string Field, E164 Number) : SettingsRefusal(Field);

    /// <summary>The account has no main number in service that could be shown.</summary>
    public sealed record NoMain(string Field) : SettingsRefusal(Field);
}
