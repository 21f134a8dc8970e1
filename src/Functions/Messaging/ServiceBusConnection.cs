using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Configuration;

namespace Telephony.Functions.Messaging;

/// <summary>
/// How the app reaches Service Bus, as settings say it: the forms are those of a Functions connection, so that triggers
/// read the same.
/// </summary>
static class ServiceBusConnection
{
    const string Setting = "ServiceBus";

    /// <summary>Nothing is opened before the first message.</summary>
    /// <exception cref="InvalidOperationException">The settings name no namespace.</exception>
    public static ServiceBusClient Open(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } connectionString)
            return new(connectionString);

        var section = configuration.GetSection(Setting);
        return section["fullyQualifiedNamespace"] is { Length: > 0 } host
            ? new(host, ConnectionCredential.Of(section))
            : throw new InvalidOperationException(
                $"Set {Setting} to a connection string, or {Setting}:fullyQualifiedNamespace to the namespace's host"
                + " name, such as telephony.servicebus.windows.net.");
    }
}
