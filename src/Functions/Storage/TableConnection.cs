using Azure.Data.Tables;
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
            ? new(new Uri(address), ConnectionCredential.Of(section), options)
            : throw new InvalidOperationException(
                $"Set {Setting} to a connection string, or {Setting}:tableServiceUri to the service's address.");
    }
}
