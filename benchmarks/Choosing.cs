using System.Globalization;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;

namespace Telephony.Benchmarks;

/// <summary>P7: choosing numbers in memory, beside a plain scan of bits and beside the rules done naively.</summary>
static class Choosing
{
    const int Blocks = 1_000, FewBlocks = 10, Rounds = 9;
    static readonly int[] Counts = [1, 10, 100, 1_000];

    /// <summary>Once with the default endings, where no run is longer than 200; else with all, for long ones.</summary>
    static readonly Filling[] Fillings =
    [
        new(0, false, new()), new(0, false, PremiumPatterns.None),
        .. new[] { 50, 90, 99 }.SelectMany(percent => new[]
        {
            new Filling(percent, false, PremiumPatterns.None), new Filling(percent, true, PremiumPatterns.None),
        }),
    ];

    public static Task<int> RunAsync(CancellationToken ct)
    {
        Report.Begin(
            $"P7: choosing from a pool of {Blocks * Block.Size:N0} numbers, in memory",
            "Cells: µs a choice; in brackets ÷ a plain scan of one bit for each number; KB of heap a choice; pieces.",
            "The scan takes the lowest free bits (Ignore) or the first run that is long enough, else the lowest.",
            "It knows no rules: no best fit, no rest, no nearness, nothing kept, no reasons.",
            "Near: the account has 100 numbers in ten places and wants others near them; else it has none.",
            $"Medians of {Rounds} interleaved rounds, after all was done once and not counted.");
        _ = Table(ct);
        var (table, each) = Table(ct);
        table.Print();
        Console.WriteLine("The same, in ns for each of 1,000 numbers chosen; near nothing:");
        each.Print();
        Console.WriteLine($"The rules done naively, number by number, for a pool of {FewBlocks * Block.Size:N0}; the");
        Console.WriteLine("numbers must be the same:");
        Naive(ct).Print();
        return Task.FromResult(0);
    }

    static (Report Table, Report Each) Table(CancellationToken ct)
    {
        var table = new Report(["filled", "contiguity", "near", .. Counts.Select(count => $"{count:N0}")]);
        var each = new Report("filled", "contiguity", "chooser", "scan");
        foreach (var filling in Fillings)
        {
            var pool = new FilledPool(Blocks, filling);
            foreach (var contiguity in Enum.GetValues<Contiguity>())
            {
                foreach (var to in new[] { FilledPool.Newcomer, FilledPool.Neighbour })
                {
                    ct.ThrowIfCancellationRequested();
                    var found = Counts.Select(count => Measure(pool, contiguity, to, count)).ToList();
                    table.Add([filling, contiguity, IsNear(to), .. found]);
                    if (to == FilledPool.Newcomer && contiguity is not Contiguity.Required)
                        each.Add(filling, contiguity, Text(found[^1].Choose), Text(found[^1].Scan));
                }
            }
        }

        return (table, each);
    }

    static Found Measure(FilledPool pool, Contiguity contiguity, Recipient to, int count)
    {
        var site = pool.With(contiguity);
        var bits = new int[count];
        var (choose, scan) = (Timing.Times(Choose), Timing.Times(Scan));
        var rounds = Enumerable.Range(0, Rounds).Select(_ =>
            (Choose: Timing.Microseconds(Choose, choose), Scan: Timing.Microseconds(Scan, scan))).ToList();
        return new(
            rounds.Select(round => round.Choose).Median(), rounds.Select(round => round.Scan).Median(),
            rounds.Select(round => round.Choose / round.Scan).Median(), Timing.Heap(Choose) / 1_000.0,
            Chosen(site, to, count).Length);

        void Choose() => NumberChooser.Choose(site, to, count);

        void Scan()
        {
            if (contiguity is Contiguity.Ignore || pool.Bitmap.FirstRun(count) < 0)
                pool.Bitmap.Lowest(bits);
        }
    }

    static Report Naive(CancellationToken ct)
    {
        var report = new Report("filled", "contiguity", "near", "chooser, µs", "naively, µs", "naively ÷ chooser");
        foreach (var filling in Fillings.Where(filling => filling is { ByBlock: false, Percent: <= 90 }))
        {
            var pool = new FilledPool(FewBlocks, filling);
            foreach (var contiguity in new[] { Contiguity.Preferred, Contiguity.Ignore })
            {
                foreach (var to in new[] { FilledPool.Newcomer, FilledPool.Neighbour })
                {
                    ct.ThrowIfCancellationRequested();
                    var (choose, naive, ratio) = Compare(pool.With(contiguity), to, count: 10);
                    report.Add(filling, contiguity, IsNear(to), Text(choose), Text(naive), $"{ratio:0}");
                }
            }
        }

        return report;
    }

    static (double Choose, double Naive, double Ratio) Compare(SiteState site, Recipient to, int count)
    {
        var chosen = Chosen(site, to, count).SelectMany(piece => piece.Numbers.Select(number => number.Digits));
        if (!chosen.SequenceEqual(NaiveChoice.Choose(site, to, count)))
            throw new InvalidOperationException($"{count} for {to}: not what the rules say.");

        var (choose, naive) = (Timing.Times(Choose), Timing.Times(Naively));
        var rounds = Enumerable.Range(0, Rounds).Select(_ =>
            (Choose: Timing.Microseconds(Choose, choose), Naive: Timing.Microseconds(Naively, naive))).ToList();
        return (
            rounds.Select(round => round.Choose).Median(), rounds.Select(round => round.Naive).Median(),
            rounds.Select(round => round.Naive / round.Choose).Median());

        void Choose() => NumberChooser.Choose(site, to, count);

        void Naively() => NaiveChoice.Choose(site, to, count);
    }

    static Piece[] Chosen(SiteState site, Recipient to, int count) =>
        NumberChooser.Choose(site, to, count) is ChoiceDecision.Chosen chosen ? [.. chosen.Pieces] : [];

    static string IsNear(Recipient to) => to == FilledPool.Neighbour ? "yes" : "no";

    static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Times in µs.</summary>
    sealed record Found(double Choose, double Scan, double Ratio, double Kilobytes, int Pieces)
    {
        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture, $"{Choose:0.0} ({Ratio:0}) {Kilobytes:0.0} KB, {Pieces}");
    }
}
