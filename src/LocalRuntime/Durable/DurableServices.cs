using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Telephony.LocalRuntime.Durable;

/// <summary>Registers the durable engine.</summary>
static class DurableServices
{
    /// <summary>
    /// Adds the engine as a hosted service and its <see cref="DurableTaskClient"/>. The caller registers an
    /// <see cref="IDurableFunctions"/>.
    /// </summary>
    public static IServiceCollection AddLocalDurable(
        this IServiceCollection services, string connectionString, DurableOptions? options = null)
    {
        var settings = options ?? new DurableOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new DurableEngine(
            new DurableTable(new TableServiceClient(connectionString), settings),
            provider.GetRequiredService<IDurableFunctions>(),
            new JsonPayloads(provider.GetService<IOptions<JsonSerializerOptions>>()?.Value ?? new()),
            settings,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<DurableEngine>());
        services.AddSingleton<DurableTaskClient>(provider =>
            new LocalDurableClient(provider.GetRequiredService<DurableEngine>()));
        return services;
    }
}
