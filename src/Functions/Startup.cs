using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telephony.Functions.Access;
using Telephony.Functions.Storage;

namespace Telephony.Functions;

/// <summary>
/// What must be right before the first request: the tables are there, every HTTP function says what it demands, and it
/// is known whose tokens to believe. Otherwise the app does not start.
/// </summary>
sealed class Startup(IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<DemandList>();
        _ = services.GetRequiredService<BearerTokens>();
        foreach (var name in TableNames.All)
        {
            if (services.GetRequiredKeyedService<ITable>(name) is AzureTable table)
                await table.CreateIfMissingAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
