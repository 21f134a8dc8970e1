using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>Gives each link that a client attaches to what its address names, if it may.</summary>
sealed class LinkRouter(LocalBus bus, SharedAccess access) : ILinkProcessor
{
    const string Cbs = "$cbs";
    const string ManagementSuffix = "/$management";

    static readonly Symbol SessionFilter = "com.microsoft:session-filter";

    readonly ConditionalWeakTable<Connection, Client> clients = [];

    public void Process(AttachContext attachContext)
    {
        try
        {
            Attach(attachContext);
        }
        catch (Exception e)
        {
            attachContext.Complete(AmqpErrors.Of(e));
        }
    }

    void Attach(AttachContext context)
    {
        var (attach, connection) = (context.Attach, context.Link.Session.Connection);
        var client = clients.GetValue(connection, _ => new Client());
        var address = AddressOf(attach);
        if (address != Cbs && !IsAllowed(client, connection, address))
            context.Complete(AmqpErrors.Unauthorized(address));
        else if (address == Cbs || address.EndsWith(ManagementSuffix, StringComparison.OrdinalIgnoreCase))
            AttachRequests(context, client, address);
        else if (attach.Role)
            AttachReceiver(context, address);
        else
            AttachSender(context, address);
    }

    void AttachRequests(AttachContext context, Client client, string address)
    {
        if (context.Attach.Role)
        {
            // Some clients give that link no address; its name serves.
            var replyTo = (context.Attach.Target as Target)?.Address ?? context.Attach.LinkName;
            context.Attach.SndSettleMode = SenderSettleMode.Settled;
            context.Complete(client.Replies.Add(replyTo, context.Link), 0);
        }
        else if (address == Cbs)
        {
            context.Complete(new RequestLink(client.Replies, request => PutToken(client, request)), RequestLink.Credit);
        }
        else
        {
            var management = new Management(bus, address[..^ManagementSuffix.Length]);
            context.Complete(new RequestLink(client.Replies, management.Answer), RequestLink.Credit);
        }
    }

    void AttachReceiver(AttachContext context, string address)
    {
        if (((Source)context.Attach.Source).FilterSet?.ContainsKey(SessionFilter) is true)
            throw new BusException(BusFault.NotSupported, "The local Service Bus has no sessions.");

        var takesAway = context.Attach.SndSettleMode == SenderSettleMode.Settled;
        context.Complete(new ReceivingLink(bus.Source(address), context.Link, takesAway), 0);
    }

    void AttachSender(AttachContext context, string address)
    {
        var bytesMax = bus.Targets(address).Select(queue => queue.Settings.MessageBytesMax)
            .DefaultIfEmpty(new QueueSettings().MessageBytesMax).Min();
        context.Attach.MaxMessageSize = (ulong)bytesMax;
        context.Complete(new SendingLink(bus, address, bytesMax), SendingLink.Credit);
    }

    Answer PutToken(Client client, Message request)
    {
        if (request.ApplicationProperties?["operation"] as string != "put-token")
            throw new BusException(BusFault.NotSupported, "$cbs takes put-token only.");

        if (access.Check(request.Body as string, request.ApplicationProperties["name"] as string) is not { } grant)
            return new(
                401, null, ErrorCode.UnauthorizedAccess,
                "The token is not signed with the bus's key, is over, or is for another audience.");

        client.Grants[grant.Path] = grant;
        return new(202);
    }

    /// <summary>Who has said the key itself may do everything.</summary>
    bool IsAllowed(Client client, Connection connection, string address) =>
        connection is ListenerConnection { Principal: not null }
        || client.Grants.Values.Any(grant => access.Allows(grant, address));

    static string AddressOf(Attach attach)
    {
        var address = (attach.Role ? (attach.Source as Source)?.Address : (attach.Target as Target)?.Address)
            ?? throw new BusException(BusFault.NotSupported, "A link has an address. There are no transactions.");
        var isUri = Uri.TryCreate(address, UriKind.Absolute, out var uri) && !uri.IsFile;
        return (isUri ? uri!.AbsolutePath : address).Trim('/');
    }

    sealed class Client
    {
        public ConcurrentDictionary<string, SharedAccess.Grant> Grants { get; } = new(StringComparer.OrdinalIgnoreCase);

        public ReplyLinks Replies { get; } = new();
    }
}
