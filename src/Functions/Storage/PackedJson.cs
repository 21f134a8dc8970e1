using System.IO.Compression;
using System.Text.Json;

namespace Telephony.Functions.Storage;

/// <summary>Things as JSON, packed, for a list that may be longer than a text property holds.</summary>
static class PackedJson
{
    static readonly JsonSerializerOptions Options = JsonSerializerOptions.Web;

    /// <summary>
    /// The first of them, as many as fit one property: what does not pack well is cut off at its end.
    /// </summary>
    public static byte[] Pack<T>(IEnumerable<T> items)
    {
        var listed = items.ToList();
        byte[] packed;
        while ((packed = Packed(listed)).Length > TableLimits.BytesMax)
            listed.RemoveRange(listed.Count * 3 / 4, listed.Count - (listed.Count * 3 / 4));
        return packed;
    }

    public static T[] Unpack<T>(byte[] bytes)
    {
        using var packed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T[]>(packed, Options)!;
    }

    static byte[] Packed<T>(List<T> items)
    {
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Optimal))
            JsonSerializer.Serialize(packed, items, Options);
        return bytes.ToArray();
    }
}
