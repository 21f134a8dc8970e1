using Microsoft.AspNetCore.Builder;

namespace Telephony.LocalRuntime;

/// <summary>The function app in this process, without the Azure Functions host.</summary>
public sealed class LocalHost : IAsyncDisposable
{
    readonly WebApplication app;

    LocalHost(WebApplication app, LocalHostBuilder builder)
    {
        this.app = app;
        BaseAddress = builder.BaseAddress;
        ServiceBusPort = builder.ServiceBus?.Port;
        ServiceBusConnectionString = builder.ServiceBus?.ConnectionString;
    }

    /// <summary>Where it listens; routes begin with host.json's prefix, which is "api" by default.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Where its Service Bus listens; null when nothing needs one.</summary>
    public int? ServiceBusPort { get; }

    /// <summary>What a client of its Service Bus connects with; null when nothing needs one.</summary>
    public string? ServiceBusConnectionString { get; }

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
            return new LocalHost(app, builder);
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
