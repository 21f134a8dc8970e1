using System.Collections.Immutable;
using System.Text.Unicode;
using CsvHelper;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Provisioning;

/// <summary>
/// Reads a file of numbers row by row. What cannot be told apart as rows is refused whole; a row that cannot go in is
/// named, and the next one is read.
/// </summary>
/// <param name="site">Where the numbers are to go.</param>
/// <param name="inTheWayOf">What is wrong with an account that a row earmarks its numbers for.</param>
sealed class ImportFileReader(Site site, Func<Id<Account>, CancellationToken, Task<ProblemError?>> inTheWayOf)
{
    public const int RowsMax = 100_000;

    /// <summary>One row, quoted line breaks and all; what the CSV library may have to hold at once.</summary>
    public const int RowBytesMax = 64 * 1024;

    readonly ImportRowReader rows = new(site.Country);
    readonly Dictionary<Id<Account>, ProblemError?> accounts = [];
    readonly ImmutableArray<ProvisionLine>.Builder lines = ImmutableArray.CreateBuilder<ProvisionLine>();
    readonly ImmutableArray<int>.Builder places = ImmutableArray.CreateBuilder<int>();
    readonly ImmutableArray<ProblemError>.Builder errors = ImmutableArray.CreateBuilder<ProblemError>();
    int rowCount;
    int errorCount;

    public async Task<Checked<ImportFile>> ReadAsync(CsvBody body, CancellationToken ct)
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
            if (ImportColumns.Read(Cells(csv)).Refused(out var problem, out var columns))
                return problem;

            while (await csv.ReadAsync(ct))
            {
                if (Unreadable(csv, malformed) is { } unreadable)
                    return Problems.BadCsv(unreadable);
                if (await TakeAsync(columns, Row(csv), Cells(csv), Malformed(csv, malformed), ct) is { } tooMany)
                {
                    return Problems.BadCsv(tooMany);
                }
            }
        }
        catch (CsvFaultException e)
        {
            return e.Problem;
        }
        catch (CsvFormatException e)
        {
            return Problems.BadCsv(CsvErrors.RowTooLong((int)e.LineNumber, RowBytesMax));
        }

        return new ImportFile(
            lines.DrainToImmutable(), places.DrainToImmutable(), rowCount, errorCount, errors.DrainToImmutable());
    }

    /// <summary>What is wrong with the file when this is one row too many; null when it was taken.</summary>
    async Task<ProblemError?> TakeAsync(
        ImportColumns columns, int row, List<string> cells, ProblemError? malformed, CancellationToken ct)
    {
        // What is left of a table's formatting below its last row.
        if (cells.TrueForAll(cell => cell.Length == 0))
            return null;
        if (++rowCount > RowsMax)
            return CsvErrors.TooManyRows(row, RowsMax);

        var (line, wrong) = malformed is null ? rows.Read(columns, row, cells) : (null, [malformed]);
        if (line?.Earmark is { } earmark && await OfAccountAsync(earmark, ct) is { } unfit)
            (line, wrong) = (null, [unfit]);
        if (line is not null)
        {
            lines.Add(line);
            places.Add(row);
        }

        errorCount += wrong.Count;
        foreach (var error in wrong.Take(RowErrors.ListedMax - errors.Count))
            errors.Add(error with { Row = row });
        return rows.PartCount > RowsMax ? CsvErrors.TooManyNumbers(row, rows.BlockCount, PoolDecider.BlocksMax) : null;
    }

    /// <summary>Why the cells of this row cannot be told apart, or are no values; null when they can.</summary>
    static ProblemError? Malformed(CsvReader csv, CsvMalformedRecord? malformed) =>
        // In quotes of its own, or with its quotes doubled as they should be.
        csv.Current.RawRecord.IndexOf("=\""u8) >= 0 ? CsvErrors.Formula()
        : malformed?.LineNumber == csv.LineNumber ? CsvErrors.StrayQuote()
        : null;

    /// <summary>Why the rest of the file cannot be told apart from here on; null when it can.</summary>
    static ProblemError? Unreadable(CsvReader csv, CsvMalformedRecord? malformed)
    {
        if (malformed is { Reason: CsvMalformedReason.UnterminatedQuote })
            return CsvErrors.UnclosedQuote(Row(csv));

        // UTF-16 without its mark shows as zeros between the letters.
        var raw = csv.Current.RawRecord;
        return !Utf8.IsValid(raw) || raw.Contains((byte)0) ? CsvErrors.BadEncoding(Row(csv)) : null;
    }

    /// <summary>Each account is looked up once, and not more of them than one file may name.</summary>
    async Task<ProblemError?> OfAccountAsync(Id<Account> account, CancellationToken ct)
    {
        const int AccountsMax = 200;
        if (accounts.TryGetValue(account, out var known))
            return known;
        return accounts.Count == AccountsMax
            ? CsvErrors.TooManyAccounts(ImportColumns.Earmark, AccountsMax)
            : accounts[account] = await inTheWayOf(account, ct);
    }

    static int Row(CsvReader csv) => (int)csv.LineNumber;

    static List<string> Cells(CsvReader csv)
    {
        var cells = new List<string>(csv.FieldCount);
        for (var i = 0; i < csv.FieldCount; i++)
            cells.Add(Csv.Plain(csv.GetString(i).Trim()));
        return cells;
    }
}
