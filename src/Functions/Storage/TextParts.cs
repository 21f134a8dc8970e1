using System.Globalization;
using Azure.Data.Tables;

namespace Telephony.Functions.Storage;

/// <summary>A text that may be longer than a property holds, in properties <c>Name0</c>, <c>Name1</c> …</summary>
static class TextParts
{
    const int PartsMax = 20;

    public static void Write(TableEntity row, string property, string text)
    {
        for (var (index, from) = (0, 0); from < text.Length; index++)
        {
            var length = LengthOf(text, from);
            row[Name(property, index)] = text.Substring(from, length);
            from += length;
        }
    }

    /// <summary>Empty when it was never written.</summary>
    public static string Read(TableEntity row, string property) => string.Concat(Enumerable.Range(0, PartsMax)
        .Select(index => row.GetString(Name(property, index)))
        .TakeWhile(part => part is not null));

    /// <summary>As much as a property holds. Half of a character that takes two would be lost on the way.</summary>
    static int LengthOf(string text, int from)
    {
        var length = Math.Min(TableLimits.TextMax, text.Length - from);
        return char.IsHighSurrogate(text[from + length - 1]) && from + length < text.Length ? length - 1 : length;
    }

    static string Name(string property, int index) => string.Create(CultureInfo.InvariantCulture, $"{property}{index}");
}
