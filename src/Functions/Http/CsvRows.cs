using System.Text.Unicode;
using CsvHelper;

namespace Telephony.Functions.Http;

/// <summary>A row of a file.</summary>
/// <param name="Line">Where in the file it begins; the header is in line 1.</param>
/// <param name="Cells">Without space around them.</param>
/// <param name="Malformed">Why the cells cannot be told apart, or are no values; null when they can.</param>
sealed record CsvRow(int Line, IReadOnlyList<string> Cells, ProblemError? Malformed);

/// <summary>
/// Reads a file row by row. What cannot be told apart as rows is refused whole; whoever takes the rows says what is
/// wrong with one of them.
/// </summary>
static class CsvRows
{
    /// <summary>One row, quoted line breaks and all; what the CSV library may have to hold at once.</summary>
    public const int RowBytesMax = 64 * 1024;

    /// <param name="body">The file.</param>
    /// <param name="header">Takes the cells of the first row, or says why they name no columns.</param>
    /// <param name="take">Takes a row that is not empty; answers an error when no more can be taken.</param>
    /// <param name="ct">Stops between rows.</param>
    /// <returns>Why the file cannot be read; null when all rows were taken.</returns>
    public static async Task<Problem?> ReadAsync(
        CsvBody body, Func<IReadOnlyList<string>, Problem?> header,
        Func<CsvRow, CancellationToken, ValueTask<ProblemError?>> take, CancellationToken ct)
    {
        CsvMalformedRecord? malformed = null;
        await using var csv = CsvReader.Create(
            body,
            new CsvReaderOptions
            {
                Separator = ',',
                HasHeader = false,
                TrackLineNumbers = true,
                MaxRecordSize = RowBytesMax,
                OnMalformedRecord = record => malformed = record,
            },
            leaveOpen: true);
        try
        {
            if (!await csv.ReadAsync(ct))
                return Problems.BadCsv(CsvErrors.NoHeader());
            if (Unreadable(csv, malformed) is { } wrong)
                return Problems.BadCsv(wrong);
            if (header(Cells(csv)) is { } unknown)
                return unknown;

            while (await csv.ReadAsync(ct))
            {
                if (Unreadable(csv, malformed) is { } unreadable)
                    return Problems.BadCsv(unreadable);

                // What is left of a table's formatting below its last row.
                var cells = Cells(csv);
                if (!cells.TrueForAll(cell => cell.Length == 0)
                    && await take(new(Line(csv), cells, Malformed(csv, malformed)), ct) is { } tooMany)
                {
                    return Problems.BadCsv(tooMany);
                }
            }

            return null;
        }
        catch (CsvFaultException e)
        {
            return e.Problem;
        }
        catch (CsvFormatException e)
        {
            return Problems.BadCsv(CsvErrors.RowTooLong((int)e.LineNumber, RowBytesMax));
        }
    }

    static ProblemError? Malformed(CsvReader csv, CsvMalformedRecord? malformed) =>
        // In quotes of its own, or with its quotes doubled as they should be.
        csv.Current.RawRecord.IndexOf("=\""u8) >= 0 ? CsvErrors.Formula()
        : malformed?.LineNumber == csv.LineNumber ? CsvErrors.StrayQuote()
        : null;

    /// <summary>Why the rest of the file cannot be told apart from here on; null when it can.</summary>
    static ProblemError? Unreadable(CsvReader csv, CsvMalformedRecord? malformed)
    {
        if (malformed is { Reason: CsvMalformedReason.UnterminatedQuote })
            return CsvErrors.UnclosedQuote(Line(csv));

        // UTF-16 without its mark shows as zeros between the letters.
        var raw = csv.Current.RawRecord;
        return !Utf8.IsValid(raw) || raw.Contains((byte)0) ? CsvErrors.BadEncoding(Line(csv)) : null;
    }

    static int Line(CsvReader csv) => (int)csv.LineNumber;

    static List<string> Cells(CsvReader csv)
    {
        var cells = new List<string>(csv.FieldCount);
        for (var i = 0; i < csv.FieldCount; i++)
            cells.Add(Csv.Plain(csv.GetString(i).Trim()));
        return cells;
    }
}
