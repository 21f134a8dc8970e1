using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Benchmarks;

/// <summary>
/// The same allocations on a table that answers at once: what is left is our own time, to decide, to write the rows and
/// to check the transaction.
/// </summary>
static class OwnTime
{
    const int Times = 80, Rounds = 9, Numbers = 1_000;

    /// <summary>The runtime takes its time to find out what is worth compiling well.</summary>
    const int WarmUp = 30;

    public static Report Measure()
    {
        var report = new Report("our own part", "µs", "KB of heap");
        foreach (var numbers in new[] { 1, 10 })
        {
            foreach (var byCount in new[] { false, true })
            {
                var rounds = Enumerable.Range(0, WarmUp + Rounds).Select(round => Round(round, numbers, byCount))
                    .Skip(WarmUp).ToList();
                report.Add(
                    $"{numbers} by {(byCount ? "count" : "name")}", Text(rounds.Select(round => round.Time).Median()),
                    Text(rounds.Select(round => round.Heap / 1_000.0).Median()));
            }
        }

        return report;
    }

    static (double Time, double Heap) Round(int round, int numbers, bool byCount)
    {
        using var cache = new SiteCache();
        var process = new SitePartition(new AnsweringTable(), cache, TimeProvider.System);
        var site = new BenchSite($"own-{round}");
        Do(site.Import(BenchSite.Numbers(0, Numbers)));
        var time = 0;
        var (heap, microseconds) = (0L, 0.0);
        heap = Timing.Heap(() => microseconds = Timing.Microseconds(
            () => Do(byCount ? site.AllocateCount("acme", numbers)
                : site.Allocate("acme", BenchSite.Numbers(numbers * time++, numbers))),
            Times));
        return (microseconds, (double)heap / Times);

        void Do(SiteWork work)
        {
            var done = process.TransactAsync(work, CancellationToken.None);
            if (!done.IsCompletedSuccessfully || done.Result is not SiteOutcome.Done)
                throw new InvalidOperationException($"{work.Operation.Id} was not done at once.");
        }
    }

    static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    /// <summary>It holds nothing, takes every transaction that it may take, and does not wait.</summary>
    sealed class AnsweringTable : ITable
    {
        long versions;

        public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
            Task.FromResult<TableEntity?>(null);

        public async IAsyncEnumerable<TableEntity> RangeAsync(
            string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken ct)
        {
            await Task.CompletedTask;
            yield break;
        }

        public Task<CommitResult> CommitAsync(
            string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
        {
            TransactionGuard.Check(partition, changes);
            return Task.FromResult<CommitResult>(
                new CommitResult.Committed([.. changes.Select(_ => new ETag($"{++versions}"))]));
        }
    }
}
