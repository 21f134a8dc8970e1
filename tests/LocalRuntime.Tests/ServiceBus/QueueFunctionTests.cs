using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>Functions that wait for messages, and the client that the app is given.</summary>
public sealed class QueueFunctionTests
{
    const string Queue = "telephony-activations";

    readonly ConcurrentQueue<string> seen = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_done_with_when_its_function_has_returned()
    {
        await using var host = await LocalHost.StartAsync(Options(), Ct);
        await SendAsync(host, new ServiceBusMessage("body") { MessageId = "m1" });

        await Eventually.That(() => seen.Count == 2);
        await Eventually.ThatAsync(async () => await PeekAsync(host) is []);

        Assert.Equal(["m1 1 body", "done m1 of serviceBusTrigger"], seen);
    }

    [Fact]
    public async Task A_message_that_fails_comes_again_until_it_is_put_aside_and_can_be_sent_again()
    {
        await using var host = await LocalHost.StartAsync(Options(), Ct);
        var sent = new ServiceBusMessage("body") { MessageId = "m1", Subject = "fail" };
        await SendAsync(host, sent);
        await Eventually.ThatAsync(async () => (await PeekAsync(host, SubQueue.DeadLetter)).Count == 1);

        var dead = Receiver(host, SubQueue.DeadLetter);
        var message = Assert.Single(await dead.ReceiveMessagesAsync(5, cancellationToken: Ct));
        Assert.Equal(["m1 1 body", "m1 2 body", "m1 3 body"], seen);
        Assert.Equal(("MaxDeliveryCountExceeded", Queue), (message.DeadLetterReason, message.DeadLetterSource));

        await SendAsync(host, new ServiceBusMessage(message) { MessageId = "m2", Subject = "" });
        await dead.CompleteMessageAsync(message, Ct);
        await Eventually.That(() => seen.Contains("done m2 of serviceBusTrigger"));
        Assert.Empty(await PeekAsync(host, SubQueue.DeadLetter));
    }

    [Fact]
    public async Task A_function_settles_its_message_itself_and_only_once()
    {
        await using var host = await LocalHost.StartAsync(Options(), Ct);
        await SendAsync(host, new ServiceBusMessage("a") { MessageId = "m1", Subject = "put aside" });
        await SendAsync(host, new ServiceBusMessage("b") { MessageId = "m2", Subject = "twice" });
        await Eventually.That(() => seen.Count == 5);

        Assert.Contains("MessageLockLost", seen);
        var message = Assert.Single(await PeekAsync(host, SubQueue.DeadLetter));
        Assert.Equal(("Poison", "cannot be read"), (message.DeadLetterReason, message.DeadLetterErrorDescription));
        Assert.Empty(await PeekAsync(host));
    }

    [Fact]
    public async Task A_message_that_is_not_to_be_completed_stays()
    {
        await using var host = await LocalHost.StartAsync(Options(), Ct);
        await Client(host).CreateSender("looked-at").SendMessageAsync(new("a") { MessageId = "m" }, Ct);
        await Eventually.That(() => seen.Contains("looked at m"));

        Assert.Single(await Client(host).CreateReceiver("looked-at").PeekMessagesAsync(5, cancellationToken: Ct));
    }

    [Fact]
    public async Task No_more_run_at_a_time_than_host_json_says_and_a_stop_cancels_those()
    {
        await using (var host = await LocalHost.StartAsync(Options(), Ct))
        {
            for (var i = 0; i < 20; i++)
                await SendAsync(host, new ServiceBusMessage("a") { MessageId = $"m{i}", Subject = "wait" });
            await Eventually.That(() => seen.Count == 16);
        }

        Assert.Equal(16, seen.Count);
    }

    [Fact]
    public async Task The_apps_own_client_is_never_made()
    {
        var options = Options();
        await using var host = await LocalHost.StartAsync(
            options with
            {
                Configure = builder =>
                {
                    options.Configure(builder);
                    builder.Services.AddSingleton<ServiceBusClient>(_ => throw new NotSupportedException("Far."));
                },
            },
            Ct);

        var e = await Assert.ThrowsAsync<ServiceBusException>(
            () => Client(host).CreateSender("nowhere").SendMessageAsync(new("a"), Ct));
        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, e.Reason);
        var large = await Assert.ThrowsAsync<ServiceBusException>(() => SendAsync(host, new(new byte[300_000])));
        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, large.Reason);
        Assert.Empty(await Receiver(host).ReceiveMessagesAsync(1, TimeSpan.FromMilliseconds(1), Ct));
    }

    [Theory]
    [InlineData(typeof(RefusedQueueFunctions.UnknownQueue), "The messaging entity 'nowhere' could not be found")]
    [InlineData(typeof(RefusedQueueFunctions.UnknownSetting), "its queue names the setting Nobody:Has, which is unset")]
    [InlineData(typeof(RefusedQueueFunctions.Text), "parameter 'p': a Service Bus trigger binds to ServiceBusRec")]
    [InlineData(typeof(RefusedQueueFunctions.Batched), "the local host has no batches and no sessions")]
    [InlineData(typeof(RefusedQueueFunctions.Elsewhere), "the setting Far names a Service Bus elsewhere")]
    public async Task A_function_that_cannot_run_is_refused_at_start_by_name(Type type, string reason)
    {
        var message = await TestHost.RefusalAsync(Bus(TestHost.Options(type)).With("Far", "Endpoint=sb://far/"));

        Assert.StartsWith("Function 'F' cannot run here: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_setting_and_no_bus_listens_that_nobody_needs()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var message = await TestHost.RefusalAsync(Options().With("LocalRuntime:ServiceBus:Port", $"{port}"));
        Assert.Contains($"Port {port} is in use, which the local Service Bus wants", message, StringComparison.Ordinal);
        Assert.Contains("--LocalRuntime:ServiceBus:Port", message, StringComparison.Ordinal);

        await using var host = await LocalHost.StartAsync(TestHost.Options(), Ct);
        Assert.Null(host.ServiceBusPort);
        Assert.Contains(
            "waits for messages",
            await TestHost.RefusalAsync(Options().With("LocalRuntime:ServiceBus:Enabled", "false")),
            StringComparison.Ordinal);
    }

    LocalHostOptions Options() => Bus(TestHost.Options(typeof(SampleQueueFunctions)) with
    {
        Configure = builder => builder.Services.AddSingleton(seen),
    });

    static LocalHostOptions Bus(LocalHostOptions options) => options
        .With("Activations", Queue)
        .With("LocalRuntime:ServiceBus:Port", "0")
        .With("LocalRuntime:ServiceBus:Journal", "false")
        .With("LocalRuntime:ServiceBus:StopMax", "00:00:00.1")
        .With($"LocalRuntime:ServiceBus:Queues:{Queue}:MaxDeliveryCount", "3")
        .With("LocalRuntime:ServiceBus:Queues:looked-at:MaxDeliveryCount", "3");

    static ServiceBusClient Client(LocalHost host) => host.Services.GetRequiredService<ServiceBusClient>();

    static Task SendAsync(LocalHost host, ServiceBusMessage message) =>
        Client(host).CreateSender(Queue).SendMessageAsync(message, Ct);

    static ServiceBusReceiver Receiver(LocalHost host, SubQueue subQueue = SubQueue.None) =>
        Client(host).CreateReceiver(Queue, new ServiceBusReceiverOptions { SubQueue = subQueue });

    static Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(
        LocalHost host, SubQueue subQueue = SubQueue.None) =>
        Receiver(host, subQueue).PeekMessagesAsync(10, cancellationToken: Ct);
}
