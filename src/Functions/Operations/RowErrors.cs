using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
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

    static readonly JsonSerializerOptions Options = JsonSerializerOptions.Web;

    /// <param name="count">All errors that there were.</param>
    /// <param name="errors">At least the first <see cref="ListedMax"/> of them, in any order.</param>
    public static RowErrors Of(int count, IEnumerable<ProblemError> errors)
    {
        if (count == 0)
            return None;

        var listed = errors.OrderBy(error => error.Row).Take(ListedMax).ToList();
        // Errors that are all different in odd characters do not pack well: then fewer are kept, and shown.
        byte[] packed;
        while ((packed = Pack(listed)).Length > TableLimits.BytesMax)
            listed.RemoveRange(listed.Count * 3 / 4, listed.Count - (listed.Count * 3 / 4));
        return new(count, packed);
    }

    public ImmutableArray<ProblemError> Listed()
    {
        if (Packed.Length == 0)
            return [];

        using var packed = new BrotliStream(new MemoryStream(Packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<ImmutableArray<ProblemError>>(packed, Options);
    }

    public bool Equals(RowErrors? other) =>
        other is not null && Count == other.Count && Packed.AsSpan().SequenceEqual(other.Packed);

    public override int GetHashCode() => HashCode.Combine(Count, Packed.Length);

    static byte[] Pack(List<ProblemError> errors)
    {
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Optimal))
            JsonSerializer.Serialize(packed, errors, Options);
        return bytes.ToArray();
    }
}
