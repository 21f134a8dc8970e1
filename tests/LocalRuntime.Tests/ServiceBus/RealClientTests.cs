namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>What Service Bus' own client sees of the local one.</summary>
public sealed class RealClientTests
{
    static readonly string[] Behaviours =
    [
        "settles", "abandons", "deadLetters", "wearsOut", "losesLocks", "renewsLocks", "keepsLocksOfClosed",
        "schedules", "peeks", "knowsDuplicates", "takesBatches", "refusesLarge", "receivesAndDeletes",
        "expires", "streams", "refusesByName", "copiesToSubscriptions", "connects",
    ];

    [Fact]
    public async Task The_real_client_finds_every_behaviour()
    {
        var options = TestHost.Options() with { Settings = Settings() };
        await using var host = await LocalHost.StartAsync(options, TestContext.Current.CancellationToken);

        var lines = await NodeClient.RunAsync("behaviours.mjs", [host.ServiceBusConnectionString!]);

        var wrong = string.Join('\n', lines.Where(line => !line.StartsWith("ok ", StringComparison.Ordinal)));
        Assert.True(wrong is "", wrong);
        Assert.Equal(Behaviours.Select(name => $"ok {name}").Order(), lines.Order());
    }

    static Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>(TestHost.Options().Settings)
        {
            ["LocalRuntime:ServiceBus:Enabled"] = "true",
            ["LocalRuntime:ServiceBus:Port"] = "0",
            ["LocalRuntime:ServiceBus:Journal"] = "false",
            ["LocalRuntime:ServiceBus:Topics:news:Subscriptions:a:MaxDeliveryCount"] = "10",
            ["LocalRuntime:ServiceBus:Topics:news:Subscriptions:b:MaxDeliveryCount"] = "10",
        };
        foreach (var name in Behaviours)
            settings[$"LocalRuntime:ServiceBus:Queues:{name}:MaxDeliveryCount"] = "3";
        settings["LocalRuntime:ServiceBus:Queues:losesLocks:LockDuration"] = "00:00:01";
        settings["LocalRuntime:ServiceBus:Queues:keepsLocksOfClosed:LockDuration"] = "00:00:02";
        return settings;
    }
}
