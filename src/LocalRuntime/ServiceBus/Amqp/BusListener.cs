using System.Net;
using System.Net.Sockets;
using Amqp;
using Amqp.Handler;
using Amqp.Listener;
using Microsoft.Extensions.Hosting;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>The bus over AMQP 1.0, on loopback only, as the clients of Service Bus speak it.</summary>
sealed class BusListener : IHostedService, IDisposable
{
    /// <summary>Ports that are tried where any will do.</summary>
    const int AttemptsMax = 5;

    const int ConnectionsMax = 200;
    const int LinksPerSessionMax = 255;
    const int SessionsPerConnectionMax = 1000;
    const int FrameBytesMax = 64 * 1024;
    static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(4);

    readonly ContainerHost host;
    bool closed;

    /// <summary>Takes the port at once: what is said to listen there must not be another process.</summary>
    /// <exception cref="InvalidOperationException">The port is in use.</exception>
    public BusListener(LocalBus bus, BusOptions options)
    {
        var access = new SharedAccess(options.KeyName, options.Key, bus.Time);
        for (var attempt = 1; ; attempt++)
        {
            Port = FreePort(options.Port);
            host = Host(bus, access, Port);
            try
            {
                host.Open();
                return;
            }
            catch (SocketException) when (options.Port == 0 && attempt < AttemptsMax)
            {
                // Somebody else took it in between; any other will do.
            }
        }
    }

    public int Port { get; }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref closed, true))
            host.Close();
    }

    static ContainerHost Host(LocalBus bus, SharedAccess access, int port)
    {
        var host = new ContainerHost([new Address($"amqp://127.0.0.1:{port}")]);
        var listener = host.Listeners[0];
        listener.SASL.EnableMechanism("MSSBCBS", new OpenSasl("MSSBCBS"));
        listener.SASL.EnableMechanism("ANONYMOUS", new OpenSasl("ANONYMOUS"));
        listener.SASL.EnableMechanism("PLAIN", new PlainSasl(access));
        listener.AMQP.MaxFrameSize = FrameBytesMax;
        listener.AMQP.MaxSessionsPerConnection = SessionsPerConnectionMax;
        listener.AMQP.MaxLinksPerSession = LinksPerSessionMax;
        listener.AMQP.IdleTimeout = (int)IdleMax.TotalMilliseconds;
        var events = new Events();
        listener.HandlerFactory = _ => events;
        host.RegisterLinkProcessor(new LinkRouter(bus, access));
        return host;
    }

    /// <summary>
    /// The library shares a port with whoever listens there, and does not say which one it took: so it is tried first.
    /// </summary>
    static int FreePort(int wanted)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, wanted));
            socket.Listen();
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new InvalidOperationException(
                $"Port {wanted} is in use, which the local Service Bus wants. Stop what uses it, or choose another: "
                + $"--{BusOptions.Section}:Port 5673.",
                e);
        }
    }

    sealed class Events : IHandler
    {
        readonly List<Socket> sockets = [];

        public bool CanHandle(EventId id) => id is EventId.SocketAccept or EventId.SendDelivery;

        public void Handle(Event protocolEvent)
        {
            if (protocolEvent.Context is Socket socket)
                Count(socket);
            // The tag of a delivery is the token of its lock, and this is the one place to set it.
            else if (protocolEvent.Context is IDelivery { Message: LockedMessage { Token: { } token } } delivery)
                delivery.Tag = token.ToByteArray();
        }

        /// <summary>What is thrown here closes the socket.</summary>
        void Count(Socket socket)
        {
            lock (sockets)
            {
                sockets.RemoveAll(known => known.SafeHandle.IsClosed);
                if (sockets.Count >= ConnectionsMax)
                    throw new InvalidOperationException($"There are {ConnectionsMax} connections already.");
                sockets.Add(socket);
            }
        }
    }
}
