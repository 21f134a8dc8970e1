using System.Diagnostics;
using System.Globalization;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>P12: from the start of the built process to the first answered request.</summary>
static class Start
{
    const int Rounds = 9;

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        Report.Begin(
            "P12: start of the built app to its first answered request",
            "The app: from the start of its process to the answer of GET /api/v1/health; tables and key are there.",
            "Beside it: a .NET process that does nothing, start to end; and Azurite in memory, start to listening.",
            $"{Rounds} interleaved rounds after one that is not counted. Nothing is compiled or restored in them.");
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), ct);
        using var directory = new TemporaryDirectory();
        var rounds = new List<Round>();
        for (var round = 0; round <= Rounds; round++)
        {
            var measured = new Round(
                await TimeAsync(() => AppAsync(azurite.ConnectionString, directory.Path, ct)),
                await TimeAsync(() => NothingAsync(ct)),
                await TimeAsync(() => AzuriteAsync(ct)));
            if (round > 0)
                rounds.Add(measured);
        }

        var report = new Report("what", "median, ms", "least", "most", "÷ a process that does nothing");
        Add("the app, first answer", round => round.App);
        Add("a process that does nothing", round => round.Nothing);
        Add("Azurite", round => round.Azurite);
        report.Print();
        return 0;

        void Add(string what, Func<Round, double> of) => report.Add(
            what, Text(rounds.Select(of).Median()), Text(rounds.Min(of)), Text(rounds.Max(of)),
            rounds.Select(round => of(round) / round.Nothing).Median().ToString("0.0", CultureInfo.InvariantCulture));
    }

    /// <returns>What is to be disposed once the time is taken.</returns>
    static async Task<IAsyncDisposable?> AppAsync(string connectionString, string directory, CancellationToken ct)
    {
        var app = await AppProcess.StartAsync(connectionString, directory);
        using var client = new HttpClient { BaseAddress = app.BaseAddress };
        using var answer = await client.GetAsync(new Uri("api/v1/health", UriKind.Relative), ct);
        answer.EnsureSuccessStatusCode();
        return app;
    }

    static async Task<IAsyncDisposable?> NothingAsync(CancellationToken ct)
    {
        using var process = Process.Start("dotnet", ["exec", typeof(Start).Assembly.Location, "nothing"]);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? null : throw new InvalidOperationException($"It ended with {process.ExitCode}.");
    }

    static async Task<IAsyncDisposable?> AzuriteAsync(CancellationToken ct) =>
        await Azurite.StartAsync(new AzuriteOptions(), ct);

    static async Task<double> TimeAsync(Func<Task<IAsyncDisposable?>> run)
    {
        var watch = Stopwatch.StartNew();
        await using var started = await run();
        return watch.Elapsed.TotalMilliseconds;
    }

    static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    sealed record Round(double App, double Nothing, double Azurite);
}
