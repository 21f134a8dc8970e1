using System.Collections.Frozen;
using CsvHelper;
using Microsoft.Net.Http.Headers;

namespace Telephony.Functions.Http;

/// <summary>
/// CSV as we write and read it: RFC 4180 in UTF-8, and no cell that a spreadsheet would take for a formula.
/// </summary>
static class Csv
{
    public const string MediaType = "text/csv";

    const char Apostrophe = '\'';

    /// <summary>
    /// What makes a formula of a cell that begins with it; East Asian spreadsheets take the wide forms, too. The
    /// apostrophe is among them so that none that was there before is taken for ours. CsvHelper's own guard knows
    /// neither of these.
    /// </summary>
    static readonly FrozenSet<char> Dangerous = "=+-@\t\r\n＝＋－＠'".ToFrozenSet();

    public static readonly MediaTypeHeaderValue ContentType = new(MediaType) { Charset = "utf-8" };

    /// <summary>
    /// With a byte order mark, without which Excel takes UTF-8 for the code page of its machine and garbles names.
    /// Whoever reads these files with a program can have JSON.
    /// </summary>
    public static readonly CsvWriterOptions WriterOptions = new() { WriteByteOrderMark = true };

    /// <summary>The text with an apostrophe before what would be a formula.</summary>
    public static string Harmless(string text) => text is [var first, ..] && Dangerous.Contains(first)
        ? Apostrophe + text
        : text;

    /// <summary>The cell without the apostrophe that <see cref="Harmless"/> put before it.</summary>
    public static string Plain(string cell) =>
        cell is [Apostrophe, var next, ..] && Dangerous.Contains(next) ? cell[1..] : cell;
}
