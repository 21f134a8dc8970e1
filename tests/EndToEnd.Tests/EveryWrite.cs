using System.Text.Json;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// A job whose process is killed (SIGKILL) at its first write to storage, at its second, and so on, each time at a site
/// of its own: the restarted app and a repeat of the requests end as if nothing had happened.
/// </summary>
/// <param name="azurite">What is written to.</param>
/// <param name="name">Part of the sites' names.</param>
/// <param name="plug">Before the write or after it.</param>
sealed class EveryWrite(AzuriteFixture azurite, string name, Plug plug)
{
    const int WritesMax = 40;

    static readonly TimeSpan StrikeMax = TimeSpan.FromSeconds(10);

    /// <summary>Makes the site what the job needs.</summary>
    public required Func<Api, string, Task> Arrange { get; init; }

    /// <summary>Asks with the same keys each time, and waits for the operation to end.</summary>
    public required Func<Api, string, Task<JsonElement>> Job { get; init; }

    /// <summary>Checks what the repeat of the job answered and left.</summary>
    public required Func<Api, string, JsonElement, Task> Ended { get; init; }

    /// <returns>How many kills struck: as many as the job has writes.</returns>
    public async Task<int> KillAsync()
    {
        using var directory = new TemporaryDirectory();
        await using var proxy = await StorageProxy.StartAsync(azurite.ConnectionString);
        var app = await StartAsync(proxy, directory.Path);
        try
        {
            for (var write = 1; write <= WritesMax; write++)
            {
                var site = $"f2-{name}-{(plug == Plug.BeforeWrite ? 'b' : 'a')}-{write}";
                if (!await KillAtAsync(proxy, app, site, write))
                    return write - 1;
                await app.DisposeAsync();
                app = await StartAsync(proxy, directory.Path);
                await EndAsync(app, site);
            }
        }
        finally
        {
            await app.DisposeAsync();
        }

        throw new InvalidOperationException($"The job has more than {WritesMax - 1} writes.");
    }

    /// <returns>Whether the kill struck; false when the job had fewer writes, and ended.</returns>
    async Task<bool> KillAtAsync(StorageProxy proxy, AppProcess app, string site, int write)
    {
        using var api = new Api(app.BaseAddress);
        await Arrange(api, site);
        var (killed, struck) = (false, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        proxy.Arm(write, plug, () =>
        {
            killed = true;
            app.Kill();
            struck.SetResult();
        });
        try
        {
            await Job(api, site);
        }
        catch (HttpRequestException) when (killed)
        {
            // Nobody answered: the caller cannot know what was done, and repeats.
        }

        if (proxy.Disarm())
        {
            await EndAsync(app, site);
            return false;
        }

        // Nobody waits for the last write of a job: the plug may be pulled only now.
        await struck.Task.WaitAsync(StrikeMax);
        return true;
    }

    async Task EndAsync(AppProcess app, string site)
    {
        using var api = new Api(app.BaseAddress);
        await Ended(api, site, await Job(api, site));
    }

    static Task<AppProcess> StartAsync(StorageProxy proxy, string directory) => AppProcess.StartAsync(
        proxy.ConnectionString, directory,
        ("LocalRuntime__Durable__Lease", "00:00:01"), ("LocalRuntime__Durable__Poll", "00:00:00.2"));
}
