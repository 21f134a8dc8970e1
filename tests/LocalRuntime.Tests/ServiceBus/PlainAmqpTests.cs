using Amqp;
using Amqp.Sasl;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>A client of AMQP that knows nothing of Service Bus.</summary>
public sealed class PlainAmqpTests : IAsyncLifetime
{
    const string Queue = "telephony-activations";

    static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    LocalHost host = null!;

    [Fact]
    public async Task Who_says_the_key_sends_and_receives()
    {
        var connection = await ConnectAsync("RootManageSharedAccessKey", "SAS_KEY_VALUE");
        var session = new Session(connection);
        await new SenderLink(session, "s", Queue).SendAsync(new Message("hello"), Wait);

        var receiver = new ReceiverLink(session, "r", Queue);
        var message = await receiver.ReceiveAsync(Wait);
        receiver.Accept(message);

        Assert.Equal("hello", message.Body);
        Assert.NotEmpty(message.Properties.MessageId);
        await connection.CloseAsync();
    }

    [Fact]
    public async Task Who_says_another_key_is_not_connected() =>
        await Assert.ThrowsAnyAsync<Exception>(() => ConnectAsync("RootManageSharedAccessKey", "wrong"));

    [Theory]
    [InlineData(Queue, "amqp:unauthorized-access")]
    [InlineData("nowhere", "amqp:unauthorized-access")]
    [InlineData(Queue + "/$management", "amqp:unauthorized-access")]
    public async Task Who_shows_no_token_gets_no_link(string address, string condition)
    {
        var connection = await ConnectAsync(null, null);
        var sender = new SenderLink(new Session(connection), "s", address);

        await Assert.ThrowsAnyAsync<AmqpException>(() => sender.SendAsync(new Message("hello"), Wait));

        Assert.Equal(condition, $"{sender.Error?.Condition}");
        await connection.CloseAsync();
    }

    [Theory]
    [InlineData("nowhere", "amqp:not-found")]
    [InlineData("telephony-events/Subscriptions/sample", "amqp:not-found")]
    public async Task A_link_to_what_takes_no_messages_is_refused(string address, string condition)
    {
        var connection = await ConnectAsync("RootManageSharedAccessKey", "SAS_KEY_VALUE");
        var sender = new SenderLink(new Session(connection), "s", address);

        await Assert.ThrowsAnyAsync<AmqpException>(() => sender.SendAsync(new Message("hello"), Wait));

        Assert.Equal(condition, $"{sender.Error?.Condition}");
        await connection.CloseAsync();
    }

    public async ValueTask InitializeAsync() => host = await LocalHost.StartAsync(
        TestHost.Options()
            .With("LocalRuntime:ServiceBus:Enabled", "true")
            .With("LocalRuntime:ServiceBus:Port", "0")
            .With("LocalRuntime:ServiceBus:Journal", "false"),
        TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => host.DisposeAsync();

    async Task<Connection> ConnectAsync(string? name, string? key)
    {
        var factory = new ConnectionFactory();
        if (name is null)
            factory.SASL.Profile = SaslProfile.Anonymous;
        return await factory.CreateAsync(new Address("127.0.0.1", host.ServiceBusPort!.Value, name, key, "/", "amqp"));
    }
}
