using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Telephony.Testing;

/// <summary>When the plug is pulled, seen from storage.</summary>
public enum Plug
{
    /// <summary>The write never arrives.</summary>
    BeforeWrite,

    /// <summary>The write is done, and nobody is left to hear of it.</summary>
    AfterWrite,
}

/// <summary>Stands between the app and its tables, counts the writes, and pulls the plug at a chosen one.</summary>
public sealed class StorageProxy : IAsyncDisposable
{
    static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Transfer-Encoding", "Keep-Alive", "Content-Length",
    };

    readonly HttpClient azurite;
    readonly WebApplication app;
    int writes;
    Plan? armed;

    StorageProxy(Uri target)
    {
        azurite = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = target };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(ForwardAsync);
    }

    /// <summary>The account's connection string, through this proxy.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Writes that came by since it was armed.</summary>
    public int Writes => writes;

    /// <summary>Hears of each request when storage has answered it, before the app does; from many threads.</summary>
    public Action<StorageRequest> Answered { get; set; } = _ => { };

    public static async Task<StorageProxy> StartAsync(string connectionString)
    {
        var endpoint = connectionString.Split(';')
            .Single(part => part.StartsWith("TableEndpoint=", StringComparison.Ordinal));
        var target = new Uri(endpoint["TableEndpoint=".Length..]);
        var proxy = new StorageProxy(new Uri(target.GetLeftPart(UriPartial.Authority)));
        await proxy.app.StartAsync();
        var own = new Uri(new Uri(proxy.app.Urls.Single()), target.PathAndQuery);
        proxy.ConnectionString = connectionString.Replace(endpoint, $"TableEndpoint={own}", StringComparison.Ordinal);
        return proxy;
    }

    /// <summary>Counts from here; calls <paramref name="pull"/> at the write with this number, from 1.</summary>
    public void Arm(int write, Plug plug, Action pull)
    {
        writes = 0;
        armed = new(write, plug, pull);
    }

    /// <returns>Whether nobody pulls the plug any more; false when it was pulled, or is just about to be.</returns>
    public bool Disarm() => Interlocked.Exchange(ref armed, null) is not null;

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        azurite.Dispose();
    }

    async Task ForwardAsync(HttpContext context)
    {
        var isWrite = context.Request.Method != HttpMethods.Get;
        var number = isWrite ? Interlocked.Increment(ref writes) : 0;
        var struck = armed is { } plan && plan.Write == number
            && Interlocked.CompareExchange(ref armed, null, plan) == plan ? plan : null;
        if (struck is { Plug: Plug.BeforeWrite })
        {
            struck.Pull();
            context.Abort();
            return;
        }

        var body = await BodyAsync(context.Request);
        using var request = Copy(context.Request, body);
        using var response = await azurite.SendAsync(request, CancellationToken.None);
        if (struck is { Plug: Plug.AfterWrite })
        {
            struck.Pull();
            context.Abort();
            return;
        }

        Answered(StorageRequest.Of(request.Method.Method, request.RequestUri!, () => Encoding.UTF8.GetString(body)));
        context.Response.StatusCode = (int)response.StatusCode;
        var headers = response.Headers.Concat(response.Content.Headers);
        foreach (var header in headers.Where(header => !NotForwarded.Contains(header.Key)))
            context.Response.Headers[header.Key] = header.Value.ToArray();
        await response.Content.CopyToAsync(context.Response.Body);
    }

    sealed record Plan(int Write, Plug Plug, Action Pull);

    static async Task<byte[]> BodyAsync(HttpRequest from)
    {
        using var body = new MemoryStream();
        await from.Body.CopyToAsync(body);
        return body.ToArray();
    }

    HttpRequestMessage Copy(HttpRequest from, byte[] body)
    {
        var target = new Uri(azurite.BaseAddress!, from.HttpContext.Features
            .Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
        var request = new HttpRequestMessage(new(from.Method), target);
        if (body.Length > 0 || from.ContentType is not null)
            request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in from.Headers.Where(h => !NotForwarded.Contains(h.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return request;
    }
}
