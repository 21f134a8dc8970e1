using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Telephony.Functions;

/// <summary>Who the app is to the service of a connection whose settings give an address instead of a key.</summary>
static class ConnectionCredential
{
    /// <exception cref="InvalidOperationException">The settings ask for a credential that is not known.</exception>
    public static TokenCredential Of(IConfigurationSection connection)
    {
        var client = connection["clientId"];
        return connection["credential"] switch
        {
            "managedidentity" when client is { Length: > 0 } =>
                new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client)),
            "managedidentity" => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
            null or "" =>
                new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = client }),
            var other => throw new InvalidOperationException(
                $"{connection.Path}:credential is '{other}'. Leave it out, or set it to managedidentity."),
        };
    }
}
