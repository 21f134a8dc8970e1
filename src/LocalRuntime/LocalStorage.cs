using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime;

/// <summary>
/// Where the app's tables are: in the accounts that settings name, or in an Azurite of our own.
/// "UseDevelopmentStorage=true" asks for the emulator, which is what we start.
/// </summary>
sealed class LocalStorage : IAsyncDisposable
{
    const int PortDefault = 10002;

    static readonly string[] Connections = ["AzureWebJobsStorage", "TelephonyStorage"];

    readonly Azurite? azurite;
    readonly string directory;
    readonly IConfiguration configuration;

    LocalStorage(Azurite? azurite, string directory, IConfiguration configuration)
    {
        this.azurite = azurite;
        this.directory = directory;
        this.configuration = configuration;
    }

    public static async Task<LocalStorage> StartAsync(
        ConfigurationManager configuration, string root, CancellationToken ct)
    {
        var unset = Connections.Where(name => IsUnset(configuration.GetSection(name))).ToArray();
        if (unset is [])
            return new LocalStorage(null, "", configuration);

        var directory = Path.Combine(LocalData.Directory(root), "azurite");
        var azurite = await Azurite.StartAsync(
            new AzuriteOptions
            {
                Port = configuration.GetValue("LocalRuntime:AzuritePort", PortDefault),
                DataDirectory = directory,
            },
            ct);
        configuration.AddInMemoryCollection(
            unset.Select(name => KeyValuePair.Create(name, (string?)azurite.ConnectionString)));
        return new LocalStorage(azurite, directory, configuration);
    }

    /// <exception cref="InvalidOperationException">The setting is an identity-based connection.</exception>
    public string ConnectionStringOf(string setting) => configuration[setting]
        ?? throw new InvalidOperationException(
            $"The local host needs a connection string in the setting {setting}.");

    /// <summary>A section with children is an identity-based connection.</summary>
    static bool IsUnset(IConfigurationSection connection) =>
        (string.IsNullOrEmpty(connection.Value) && !connection.GetChildren().Any())
        || connection.Value == "UseDevelopmentStorage=true";

    public void Announce(ILogger logger)
    {
        if (azurite is not null)
            Log.AzuriteStarted(logger, directory, azurite.Port);
    }

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
