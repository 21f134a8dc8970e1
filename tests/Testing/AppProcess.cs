using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Telephony.Testing;

/// <summary>The function app as a process of its own, which can be killed.</summary>
public sealed partial class AppProcess : IAsyncDisposable
{
    static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);

    readonly Process process;
    readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<string> output = [];

    AppProcess(ProcessStartInfo start)
    {
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
    }

    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Where its Service Bus listens, on 127.0.0.1; 0 when it has none.</summary>
    public int ServiceBusPort { get; private set; }

    /// <summary>The operating system's id of the process.</summary>
    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public static async Task<AppProcess> StartAsync(
        string connectionString, string directory, params (string Name, string Value)[] settings)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "Telephony.Functions.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", dll])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AzureWebJobsStorage"] = connectionString;
        start.Environment["TelephonyStorage"] = connectionString;
        start.Environment["LocalRuntime__Port"] = "0";
        start.Environment["LocalRuntime__ServiceBus__Port"] = "0";
        // Tests that count requests must not meet a timer.
        start.Environment["AzureWebJobs__SweepSites__Disabled"] = "true";
        start.Environment["AzureWebJobs__SweepSitesNightly__Disabled"] = "true";
        start.Environment["LocalRuntime__Personas"] = Path.Combine(AppContext.BaseDirectory, "personas.json");
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        var app = new AppProcess(start);
        app.process.Start();
        app.process.BeginOutputReadLine();
        app.process.BeginErrorReadLine();
        app.BaseAddress = await app.listening.Task.WaitAsync(StartMax);
        return app;
    }

    /// <summary>SIGKILL: nothing of it runs any more.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public override string ToString()
    {
        lock (output)
            return string.Join(Environment.NewLine, output);
    }

    void Hear(string? line)
    {
        if (line is null)
        {
            listening.TrySetException(new InvalidOperationException($"The app ended before it listened:\n{this}"));
            return;
        }

        lock (output)
            output.Add(line);
        // Said before that the app listens.
        if (ServiceBus().Match(line) is { Success: true } bus)
            ServiceBusPort = int.Parse(bus.Groups[1].Value, CultureInfo.InvariantCulture);
        if (Listening().Match(line) is { Success: true } match)
            listening.TrySetResult(new(match.Groups[1].Value));
    }

    [GeneratedRegex(@"Listening on (http://[^\s,]+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"Service Bus on 127\.0\.0\.1:(\d+)")]
    private static partial Regex ServiceBus();
}
