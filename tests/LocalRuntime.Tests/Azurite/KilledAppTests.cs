using System.Diagnostics;

namespace Telephony.LocalRuntime.Tests;

/// <summary>What a kill -9 of the app does to its data: nothing.</summary>
public sealed class KilledAppTests : IDisposable
{
    readonly DataDirectory data = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_answered_before_the_kill_is_there_at_the_next_start()
    {
        using var app = StartApp();
        var connectionString = await app.StandardOutput.ReadLineAsync(Ct);
        Assert.NotNull(connectionString);
        await DataDirectory.WriteAsync(connectionString, rows: 200, Ct);

        app.Kill();

        // Starts only when the orphan has saved and left: until then it holds the directory.
        await using var next = await Azurite.StartAsync(data.Options, Ct);
        Assert.Equal(200, await DataDirectory.CountAsync(next.ConnectionString, Ct));
    }

    Process StartApp()
    {
        var app = Path.Combine(AppContext.BaseDirectory, "Telephony.AppToKill.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [app, data.Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    public void Dispose() => data.Dispose();
}
