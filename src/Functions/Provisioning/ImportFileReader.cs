using System.Collections.Immutable;
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

    readonly ImportRowReader rows = new(site.Country);
    readonly Dictionary<Id<Account>, ProblemError?> accounts = [];
    readonly ImmutableArray<ProvisionLine>.Builder lines = ImmutableArray.CreateBuilder<ProvisionLine>();
    readonly ImmutableArray<int>.Builder places = ImmutableArray.CreateBuilder<int>();
    readonly ImmutableArray<ProblemError>.Builder errors = ImmutableArray.CreateBuilder<ProblemError>();
    int rowCount;
    int errorCount;

    public async Task<Checked<ImportFile>> ReadAsync(CsvBody body, CancellationToken ct)
    {
        ImportColumns? columns = null;
        return await CsvRows.ReadAsync(
                body,
                header => ImportColumns.Read(header).Refused(out var problem, out columns) ? problem : null,
                (row, stop) => TakeAsync(columns!, row, stop), ct) is { } unreadable
            ? unreadable
            : new ImportFile(
                lines.DrainToImmutable(), places.DrainToImmutable(), rowCount, errorCount, errors.DrainToImmutable());
    }

    /// <summary>What is wrong with the file when this is one row too many; null when it was taken.</summary>
    async ValueTask<ProblemError?> TakeAsync(ImportColumns columns, CsvRow row, CancellationToken ct)
    {
        if (++rowCount > RowsMax)
            return CsvErrors.TooManyRows(row.Line, RowsMax);

        var (line, wrong) = row.Malformed is { } malformed
            ? (null, [malformed])
            : rows.Read(columns, row.Line, row.Cells);
        if (line?.Earmark is { } earmark && await OfAccountAsync(earmark, ct) is { } unfit)
            (line, wrong) = (null, [unfit]);
        if (line is not null)
        {
            lines.Add(line);
            places.Add(row.Line);
        }

        errorCount += wrong.Count;
        foreach (var error in wrong.Take(RowErrors.ListedMax - errors.Count))
            errors.Add(error with { Row = row.Line });
        return rows.PartCount > RowsMax
            ? CsvErrors.TooManyNumbers(row.Line, rows.BlockCount, PoolDecider.BlocksMax)
            : null;
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
}
