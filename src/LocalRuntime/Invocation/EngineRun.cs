using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telephony.LocalRuntime.Durable;

namespace Telephony.LocalRuntime.Invocation;

/// <summary>
/// Starts and stops the engine in the place of its second registration: a container disposes what it gives once for
/// each registration, and the engine bears that only once.
/// </summary>
sealed class EngineRun(DurableEngine engine) : IHostedService
{
    public static void Replace(IServiceCollection services)
    {
        services.Remove(services.Last(service => service.ServiceType == typeof(IHostedService)));
        services.AddHostedService<EngineRun>();
    }

    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
