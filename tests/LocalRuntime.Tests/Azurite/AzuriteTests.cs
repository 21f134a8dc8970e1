using System.Net;
using System.Net.Sockets;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests;

public sealed class AzuriteTests(AzuriteFixture shared) : IDisposable
{
    readonly DataDirectory data = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_shared_one_keeps_tables_in_memory()
    {
        await DataDirectory.WriteAsync(shared.ConnectionString, rows: 1, Ct);

        Assert.Equal(1, await DataDirectory.CountAsync(shared.ConnectionString, Ct));
    }

    [Fact]
    public async Task Two_starts_in_a_row_on_one_directory_see_the_same_rows()
    {
        await using (var first = await Azurite.StartAsync(data.Options, Ct))
            await DataDirectory.WriteAsync(first.ConnectionString, rows: 20, Ct);

        await using var second = await Azurite.StartAsync(data.Options, Ct);
        Assert.Equal(20, await DataDirectory.CountAsync(second.ConnectionString, Ct));
    }

    [Fact]
    public async Task A_directory_has_one_process_at_a_time()
    {
        await using var first = await Azurite.StartAsync(data.Options, Ct);

        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Azurite.StartAsync(data.Options with { PredecessorWaitMax = TimeSpan.Zero }, Ct));
        Assert.Contains("Another process uses the data directory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_a_killed_process_left_behind_is_taken_over()
    {
        await (await Azurite.StartAsync(data.Options, Ct)).KillAsync();

        await using var second = await Azurite.StartAsync(data.Options, Ct);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Azurite.StartAsync(new() { Port = port, PredecessorWaitMax = TimeSpan.Zero }, Ct));
        Assert.Contains($"Port {port} is in use", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_given_up_in_time_is_taken()
    {
        using var predecessor = new TcpListener(IPAddress.Loopback, 0);
        predecessor.Start();
        var port = ((IPEndPoint)predecessor.LocalEndpoint).Port;

        var options = new AzuriteOptions { Port = port, PredecessorMet = predecessor.Stop };
        await using var azurite = await Azurite.StartAsync(options, Ct);

        Assert.Equal(port, azurite.Port);
    }

    [Fact]
    public async Task A_directory_that_is_given_up_in_time_is_taken_with_all_that_was_saved()
    {
        var first = await Azurite.StartAsync(data.Options, Ct);
        await DataDirectory.WriteAsync(first.ConnectionString, rows: 20, Ct);
        var ending = new TaskCompletionSource<Task>();

        await using var second = await Azurite.StartAsync(
            data.Options with { PredecessorMet = () => ending.SetResult(first.DisposeAsync().AsTask()) }, Ct);

        await await ending.Task;
        Assert.Equal(20, await DataDirectory.CountAsync(second.ConnectionString, Ct));
    }

    public void Dispose() => data.Dispose();
}
