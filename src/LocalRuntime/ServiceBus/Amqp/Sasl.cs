using System.Security.Principal;
using System.Text;
using Amqp;
using Amqp.Listener;
using Amqp.Sasl;
using Amqp.Types;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Lets everybody in, who then has to show a token at $cbs.</summary>
sealed class OpenSasl(string mechanism) : SaslProfile(mechanism)
{
    protected override ITransport UpgradeTransport(ITransport transport) =>
        new HeldTransport((IAsyncTransport)transport);

    protected override DescribedList GetStartCommand(string hostname) => throw new NotSupportedException();

    protected override DescribedList OnCommand(DescribedList command) => new SaslOutcome { Code = SaslCode.Ok };
}

/// <summary>Lets in who says the key, to everything; such a connection has a principal.</summary>
sealed class PlainSasl(SharedAccess access) : SaslProfile("PLAIN"), IAuthenticated
{
    public IPrincipal Principal { get; } = new GenericPrincipal(new GenericIdentity(access.KeyName), []);

    protected override ITransport UpgradeTransport(ITransport transport) =>
        new HeldTransport((IAsyncTransport)transport);

    protected override DescribedList GetStartCommand(string hostname) => throw new NotSupportedException();

    protected override DescribedList OnCommand(DescribedList command) => new SaslOutcome
    {
        Code = command is SaslInit { InitialResponse: { } response }
            && Encoding.UTF8.GetString(response).Split('\0') is [_, var name, var key]
            && name == access.KeyName && key == access.Key
                ? SaslCode.Ok
                : SaslCode.Auth,
    };
}

/// <summary>
/// Writes nothing after the outcome of SASL until the client has begun with AMQP, as Service Bus does. The library
/// would write at once, and a client that reads both in one go may wait for ever for what it has already.
/// </summary>
sealed class HeldTransport(IAsyncTransport inner) : IAsyncTransport
{
    readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void SetConnection(Connection connection) => inner.SetConnection(connection);

    public async Task<int> ReceiveAsync(byte[] buffer, int offset, int count)
    {
        try
        {
            return await inner.ReceiveAsync(buffer, offset, count);
        }
        finally
        {
            begun.TrySetResult();
        }
    }

    public Task SendAsync(IList<ByteBuffer> bufferList, int listSize) =>
        begun.Task.IsCompleted ? inner.SendAsync(bufferList, listSize) : SendLaterAsync(bufferList, listSize);

    public void Send(ByteBuffer buffer) => inner.Send(buffer);

    public int Receive(byte[] buffer, int offset, int count)
    {
        var received = inner.Receive(buffer, offset, count);
        begun.TrySetResult();
        return received;
    }

    public void Close()
    {
        begun.TrySetResult();
        inner.Close();
    }

    async Task SendLaterAsync(IList<ByteBuffer> bufferList, int listSize)
    {
        await begun.Task;
        await inner.SendAsync(bufferList, listSize);
    }
}
