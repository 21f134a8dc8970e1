using System.Diagnostics;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>A process with the bus is killed while clients use it.</summary>
public sealed class KilledBusTests : IDisposable
{
    const string Queue = "telephony-activations";
    const int Lines = 1500;

    readonly TemporaryDirectory data = new();

    [Fact]
    public async Task What_was_acknowledged_is_there_and_what_was_completed_is_not()
    {
        using var app = Start();
        var said = await NodeClient.RunAsync(
            "load.mjs", [await ConnectionStringAsync(app), Queue, "work"], onLine: count =>
            {
                if (count == Lines)
                    app.Kill();
            });
        using var next = Start();
        var left = Ids(
            await NodeClient.RunAsync("load.mjs", [await ConnectionStringAsync(next), Queue, "drain"]), "left");
        next.Kill();

        var (completing, completed) = (Ids(said, "completing"), Ids(said, "completed"));
        Assert.NotEmpty(completed);
        Assert.Empty(left.Intersect(completed));
        Assert.Empty(Ids(said, "sent").Except(completing).Except(left));
        Assert.Empty(completing.Except(completed).Skip(1));
        Assert.Equal(left.Distinct(), left);
    }

    static List<string> Ids(IReadOnlyList<string> lines, string word) =>
        [.. lines.Select(line => line.Split(' ')).Where(words => words[0] == word).Select(words => words[1])];

    static async Task<string> ConnectionStringAsync(Process app) =>
        await app.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException("The app ended before it listened.");

    Process Start()
    {
        var app = Path.Combine(AppContext.BaseDirectory, "Telephony.AppToKill.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [app, data.Path, "servicebus"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public void Dispose() => data.Dispose();
}
