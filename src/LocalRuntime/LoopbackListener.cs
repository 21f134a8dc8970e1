using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Telephony.LocalRuntime;

/// <summary>
/// The address that is served. Bound before the app is built, because settings name it: with port 0 it would be known
/// only after the start.
/// </summary>
sealed class LoopbackListener : IDisposable
{
    /// <summary>The Functions host's own limit on a body; functions set tighter ones.</summary>
    const long BodyBytesMax = 100 * 1024 * 1024;

    const int PortDefault = 7071;

    readonly Socket socket;

    public LoopbackListener(IConfiguration configuration, int? port)
    {
        var address = IPAddress.Parse(configuration["LocalRuntime:Address"] ?? "127.0.0.1");
        var wanted = new IPEndPoint(address, port ?? configuration.GetValue("LocalRuntime:Port", PortDefault));
        try
        {
            socket = SocketTransportOptions.CreateDefaultBoundListenSocket(wanted);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            throw new InvalidOperationException(
                $"Port {wanted.Port} is in use. Stop what uses it, or choose another: --LocalRuntime:Port 7072.", e);
        }

        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    public IPEndPoint EndPoint { get; }

    public Uri Address => new($"http://{EndPoint}");

    public void Serve(IWebHostBuilder web)
    {
        web.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            // Drops endpoints from configuration: nothing else is to be listened on.
            kestrel.Configure();
            kestrel.Listen(EndPoint);
        });
        web.ConfigureServices(services => services.Configure<SocketTransportOptions>(
            transport => transport.CreateBoundListenSocket = _ => socket));
    }

    public void Dispose() => socket.Dispose();
}
