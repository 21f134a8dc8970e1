using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telephony.Functions.Access;
using Telephony.Functions.Messaging;
using Telephony.Functions.Storage;

namespace Telephony.Functions;

/// <summary>
/// What must be right before the first request: the tables are there, every HTTP function says what it demands, and it
/// is known whose tokens to believe and where events go. Otherwise the app does not start.
/// </summary>
/// <remarks>
/// Done in StartingAsync, which comes before any StartAsync: the worker is registered first and takes requests at once.
/// </remarks>
sealed class Startup(IServiceProvider services) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<DemandList>();
        _ = services.GetRequiredService<BearerTokens>();
        _ = services.GetRequiredService<EventSender>();
        foreach (var name in TableNames.All)
        {
            if (services.GetRequiredKeyedService<ITable>(name) is AzureTable table)
                await table.CreateIfMissingAsync(cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
