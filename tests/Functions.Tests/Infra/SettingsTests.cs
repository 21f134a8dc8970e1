using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Telephony.Functions.Access;
using Telephony.Functions.Messaging;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Infra;

/// <summary>The settings that are deployed are those that the app reads: none is missing, none is left over.</summary>
public sealed class SettingsTests
{
    /// <summary>What the Functions host and its extensions read. The app's code need not.</summary>
    static readonly string[] HostsOwn =
    [
        "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "APPLICATIONINSIGHTS_CONNECTION_STRING",
        "AzureWebJobsStorage:accountName",
        "AzureWebJobsStorage:clientId",
        "AzureWebJobsStorage:credential",
    ];

    [Theory, InlineData("dev"), InlineData("prod")]
    public async Task Every_setting_that_the_app_reads_is_set_and_no_other(string environment)
    {
        var settings = new AskedSettings(await Deployments.OfAsync(environment));

        TableConnection.Open(settings.Configuration, new TableClientOptions());
        // The default build declares the client only: it has read the settings by then.
        Record.Exception(() => ServiceBusConnection.Open(settings.Configuration));
        var auth = AuthSettings.Read(settings.Configuration);

        Assert.Equal(Deployments.Audience, auth.Audience);
        // A connection string is asked for first. It would hold a key, so it must not be there.
        Assert.Equal(["TelephonyStorage", "ServiceBus"], settings.Asked.Except(settings.Given));
        Assert.Equal(HostsOwn, settings.Given.Except(settings.Asked).Order(StringComparer.Ordinal));
    }

    [Theory, InlineData("dev"), InlineData("prod")]
    public async Task Every_connection_is_made_with_the_apps_identity(string environment)
    {
        var deployment = await Deployments.OfAsync(environment);
        var settings = deployment.Settings();
        var identity = deployment.Single("Microsoft.ManagedIdentity/userAssignedIdentities").Id;

        Assert.All(["TelephonyStorage", "AzureWebJobsStorage", "ServiceBus"], connection =>
        {
            Assert.Equal("managedidentity", settings[$"{connection}__credential"]);
            Assert.Contains($"'{identity}'", settings[$"{connection}__clientId"], StringComparison.Ordinal);
        });
        Assert.Contains(
            "Authorization=AAD", settings["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
    }

    /// <summary>Another reader of settings must be called by the first test.</summary>
    [Fact]
    public void Settings_are_read_in_these_files()
    {
        var source = Path.Combine(Repository.Root, "src/Functions");
        var readers = System.IO.Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("IConfiguration", StringComparison.Ordinal))
            .Select(Path.GetFileName);

        // The last hands them to the others. The credential is read through the connection's own section.
        Assert.Equal(
            [
                "AuthSettings.cs", "ConnectionCredential.cs", "ServiceBusConnection.cs", "TableConnection.cs",
                "TelephonyApp.cs",
            ],
            readers.Order());
    }

    /// <summary>The deployed settings as configuration, which remembers what was asked of it.</summary>
    sealed class AskedSettings : ConfigurationProvider, IConfigurationSource
    {
        readonly HashSet<string> asked = [];

        public AskedSettings(Deployment deployment)
        {
            // What only Azure knows, an address or an id, is an address here.
            foreach (var (name, value) in deployment.Settings())
            {
                Data[name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal)] =
                    value.StartsWith('[') ? "https://only.azure.knows.example/" : value;
            }

            Configuration = new ConfigurationBuilder().Add(this).Build();
        }

        public IConfiguration Configuration { get; }

        public IEnumerable<string> Asked => asked;

        public IEnumerable<string> Given => Data.Keys;

        public override bool TryGet(string key, out string? value)
        {
            asked.Add(key);
            return base.TryGet(key, out value);
        }

        public IConfigurationProvider Build(IConfigurationBuilder builder) => this;
    }
}
