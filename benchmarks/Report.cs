using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Telephony.Benchmarks;

/// <summary>What a figure prints: what it compared, on how many cores, and a table.</summary>
sealed class Report(params string[] columns)
{
    readonly List<string[]> rows = [columns];

    /// <summary>Prints what is compared, and the conditions that a figure means nothing without.</summary>
    public static void Begin(string title, params string[] compared)
    {
        var assembly = typeof(Report).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        var build = assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        var commit = version.Split('+') is [_, var hash] ? hash[..7] : "unknown";
        Console.WriteLine($"# {title}");
        foreach (var line in compared)
            Console.WriteLine(line);
        Console.WriteLine(
            $"Commit {commit}, {build}, {RuntimeInformation.FrameworkDescription}, "
            + $"{Environment.ProcessorCount} cores.");
        Console.WriteLine();
    }

    public void Add(params object[] cells) =>
        rows.Add([.. cells.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")]);

    public void Print()
    {
        var widths = Enumerable.Range(0, columns.Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        Console.WriteLine(Line(rows[0], widths));
        Console.WriteLine($"|{string.Join('|', widths.Select(width => new string('-', width + 2)))}|");
        foreach (var row in rows.Skip(1))
            Console.WriteLine(Line(row, widths));
        Console.WriteLine();
    }

    static string Line(string[] cells, int[] widths) =>
        $"| {string.Join(" | ", cells.Select((cell, i) => cell.PadRight(widths[i])))} |";
}
