using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>The Service Bus of one host: queues, listener, client, and the functions that wait for messages.</summary>
sealed class LocalServiceBus : IDisposable
{
    readonly BusOptions options;
    readonly LocalBus bus;
    readonly BusListener listener;
    readonly string? directory;

    LocalServiceBus(BusOptions options, string? directory, TimeProvider time)
    {
        (this.options, this.directory) = (options, directory);
        bus = new LocalBus(options, directory, time);
        try
        {
            listener = new BusListener(bus, options);
        }
        catch
        {
            bus.Dispose();
            throw;
        }
    }

    public int Port => listener.Port;

    public string ConnectionString => options.ConnectionString(Port);

    /// <summary>Null when nobody needs one, or the settings want none.</summary>
    /// <param name="settings">Where the section is.</param>
    /// <param name="services">The app's; a client among them needs a bus.</param>
    /// <param name="addresses">What functions wait for, by the function's name.</param>
    /// <param name="root">Where the folder of local data is.</param>
    /// <exception cref="InvalidOperationException">It cannot be had, or a queue is not there.</exception>
    public static LocalServiceBus? Create(
        IConfiguration settings,
        IServiceCollection services,
        IReadOnlyDictionary<string, string> addresses,
        string root)
    {
        var options = settings.GetSection(BusOptions.Section).Get<BusOptions>() ?? new();
        var isNeeded = addresses.Count > 0 || services.Any(service => service.ServiceType == typeof(ServiceBusClient));
        if (!(options.Enabled ?? isNeeded))
            return addresses.Count == 0 ? null : throw new InvalidOperationException(
                $"Function '{addresses.First().Key}' waits for messages, and {BusOptions.Section}:Enabled is false.");

        var time = services.LastOrDefault(service => service.ServiceType == typeof(TimeProvider))
            ?.ImplementationInstance;
        var directory = options.Journal ? Path.Combine(LocalData.Directory(root), "servicebus") : null;
        var local = new LocalServiceBus(options, directory, time as TimeProvider ?? TimeProvider.System);
        try
        {
            foreach (var (function, address) in addresses)
                local.Check(function, address);
            return local;
        }
        catch
        {
            local.Dispose();
            throw;
        }
    }

    /// <summary>The client takes the place of the app's, whose factory is never called.</summary>
    public void AddTo(
        IServiceCollection services, int callsMax, Func<IServiceScopeFactory, IReadOnlyList<QueueFunction>> functions)
    {
        services.AddSingleton(_ => this);
        services.RemoveAll<ServiceBusClient>();
        services.AddSingleton<ServiceBusClient>(_ => new LocalServiceBusClient(bus));
        services.AddSingleton<IHostedService>(_ => listener);
        services.AddHostedService(provider => new QueueProcessor(
            bus,
            functions(provider.GetRequiredService<IServiceScopeFactory>()),
            callsMax,
            options,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger("Telephony.LocalRuntime")));
    }

    public void Announce(ILogger logger) => Log.BusListening(logger, Port, directory ?? "memory only");

    public void Dispose()
    {
        listener.Dispose();
        bus.Dispose();
    }

    void Check(string function, string address)
    {
        try
        {
            bus.Source(address);
        }
        catch (BusException e)
        {
            throw new InvalidOperationException($"Function '{function}' cannot run here: {e.Message}", e);
        }
    }
}
