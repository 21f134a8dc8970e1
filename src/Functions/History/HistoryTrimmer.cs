using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Storage;

namespace Telephony.Functions.History;

/// <summary>
/// Forgets what is older than anybody may ask for. The last thing that a number went through before that stays,
/// however old, so that its state at the limit, and at every later time, can be told.
/// </summary>
public sealed class HistoryTrimmer(SiteQueries sites, ITable history)
{
    /// <summary>
    /// Who had a number is asked in disputes over contracts, bills and calls. Of the periods after which nobody can ask
    /// any more, or that business records must be kept, ten years are the longest where these sites are (six in the
    /// United Kingdom).
    /// </summary>
    public const int HistoryKeptYears = 10;

    /// <summary>Rows that one call deletes; it is called again and again.</summary>
    public const int RowsMax = 2_000;

    /// <summary>
    /// Old rows of a block that one call looks at. Which of them are superseded is judged by these alone, so those
    /// beyond wait for a later call and nothing is deleted too early.
    /// </summary>
    const int SeenMax = 5_000;

    const int BlocksPerRequest = 100;

    /// <returns>How many rows are gone; fewer than <see cref="RowsMax"/> when no more were to go.</returns>
    public async Task<int> TrimAsync(Id<Site> site, DateTimeOffset now, CancellationToken ct)
    {
        var (limit, trimmed) = (HistoryKeys.From(now.AddYears(-HistoryKeptYears)), 0);
        await foreach (var block in sites.BlocksAsync(site, null, BlocksPerRequest, ct))
        {
            if (trimmed >= RowsMax)
                break;
            var partition = HistoryKeys.Partition(site, block.Id);
            var old = await history.RangeAsync(partition, HistoryKeys.First, limit, ct: ct)
                .Take(SeenMax).ToListAsync(ct);
            foreach (var rows in Superseded(old).Take(RowsMax - trimmed).Chunk(TableLimits.TransactionRowsMax))
            {
                // Another call that is faster takes the same rows: what it leaves is for the next one.
                var deletes = rows.Select(row => new RowChange.Delete(row)).ToList();
                if (await history.CommitAsync(partition, deletes, ct) is not CommitResult.Committed)
                    break;
                trimmed += rows.Length;
            }
        }

        return trimmed;
    }

    /// <summary>Those rows of which each number has a later one among them.</summary>
    static IEnumerable<TableEntity> Superseded(List<TableEntity> rows)
    {
        var changes = rows.Select(row => HistoryRow.Read(row).Moves
            .SelectMany(move => move.Numbers.Zip(move.Versions))
            .ToLookup(change => change.First, change => change.Second)).ToList();
        var last = changes.SelectMany(numbers => numbers)
            .GroupBy(number => number.Key)
            .ToDictionary(number => number.Key, number => number.Max(versions => versions.Max()));
        return rows.Zip(changes)
            .Where(row => row.Second.All(number => number.Max() < last[number.Key]))
            .Select(row => row.First);
    }
}
