using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Telephony.Functions.Access;
using Telephony.Functions.Assignment;
using Telephony.Functions.Audits;
using Telephony.Functions.Directory;
using Telephony.Functions.DirectNumbers;
using Telephony.Functions.Groups;
using Telephony.Functions.History;
using Telephony.Functions.Holds;
using Telephony.Functions.Http;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Messaging;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Places;
using Telephony.Functions.Provisioning;
using Telephony.Functions.Settings;
using Telephony.Functions.Storage;
using Telephony.Functions.Sweep;

namespace Telephony.Functions;

/// <summary>The app's services and middleware, the same in Azure, under the Functions host and in tests.</summary>
public static class TelephonyApp
{
    /// <summary>
    /// What a caller registered before is kept: a clock, tables, options of the table client, a client of Service Bus,
    /// who sends events.
    /// </summary>
    public static IFunctionsWorkerApplicationBuilder AddTelephony(this IFunctionsWorkerApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddStorage(builder.Services);
        AddMessaging(builder.Services);
        AddSites(builder.Services);
        AddHistory(builder.Services);
        AddPlaces(builder.Services);
        AddAssignment(builder.Services);
        AddChores(builder.Services);
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

    static void AddMessaging(IServiceCollection services)
    {
        services.TryAddSingleton(provider => ServiceBusConnection.Open(provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton(provider => new EventSender(
            provider.GetRequiredService<ServiceBusClient>().CreateSender(EntityNames.Events),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EventSender>>()));
        AddCommands(services);
    }

    static void AddCommands(IServiceCollection services)
    {
        services.AddSingleton<MainNumberWords>();
        services.AddSingleton<CommandHandler>();
        services.AddSingleton<CommandRetries>();
        services.TryAddSingleton<DeadLetterQueue>();
    }

    static void AddSites(IServiceCollection services)
    {
        services.AddSingleton<SiteCache>();
        services.AddSingleton(provider => new SitePartition(
            SitesTable(provider), provider.GetRequiredService<SiteCache>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<EventMover>()));
        services.AddSingleton(provider => new RulesTable(
            SitesTable(provider), provider.GetRequiredService<SiteCache>()));
        services.AddSingleton(provider => new SiteQueries(SitesTable(provider)));
        services.AddSingleton<NumberList>();
        services.AddSingleton<OperationDriver>();
        services.AddSingleton<NumberChange>();
        services.AddSingleton<DirectChange>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<SiteAudit>();
        services.AddSingleton(provider => new HoldTable(SitesTable(provider)));
        services.AddSingleton<HoldChanges>();
        services.AddSingleton(provider => new SettingsTable(SitesTable(provider)));
        services.AddSingleton<SettingsChanges>();
        services.AddSingleton(provider => new GroupTable(
            SitesTable(provider), provider.GetRequiredService<SitePartition>()));
        services.AddSingleton(provider => new CallTable(
            SitesTable(provider), provider.GetRequiredService<SiteQueries>(),
            provider.GetRequiredService<SettingsTable>(), provider.GetRequiredService<GroupTable>()));
        services.AddSingleton<GroupChanges>();
        AddClaims(services);
    }

    static void AddClaims(IServiceCollection services)
    {
        services.AddSingleton(provider => new ClaimTable(
            provider.GetRequiredKeyedService<ITable>(TableNames.Claims), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SiteClaims(
            SitesTable(provider), provider.GetRequiredService<ClaimTable>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ClaimBackfill(
            SitesTable(provider), provider.GetRequiredService<SiteQueries>(),
            provider.GetRequiredService<ClaimTable>(), provider.GetRequiredService<SiteClaims>()));
        services.AddSingleton<NumberImport>();
    }

    static void AddPlaces(IServiceCollection services)
    {
        services.AddSingleton(provider => new PlaceTable(SitesTable(provider)));
        services.AddSingleton(provider => new MacClaims(
            SitesTable(provider), provider.GetRequiredKeyedService<ITable>(TableNames.Claims),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PlaceChanges>();
        services.AddSingleton<PlaceRequests>();
        services.AddSingleton<PlaceImport>();
    }

    static void AddAssignment(IServiceCollection services)
    {
        services.AddSingleton(provider => new LineTable(
            SitesTable(provider), provider.GetRequiredService<PlaceTable>()));
        services.AddSingleton<LineWork>();
        services.AddSingleton<LineAddress>();
        services.AddSingleton<LineRequests>();
        services.AddSingleton<Assigning>();
    }

    static void AddHistory(IServiceCollection services)
    {
        services.AddSingleton(provider => new EventMover(
            SitesTable(provider), History(provider), provider.GetRequiredService<EventSender>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<EventMover>>()));
        services.AddSingleton(provider => new HistoryTable(SitesTable(provider), History(provider)));
        services.AddSingleton(provider => new HistoryTrimmer(
            provider.GetRequiredService<SiteQueries>(), History(provider)));
    }

    /// <summary>What the sweep does at every site, in this order.</summary>
    static void AddChores(IServiceCollection services)
    {
        services.AddSingleton(provider => new OpenOperations(SitesTable(provider)));
        services.AddSingleton(provider => new OldOperations(SitesTable(provider)));
        services.AddSingleton<ISiteChore, EndWhatIsDue>();
        services.AddSingleton<ISiteChore, ForgetWords>();
        services.AddSingleton<ISiteChore, EndSessions>();
        services.AddSingleton<ISiteChore, DriveOpenOperations>();
        services.AddSingleton<ISiteChore, SettleClaims>();
        services.AddSingleton<ISiteChore, ForgetNames>();
        services.AddSingleton<ISiteChore, MoveEvents>();
        services.AddSingleton<ISiteChore, AuditDaily>();
        services.AddSingleton<ISiteChore, PurgeOperations>();
        services.AddSingleton<ISiteChore, TrimHistory>();
        services.AddSingleton<ISiteChore, SettleMacs>();
        services.AddSingleton<ISiteChore, ForgetSettings>();
    }

    static ITable SitesTable(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<ITable>(TableNames.Sites);

    static ITable History(IServiceProvider provider) =>
        provider.GetRequiredKeyedService<ITable>(TableNames.History);

    static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton(DemandList.Of(typeof(TelephonyApp).Assembly.GetTypes()));
        services.AddSingleton<IReadOnlyList<ApiFunction>>(ApiFunction.In(typeof(TelephonyApp).Assembly.GetTypes()));
        services.AddSingleton(provider => AuthSettings.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<Addressing>();
    }
}
