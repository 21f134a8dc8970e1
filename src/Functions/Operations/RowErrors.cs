using System.Collections.Immutable;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>
/// What was wrong with rows of a file, or with numbers, that were left out, kept with the operation as it was said: a
/// repeat of the request answers the same, also when a newer version of the app would find other words. Packed, so that
/// it fits one property of a row.
/// </summary>
/// <param name="Count">All errors that there were.</param>
/// <param name="Packed">The first of them, by row.</param>
sealed record RowErrors(int Count, byte[] Packed)
{
    /// <summary>An answer names no more errors than this.</summary>
    public const int ListedMax = 1_000;

    public static readonly RowErrors None = new(0, []);

    /// <param name="count">All errors that there were.</param>
    /// <param name="errors">At least the first <see cref="ListedMax"/> of them, in any order.</param>
    public static RowErrors Of(int count, IEnumerable<ProblemError> errors)
    {
        if (count == 0)
            return None;

        // Errors that are all different in odd characters do not pack well: then fewer are kept, and shown.
        return new(count, PackedJson.Pack(errors.OrderBy(error => error.Row).Take(ListedMax)));
    }

    /// <summary>These, and what was wrong besides.</summary>
    public RowErrors And(IReadOnlyCollection<ProblemError> more) => Of(Count + more.Count, [.. Listed(), .. more]);

    public ImmutableArray<ProblemError> Listed() =>
        Packed.Length == 0 ? [] : [.. PackedJson.Unpack<ProblemError>(Packed)];

    public bool Equals(RowErrors? other) =>
        other is not null && Count == other.Count && Packed.AsSpan().SequenceEqual(other.Packed);

    public override int GetHashCode() => HashCode.Combine(Count, Packed.Length);
}
