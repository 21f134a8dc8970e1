using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Telephony.Functions.Storage;

/// <summary>
/// How the app reaches its tables, as settings say it: the forms are those of a Functions connection.
/// </summary>
static class TableConnection
{
    const string Setting = "TelephonyStorage";

    /// <exception cref="InvalidOperationException">The settings name no storage.</exception>
    public static TableServiceClient Open(IConfiguration configuration, TableClientOptions options)
    {
        if (configuration[Setting] is { Length: > 0 } connectionString)
            return new(connectionString, options);

        var section = configuration.GetSection(Setting);
        return section["tableServiceUri"] is { Length: > 0 } address
            ? new(new Uri(address), Credential(section), options)
            : throw new InvalidOperationException(
                $"Set {Setting} to a connection string, or {Setting}:tableServiceUri to the service's address.");
    }

    static TokenCredential Credential(IConfigurationSection section)
    {
        var client = section["clientId"];
        return section["credential"] switch
        {
            "managedidentity" when client is { Length: > 0 } =>
                new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client)),
            "managedidentity" => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
            null or "" =>
                new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client }),
            var other => throw new InvalidOperationException(
                $"{Setting}:credential is '{other}'. Leave it out, or set it to managedidentity."),
        };
    }
}
