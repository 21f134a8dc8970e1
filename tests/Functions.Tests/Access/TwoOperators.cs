using Telephony.Domain.Access;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Access;

/// <summary>
/// Two operators that must not see each other: ours with the sites own and other and the accounts tenant and elsewhere,
/// theirs with the site foreign and another account called tenant.
/// </summary>
public sealed class TwoOperators(AzuriteFixture azurite) : IAsyncLifetime
{
    internal TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await TestApp.StartAsync(azurite);
        foreach (var (owner, sites) in new[] { ("ours", new[] { "own", "other" }), ("theirs", ["foreign"]) })
        {
            await CreateAsync($"operators/{owner}", new { name = owner });
            foreach (var site in sites)
            {
                await CreateAsync($"sites/{site}", new
                {
                    @operator = owner, name = site, country = "GB", timeZone = "Europe/London",
                        address = "1 High Street",
                });
            }
        }

        await CreateAsync("accounts/tenant?operator=ours", new { name = "Tenant", sites = new[] { "own" } });
        await CreateAsync("accounts/elsewhere?operator=ours", new { name = "Elsewhere", sites = new[] { "other" } });
        await CreateAsync("accounts/tenant?operator=theirs", new { name = "Tenant", sites = new[] { "foreign" } });
        await CreateAsync(
            "accounts/tenant/users/ann?operator=ours",
            new { name = "Ann", email = "a@b.example", role = "OccupierUser" });
        await CreateAsync(
            "accounts/tenant/users/bob?operator=ours",
            new { name = "Bob", email = "b@b.example", role = "OccupierUser" });
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    /// <summary>
    /// A token of someone of ours: the operator's user works at own, the occupiers are ann of tenant.
    /// </summary>
    internal string Token(Role role) => role switch
    {
        Role.Platform => App.Token(role),
        Role.OperatorAdmin => App.Token(role, "ours"),
        Role.OperatorUser => App.Token(role, "ours", sites: ["own"]),
        _ => App.Token(role, "ours", "tenant", sites: ["other", "foreign"]),
    };

    async Task CreateAsync(string path, object body) =>
        Assert.Equal(201, (await App.PutAsync(path, App.Token(Role.Platform), body)).Status);
}
