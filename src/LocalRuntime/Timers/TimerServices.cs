using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.Timers;

/// <summary>Registers the timers.</summary>
static class TimerServices
{
    public static IServiceCollection AddLocalTimers(
        this IServiceCollection services,
        string connectionString,
        TimerOptions? options,
        Func<IServiceScopeFactory, IReadOnlyList<LocalTimer>> timers)
    {
        var settings = options ?? new TimerOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService(provider => new TimerEngine(
            new TimerTable(new TableServiceClient(connectionString), settings),
            timers(provider.GetRequiredService<IServiceScopeFactory>()),
            settings,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Telephony.LocalRuntime")));
        return services;
    }
}
