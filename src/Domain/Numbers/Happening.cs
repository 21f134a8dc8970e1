using System.Collections.Immutable;

namespace Telephony.Domain.Numbers;

/// <summary>A field that changed, as people name it; a value that is not there is null.</summary>
public readonly record struct FieldChange(string Field, string? Before, string? After);

/// <summary>
/// What happened to a number that stays in the state that it is in: somebody got it, it rings elsewhere, a setting is
/// another.
/// </summary>
/// <param name="Event">One of <see cref="History.EventTypes"/>.</param>
/// <param name="Changes">Which fields changed; may be empty.</param>
public sealed record Happening(string Event, ImmutableArray<FieldChange> Changes)
{
    public bool Equals(Happening? other) =>
        other is not null && Event == other.Event && Changes.SequenceEqual(other.Changes);

    public override int GetHashCode() => HashCode.Combine(Event, Changes.Length);
}
