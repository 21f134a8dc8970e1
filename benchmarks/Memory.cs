using System.Globalization;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>The resident memory of the app's process with 100,000 numbers, every site of them touched.</summary>
static class Memory
{
    const int Sites = 100, NumbersEach = 1_000, GoalMegabytes = 200;

    public static async Task<int> RunAsync(CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("Resident memory is read from /proc, which only Linux has.");
            return 2;
        }

        Report.Begin(
            $"Memory: {Sites * NumbersEach:N0} numbers over {Sites} sites in one process",
            "The built app as a process of its own; Azurite and this program are processes apart and not counted.",
            "VmRSS is what is resident at that moment, VmHWM the most that ever was; no collection is forced.",
            "Touched: the site's 1,000 numbers listed, then one of them allocated, both over HTTP.");
        await using var azurite = await Azurite.StartAsync(new AzuriteOptions(), ct);
        using var directory = new TemporaryDirectory();
        await using var app = await AppProcess.StartAsync(azurite.ConnectionString, directory.Path);
        var report = new Report("when", "VmRSS, MB", "VmHWM, MB");
        Add("listening");

        using var platform = await Caller.OfAsync(app, "paula", ct);
        using var admin = await Caller.OfAsync(app, "olivia", ct);
        await Place.OperatorAsync(platform, ct);
        for (var site = 0; site < Sites; site++)
            await Place.SiteAsync(platform, admin, site, NumbersEach, ct);
        Add("imported");

        for (var site = 0; site < Sites; site++)
            await TouchAsync(admin, site, ct);
        Add("every site touched");

        await Task.Delay(TimeSpan.FromSeconds(10), ct);
        var (resident, highest) = Add("10 s later");
        report.Print();
        var met = Math.Max(resident, highest) <= GoalMegabytes;
        Console.WriteLine($"Goal: at most {GoalMegabytes} MB at any time (VmHWM): {(met ? "met" : "missed")}.");
        return met ? 0 : 1;

        (double Resident, double Highest) Add(string when)
        {
            if (app.HasExited)
                throw new InvalidOperationException($"The app has ended. It said:\n{app}");
            var (now, most) = (Megabytes(app.Id, "VmRSS"), Megabytes(app.Id, "VmHWM"));
            report.Add(when, Text(now), Text(most));
            return (now, most);
        }
    }

    static async Task TouchAsync(Caller admin, int site, CancellationToken ct)
    {
        var page = await admin.GetAsync($"sites/{Place.Site(site)}/numbers?top={NumbersEach}", ct);
        if (page.GetProperty("items").GetArrayLength() != NumbersEach)
            throw new InvalidOperationException($"{Place.Site(site)} does not have its {NumbersEach} numbers.");
        await admin.PostAsync(
            $"sites/{Place.Site(site)}/allocations",
            new { account = Place.Account(site), numbers = new[] { Place.Number((long)site * NumbersEach) } },
            $"allocate-{site}", ct);
    }

    /// <summary>Megabytes of 1,000,000 bytes.</summary>
    public static double Megabytes(int process, string name)
    {
        var line = File.ReadLines($"/proc/{process}/status")
            .Single(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        var kibibytes = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1];
        return double.Parse(kibibytes, CultureInfo.InvariantCulture) * 1_024 / 1_000_000;
    }

    static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
