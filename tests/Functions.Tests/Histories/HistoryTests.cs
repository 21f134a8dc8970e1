using System.Text.Json.Nodes;
using Telephony.Functions.VoiceServices;

namespace Telephony.Functions.Tests.Histories;

/// <summary>
/// Instances that began on earlier code go on with today's: each stored run is replayed, from every point of it. A file
/// is never changed; when one of these tests fails, the steps belong into a new function with a new name.
/// </summary>
public sealed class HistoryTests
{
    const string Command = "tools/histories/record";

    static readonly string Straight = $"{nameof(AssignVoiceService2)}/straight.json";

    public static TheoryData<string> Files => [.. StoredRun.Files];

    internal static IReadOnlyList<Script> Scripts { get; } =
        [.. AssignVoiceServiceScripts.All, .. PartScripts.All, .. ActivateMainNumberScripts.All,
            .. AssignNumbersScripts.All, .. ActivateNumbersScripts.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_stored_run_goes_the_same_way_on_the_code_of_today(string file)
    {
        var difference = Comparison.Difference(StoredRun.Read(file));

        Assert.True(difference is null, difference);
    }

    [Fact]
    public void Every_orchestration_has_stored_runs_and_every_stored_run_an_orchestration() =>
        Assert.Equal(
            Orchestrators.Names.Order(StringComparer.Ordinal),
            StoredRun.Files.Select(file => StoredRun.Read(file).Orchestration).Distinct()
                .Order(StringComparer.Ordinal));

    /// <summary>Writes what is missing when it is told to, and never over a file.</summary>
    [Fact]
    public void Every_run_that_can_be_recorded_is_stored()
    {
        var missing = Scripts.Where(script => !File.Exists(Path.Combine(StoredRun.Folder, script.File))).ToList();
        if (Environment.GetEnvironmentVariable("WRITE_HISTORIES") is { Length: > 0 })
        {
            missing.ForEach(Write);
            return;
        }

        Assert.True(missing.Count == 0, $"Run {Command}: {string.Join(", ", missing.Select(m => m.File))} is missing.");
    }

    [Fact]
    public void Steps_in_another_order_are_noticed()
    {
        var run = StoredRun.Read(Straight);
        var swapped = run with
        {
            History = [.. run.History.Select(happened => happened.Name switch
            {
                "TakeShortfall" => happened with { Name = "StartLinked" },
                "StartLinked" => happened with { Name = "TakeShortfall" },
                _ => happened,
            })],
        };

        Assert.Contains("history expects activity 'StartLinked' as step 0", Comparison.Difference(swapped));
    }

    [Fact]
    public void A_step_less_or_more_is_noticed()
    {
        var run = StoredRun.Read(Straight);

        Assert.Contains("goes on", Comparison.Difference(run with { History = [.. run.History.SkipLast(1)] }));
        Assert.Contains("has ended", Comparison.Difference(run with { History = [.. run.History, run.History[^1]] }));
    }

    [Fact]
    public void Another_decision_output_or_status_is_noticed()
    {
        var run = StoredRun.Read(Straight);
        var closing = run.History[^2];
        var input = closing.Asks![0].Input!.DeepClone();
        input["State"] = -1;
        var decided = closing with { Asks = [closing.Asks[0] with { Input = input }] };

        Assert.Contains(
            "asks for 2: CloseOperation with",
            Comparison.Difference(run with { History = [.. run.History.SkipLast(2), decided, run.History[^1]] }));
        Assert.Contains("the output is", Comparison.Difference(run with { Output = null }));
        Assert.Contains("the custom status is", Comparison.Difference(run with { Status = new JsonObject() }));
    }

    static void Write(Script script)
    {
        var path = Path.Combine(StoredRun.Folder, script.File);
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
        file.Write(Recorder.Record(script).ToString());
    }
}
