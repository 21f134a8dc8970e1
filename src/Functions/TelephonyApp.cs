using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.History;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions;

/// <summary>The app's services and middleware, the same in Azure, under the Functions host and in tests.</summary>
public static class TelephonyApp
{
    /// <summary>What a caller registered before is kept: a clock, tables, options of the table client.</summary>
    public static IFunctionsWorkerApplicationBuilder AddTelephony(this IFunctionsWorkerApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddStorage(builder.Services);
        AddSites(builder.Services);
        AddHistory(builder.Services);
        AddAccess(builder.Services);
        builder.Services.AddHostedService<Startup>();

        // The first is the outermost.
        builder.UseMiddleware<CorrelateRequests>();
        builder.UseMiddleware<AnswerFaults>();
        builder.UseMiddleware<Admission>();
        builder.UseMiddleware<KnownParameters>();
        return builder;
    }

    static void AddStorage(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => TableConnection.Open(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetService<TableClientOptions>() ?? new TableClientOptions()));
        foreach (var name in TableNames.All)
        {
            services.TryAddKeyedSingleton<ITable>(
                name, (provider, _) =>
                    new AzureTable(provider.GetRequiredService<TableServiceClient>().GetTableClient(name)));
        }

        services.AddSingleton<DirectoryCache>();
        services.AddSingleton(provider => new DirectoryTable(
            provider.GetRequiredKeyedService<ITable>(TableNames.Directory),
                provider.GetRequiredService<DirectoryCache>()));
        services.AddSingleton<SiteChoice>();
        services.AddSingleton(provider => new DirectoryChanges(
            provider.GetRequiredKeyedService<ITable>(TableNames.Directory),
                provider.GetRequiredService<DirectoryCache>()));
    }

    static void AddSites(IServiceCollection services)
    {
        services.AddSingleton<SiteCache>();
        services.AddSingleton(provider => new SitePartition(
            Sites(provider), provider.GetRequiredService<SiteCache>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<EventMover>()));
        services.AddSingleton(provider => new RulesTable(Sites(provider), provider.GetRequiredService<SiteCache>()));
        services.AddSingleton(provider => new SiteQueries(Sites(provider)));
        services.AddSingleton<NumberList>();
        services.AddSingleton<OperationDriver>();
        services.AddSingleton<NumberChange>();
    }

    static void AddHistory(IServiceCollection services)
    {
        services.AddSingleton(provider => new EventMover(
            Sites(provider), History(provider), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventMover>>()));
        services.AddSingleton(provider => new HistoryTable(Sites(provider), History(provider)));
        services.AddSingleton(provider => new HistoryTrimmer(
            provider.GetRequiredService<SiteQueries>(), History(provider)));
    }

    static ITable Sites(IServiceProvider provider) => provider.GetRequiredKeyedService<ITable>(TableNames.Sites);

    static ITable History(IServiceProvider provider) => provider.GetRequiredKeyedService<ITable>(TableNames.History);

    static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton(DemandList.Of(typeof(TelephonyApp).Assembly.GetTypes()));
        services.AddSingleton<IReadOnlyList<ApiFunction>>(ApiFunction.In(typeof(TelephonyApp).Assembly.GetTypes()));
        services.AddSingleton(provider => AuthSettings.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<Addressing>();
    }
}
