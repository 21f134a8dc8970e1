using System.Globalization;
using Azure.Data.Tables;

namespace Telephony.Functions.Storage;

/// <summary>A text that may be longer than a property holds, in properties <c>Name0</c>, <c>Name1</c> …</summary>
static class TextParts
{
    const int PartsMax = 20;

    public static void Write(TableEntity row, string property, string text)
    {
        foreach (var (index, part) in text.Chunk(TableLimits.TextMax).Index())
            row[Name(property, index)] = new string(part);
    }

    /// <summary>Empty when it was never written.</summary>
    public static string Read(TableEntity row, string property) => string.Concat(Enumerable.Range(0, PartsMax)
        .Select(index => row.GetString(Name(property, index)))
        .TakeWhile(part => part is not null));

    static string Name(string property, int index) => string.Create(CultureInfo.InvariantCulture, $"{property}{index}");
}
