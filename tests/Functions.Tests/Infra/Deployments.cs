using System.Collections.Concurrent;
using System.Diagnostics;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Infra;

/// <summary>The deployments of infra/bicep, compiled once for all tests.</summary>
static class Deployments
{
    /// <summary>Says whose tokens are believed, in the environment of the compiler.</summary>
    public const string Audience = "00000000-0000-0000-0000-00000000a0d1";

    /// <summary>The exit code of tools/bicep/path where the registry has no compiler for this platform.</summary>
    const int Unavailable = 69;

    static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(3);

    static readonly Lazy<Task<string>> Compiler = new(FindCompilerAsync);

    static readonly ConcurrentDictionary<string, Lazy<Task<Deployment>>> Known = new();

    /// <summary>What <c>{environment}.bicepparam</c> deploys. Skips the test where there is no compiler.</summary>
    public static Task<Deployment> OfAsync(string environment) =>
        Known.GetOrAdd(environment, name => new(() => PredictAsync(name))).Value;

    static async Task<string> FindCompilerAsync()
    {
        var (exitCode, output, error) = await RunAsync("bash", [Path.Combine(Repository.Root, "tools/bicep/path")]);
        if (exitCode == Unavailable)
            Assert.Skip(error);
        Assert.True(exitCode == 0, error);
        return output.Trim();
    }

    static async Task<Deployment> PredictAsync(string environment)
    {
        var compiler = await Compiler.Value;

        // The compiler writes beside what it reads.
        using var copy = new TemporaryDirectory();
        var source = Path.Combine(Repository.Root, "infra/bicep");
        foreach (var file in System.IO.Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.Path, Path.GetRelativePath(source, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var (exitCode, _, error) = await RunAsync(compiler,
        [
            "snapshot", Path.Combine(copy.Path, $"{environment}.bicepparam"),
            "--tenant-id", "00000000-0000-0000-0000-000000000001",
            "--subscription-id", "00000000-0000-0000-0000-000000000002",
            "--resource-group", "telephony", "--location", "northeurope",
        ]);
        Assert.True(exitCode == 0, error);
        return new(await File.ReadAllTextAsync(Path.Combine(copy.Path, $"{environment}.snapshot.json")));
    }

    static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AUTH_AUDIENCE"] = Audience;
        start.Environment.Remove("AZURE_ENV_NAME");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(WaitMax);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }
}
