using System.Text.Json;
using Telephony.Domain.Rules;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Docs;

/// <summary>Whoever sets a site's rules finds on docs/back-office.md which policies there are.</summary>
public sealed class BackOfficePageTests
{
    static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "back-office.md"));

    [Fact]
    public void Every_policy_is_named()
    {
        var policies = Page.Split('\n').Single(line => line.StartsWith("| `policies` |", StringComparison.Ordinal));
        Assert.All(typeof(Policies).GetProperties(), policy => Assert.Contains(
            $"`{JsonNamingPolicy.CamelCase.ConvertName(policy.Name)}`", policies, StringComparison.Ordinal));
    }
}
