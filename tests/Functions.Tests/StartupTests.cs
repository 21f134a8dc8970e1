using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telephony.Functions.Storage;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Functions.Tests;

/// <summary>
/// The SDK registers its worker before the app's services, so what it starts must find the app checked.
/// </summary>
public sealed class StartupTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Nothing_is_started_when_the_app_cannot_know_its_callers()
    {
        var worker = new Worker();

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => LocalHost.StartAsync(Options(worker), TestContext.Current.CancellationToken));

        Assert.Contains("Auth:Authority", refused.Message, StringComparison.Ordinal);
        Assert.False(worker.Started);
    }

    LocalHostOptions Options(Worker worker) => new()
    {
        Functions = typeof(TelephonyApp).Assembly,
        Port = 0,
        Directory = AppContext.BaseDirectory,
        Settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["TelephonyStorage"] = azurite.ConnectionString,
            ["LocalRuntime:Durable:Table"] = $"durable{Guid.NewGuid():n}",
            ["LocalRuntime:ServiceBus:Port"] = "0",
            ["AzureWebJobs.ReceiveCommand.Disabled"] = "true",
            ["Auth:Authority"] = "http://issuer.example",
            ["Auth:Audience"] = TestIssuer.Audience,
            ["Logging:LogLevel:Default"] = "None",
        },
        Configure = builder =>
        {
            builder.Services.AddHostedService(_ => worker);
            foreach (var name in TableNames.All)
                builder.Services.AddKeyedSingleton<ITable>(name, new MemoryTable());
            builder.Services.AddSingleton<ServiceBusClient>(new RecordingBus());
            builder.AddTelephony();
        },
    };

    sealed class Worker : IHostedService
    {
        public bool Started { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Started = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
