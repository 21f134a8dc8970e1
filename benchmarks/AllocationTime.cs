using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.LocalRuntime;

namespace Telephony.Benchmarks;

/// <summary>P2: the time of a warm allocation, beside the least its transaction can take, and a point read.</summary>
sealed class AllocationTime(string connectionString, CancellationToken ct)
{
    const int Rounds = 41, Times = 8, WarmUp = 20, Numbers = 1_000;
    const double FloorMax = 1.15, ReadMax = 2.5;
    const string Read = "point read";

    readonly TableClient table = new(connectionString, TableNames.Sites);

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        Report.Begin(
            $"P2: a warm allocation at a site of {Numbers:N0} numbers",
            "One call of SitePartition.TransactAsync for one account: by name, or by count as the rules choose.",
            "Floor: one transaction of as many operations (two inserts, two merges with If-Match) and about as many",
            "bytes, made by hand on the table client; the same table, and a partition that grows alike.",
            "Point read: one block's row by its keys, on the table client.",
            $"{Rounds} rounds of {Times} of each, in turns, after {WarmUp} that are not counted; each round has sites",
            "of its own. Ratios are of a round's medians; the figure is the median of the rounds.");
        // Not counted: it has our own code compiled as well as the runtime can.
        _ = OwnTime.Measure();
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), ct);
        var time = new AllocationTime(azurite.ConnectionString, ct);
        await time.table.CreateAsync(ct);
        var rounds = new List<Dictionary<string, double>>();
        for (var round = -WarmUp; round < Rounds; round++)
        {
            var measured = await time.RoundAsync(round);
            if (round >= 0)
                rounds.Add(measured);
        }

        return Print(rounds);
    }

    async Task<Dictionary<string, double>> RoundAsync(int round)
    {
        using var cache = new SiteCache();
        var process = new SitePartition(new AzureTable(table), cache, TimeProvider.System);
        var (one, ten) = (await FloorAsync(round, 1), await FloorAsync(round, 10));
        (string Name, Func<int, Task> Act)[] each =
        [
            await AllocationAsync(process, round, 1, byCount: false),
            await AllocationAsync(process, round, 1, byCount: true),
            (Floor(1), one.CommitAsync),
            await AllocationAsync(process, round, 10, byCount: false),
            await AllocationAsync(process, round, 10, byCount: true),
            (Floor(10), ten.CommitAsync),
            (Read, _ => ten.ReadAsync()),
        ];

        // The first one makes the account's row and finds nothing in use; it is not counted.
        var samples = each.ToDictionary(kind => kind.Name, _ => new List<double>());
        for (var time = 0; time <= Times; time++)
        {
            for (var turn = 0; turn < each.Length; turn++)
            {
                // Nobody always comes after the same one.
                var (name, act) = each[(turn + time) % each.Length];
                var watch = Stopwatch.StartNew();
                await act(time);
                if (time > 0)
                    samples[name].Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return samples.ToDictionary(kind => kind.Key, kind => kind.Value.Median());
    }

    async Task<FloorTransaction> FloorAsync(int round, int numbers)
    {
        var floor = new FloorTransaction(table, $"floor-{round}-{numbers}", numbers, ct);
        await floor.FillAsync(Numbers / 100);
        return floor;
    }

    async Task<(string Name, Func<int, Task> Act)> AllocationAsync(
        SitePartition process, int round, int numbers, bool byCount)
    {
        var site = new BenchSite($"site-{round}-{numbers}-{(byCount ? "count" : "name")}");
        await process.TransactAsync(site.Import(BenchSite.Numbers(0, Numbers)), ct);
        return (Name(numbers, byCount), async time =>
        {
            var work = byCount ? site.AllocateCount("acme", numbers)
                : site.Allocate("acme", BenchSite.Numbers(time * numbers, numbers));
            if (await process.TransactAsync(work, ct) is not SiteOutcome.Done { Replayed: false } done
                || done.Operation.Changed.Count != numbers)
            {
                throw new InvalidOperationException($"{work.Operation.Id} was not done.");
            }
        });
    }

    static int Print(List<Dictionary<string, double>> rounds)
    {
        var met = true;
        var report = new Report(
            "what", "median, ms", $"÷ floor (≤ {FloorMax})", "least", "most", $"÷ point read (≤ {ReadMax})", "goal");
        foreach (var numbers in new[] { 1, 10 })
        {
            foreach (var byCount in new[] { false, true })
                Add(Name(numbers, byCount), Floor(numbers), isGoal: true);
            Add(Floor(numbers), Floor(numbers), isGoal: false);
        }

        report.Add(Read, Text(rounds.Select(round => round[Read]).Median()), "", "", "", "1.00", "");
        report.Print();
        var own = OwnTime.Measure();
        own.Print();
        Console.WriteLine(met ? "All goals are met." : "A goal is missed.");
        return met ? 0 : 1;

        void Add(string name, string floor, bool isGoal)
        {
            var toFloor = rounds.Select(round => round[name] / round[floor]).ToList();
            var toRead = rounds.Select(round => round[name] / round[Read]).Median();
            var isMet = toFloor.Median() <= FloorMax && toRead <= ReadMax;
            met &= isMet || !isGoal;
            report.Add(
                name, Text(rounds.Select(round => round[name]).Median()), Text(toFloor.Median()), Text(toFloor.Min()),
                Text(toFloor.Max()), Text(toRead), isGoal ? isMet ? "met" : "missed" : "");
        }
    }

    static string Name(int numbers, bool byCount) => $"{numbers} by {(byCount ? "count" : "name")}";

    static string Floor(int numbers) => $"floor of {numbers}";

    static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
