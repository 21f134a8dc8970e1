using Azure.Data.Tables;

namespace Telephony.LocalRuntime.Durable;

/// <summary>A text in numbered properties, because one property holds only 32 K characters.</summary>
static class Chunks
{
    const int SizeMax = 32_000;

    /// <summary>Writes the chunks that differ from those of <paramref name="before"/>.</summary>
    public static void Write(TableEntity row, string property, string? text, string? before = null)
    {
        var old = Split(before ?? "");
        var chunks = Split(text ?? "");
        for (var index = 0; index < chunks.Count; index++)
        {
            if (index >= old.Count || old[index] != chunks[index])
            {
                row[$"{property}{index:D2}"] = chunks[index];
            }
        }
    }

    /// <summary>The whole text, or null when there is none.</summary>
    public static string? Read(TableEntity row, string property)
    {
        var chunks = new List<string>();
        while (row.GetString($"{property}{chunks.Count:D2}") is { Length: > 0 } chunk)
        {
            chunks.Add(chunk);
        }

        return chunks.Count == 0 ? null : string.Concat(chunks);
    }

    // A pair of surrogates stays together: half of one is no character on the wire. Where a chunk ends depends only on
    // what is before it, so adding text changes the last chunk and no other.
    static List<string> Split(string text)
    {
        var chunks = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + SizeMax, text.Length);
            end -= end < text.Length && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
            chunks.Add(text[start..end]);
            start = end;
        }

        return chunks;
    }
}
