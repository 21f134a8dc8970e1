using System.Diagnostics;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>Service Bus' own client for JavaScript, as a process.</summary>
static class NodeClient
{
    static readonly TimeSpan RunMax = TimeSpan.FromMinutes(1);

    static readonly string Directory =
        Path.Combine(Repository.Root, "tests", "LocalRuntime.Tests", "ServiceBus", "Client");

    /// <summary>The lines that it prints, until it ends.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string script, IEnumerable<string> arguments, Action<int>? onLine = null)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            WorkingDirectory = Directory, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(RunMax);
        try
        {
            var errors = node.StandardError.ReadToEndAsync(limit.Token);
            var lines = new List<string>();
            while (await node.StandardOutput.ReadLineAsync(limit.Token) is { } line)
            {
                lines.Add(line);
                onLine?.Invoke(lines.Count);
            }

            await node.WaitForExitAsync(limit.Token);
            Assert.True(node.ExitCode == 0, $"node {script}: {await errors}");
            return lines;
        }
        finally
        {
            if (!node.HasExited)
                node.Kill();
        }
    }
}
