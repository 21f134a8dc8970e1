using System.Text.RegularExpressions;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Infra;

/// <summary>What is deployed holds what the app needs and lets in no one with a key.</summary>
public sealed class DeploymentTests
{
    const string Dev = "dev";
    const string Prod = "prod";

    /// <summary>The built-in roles that the app is given, by the ids that Azure knows them by.</summary>
    static readonly Dictionary<string, string> Roles = new()
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0"] = "Azure Service Bus Data Receiver",
        ["69a216fc-b8fb-44d8-bc22-1f3c2cd27a39"] = "Azure Service Bus Data Sender",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
    };

    [Theory, InlineData(Dev), InlineData(Prod)]
    public async Task Storage_has_the_apps_tables(string environment)
    {
        var tables = (await Deployments.OfAsync(environment))
            .All("Microsoft.Storage/storageAccounts/tableServices/tables");

        Assert.Equal(TableNames.All.Order(), tables.Select(table => table.Name).Order());
    }

    [Theory, InlineData(Dev), InlineData(Prod)]
    public async Task Nobody_gets_in_with_a_key_or_without_encryption(string environment)
    {
        var deployment = await Deployments.OfAsync(environment);

        var storage = deployment.Single("Microsoft.Storage/storageAccounts");
        Assert.False(storage.Get<bool>("allowSharedKeyAccess"));
        Assert.False(storage.Get<bool>("allowBlobPublicAccess"));
        Assert.True(storage.Get<bool>("supportsHttpsTrafficOnly"));
        Assert.Equal("TLS1_2", storage.Get<string>("minimumTlsVersion"));

        var serviceBus = deployment.Single("Microsoft.ServiceBus/namespaces");
        Assert.True(serviceBus.Get<bool>("disableLocalAuth"));
        Assert.Equal("1.2", serviceBus.Get<string>("minimumTlsVersion"));

        Assert.True(deployment.Single("Microsoft.Insights/components").Get<bool>("DisableLocalAuth"));

        var app = deployment.Single("Microsoft.Web/sites");
        Assert.True(app.Get<bool>("httpsOnly"));
        Assert.Equal("1.2", app.Get<string>("siteConfig.minTlsVersion"));
        Assert.Equal("1.2", app.Get<string>("siteConfig.scmMinTlsVersion"));
        var passwords = deployment.All("Microsoft.Web/sites/basicPublishingCredentialsPolicies");
        Assert.Equal(["ftp", "scm"], passwords.Select(policy => policy.Name).Order());
        Assert.All(passwords, policy => Assert.False(policy.Get<bool>("allow")));
    }

    [Theory, InlineData(Dev), InlineData(Prod)]
    public async Task Nothing_asks_azure_for_a_key(string environment)
    {
        var text = (await Deployments.OfAsync(environment)).Text;

        Assert.DoesNotContain("list", Functions(text), StringComparer.OrdinalIgnoreCase);
        foreach (var secret in new[] { "AccountKey", "SharedAccessKey", "sig=" })
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, InlineData(Dev), InlineData(Prod)]
    public async Task The_app_has_the_roles_that_it_needs_and_each_on_one_resource(string environment)
    {
        var deployment = await Deployments.OfAsync(environment);
        var identity = deployment.Single("Microsoft.ManagedIdentity/userAssignedIdentities");
        var assignments = deployment.All("Microsoft.Authorization/roleAssignments");

        Assert.Equal(
            [
                "components: Monitoring Metrics Publisher",
                "queues: Azure Service Bus Data Receiver",
                "queues: Azure Service Bus Data Sender",
                "storageAccounts: Storage Blob Data Owner",
                "storageAccounts: Storage Queue Data Contributor",
                "storageAccounts: Storage Table Data Contributor",
                "topics: Azure Service Bus Data Sender",
            ],
            assignments.Select(Described).Order(StringComparer.Ordinal));
        Assert.All(assignments, assignment =>
        {
            Assert.Equal("ServicePrincipal", assignment.Get<string>("principalType"));
            Assert.Contains($"'{identity.Id}'", assignment.Get<string>("principalId"), StringComparison.Ordinal);
        });
    }

    [Theory, InlineData(Dev), InlineData(Prod)]
    public async Task The_app_runs_as_its_identity_and_reads_its_package_with_it(string environment)
    {
        var deployment = await Deployments.OfAsync(environment);
        var app = deployment.Single("Microsoft.Web/sites");
        var identity = deployment.Single("Microsoft.ManagedIdentity/userAssignedIdentities");

        Assert.Equal(identity.Id, Assert.Single(app.Node["identity"]!["userAssignedIdentities"]!.AsObject()).Key);
        Assert.Equal("UserAssigned", (string?)app.Node["identity"]!["type"]);
        const string storage = "functionAppConfig.deployment.storage";
        Assert.Equal(identity.Id, app.Get<string>($"{storage}.authentication.userAssignedIdentityResourceId"));
        Assert.Equal("UserAssignedIdentity", app.Get<string>($"{storage}.authentication.type"));
    }

    [Theory, InlineData(Dev), InlineData(Prod)]
    public async Task The_app_runs_on_the_runtime_that_it_is_built_for(string environment)
    {
        var deployment = await Deployments.OfAsync(environment);
        var app = deployment.Single("Microsoft.Web/sites");

        Assert.Equal("dotnet-isolated", app.Get<string>("functionAppConfig.runtime.name"));
        // Not "10": it is taken without complaint, and the host does not start.
        Assert.Equal(
            Environment.Version.ToString(2), app.Get<string>("functionAppConfig.runtime.version"));
        Assert.Equal("FC1", (string?)deployment.Single("Microsoft.Web/serverfarms").Node["sku"]!["name"]);
    }

    [Fact]
    public async Task Azd_finds_what_to_deploy_and_where_to()
    {
        var settings = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "azure.yaml"), TestContext.Current.CancellationToken);
        string Value(string name) =>
            Regex.Match(settings, $@"^ +{name}: (\S+)$", RegexOptions.Multiline).Groups[1].Value;

        Assert.True(File.Exists(Path.Combine(Repository.Root, Value("path"), $"{Value("module")}.bicepparam")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, Value("project"), "Functions.csproj")));
        var app = (await Deployments.OfAsync(Value("module"))).Single("Microsoft.Web/sites");
        Assert.Contains($"\n  {(string?)app.Node["tags"]!["azd-service-name"]}:\n", settings, StringComparison.Ordinal);
    }

    /// <summary>The type of what the role is given on, and the role.</summary>
    static string Described(Resource assignment)
    {
        var scope = assignment.Id.Split("/providers/Microsoft.Authorization/")[0];
        Assert.Contains("/resourceGroups/telephony/providers/", scope, StringComparison.Ordinal);
        return $"{scope.Split('/')[^2]}: {Roles[assignment.Get<string>("roleDefinitionId").Split('/')[^1]]}";
    }

    /// <summary>Names of functions in expressions, those that list keys cut to <c>list</c>.</summary>
    static IEnumerable<string> Functions(string text) =>
        text.Split('(').Select(before => new string([.. before.Reverse().TakeWhile(char.IsLetter).Reverse()]))
            .Select(name => name.StartsWith("list", StringComparison.OrdinalIgnoreCase) ? "list" : name);
}
