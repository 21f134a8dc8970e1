using Microsoft.AspNetCore.Builder;

namespace Telephony.LocalRuntime;

/// <summary>The function app in this process, without the Azure Functions host.</summary>
public sealed class LocalHost : IAsyncDisposable
{
    readonly WebApplication app;

    LocalHost(WebApplication app, Uri baseAddress)
    {
        this.app = app;
        BaseAddress = baseAddress;
    }

    /// <summary>Where it listens; routes begin with host.json's prefix, which is "api" by default.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The app's services.</summary>
    public IServiceProvider Services => app.Services;

    /// <summary>Answers when the app takes requests.</summary>
    /// <exception cref="InvalidOperationException">
    /// A function that cannot run here, a port in use, an Azurite that does not start; the message says what to do.
    /// </exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken ct)
    {
        var builder = new LocalHostBuilder(options);
        options.Configure(builder);
        var app = await builder.BuildAsync(ct);
        try
        {
            await app.StartAsync(ct);
            return new LocalHost(app, builder.BaseAddress);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets requests under way end, then stops everything that was started, Azurite last.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
