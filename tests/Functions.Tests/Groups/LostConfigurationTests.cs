using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Groups;

/// <summary>F1: a configuration each of whose storage requests is lost in turn, before it and after it.</summary>
public sealed class LostConfigurationTests(AzuriteFixture azurite)
{
    const int RequestsMax = 60;

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task Whichever_request_is_lost_a_repeat_ends_as_if_none_had_been(Fault fault)
    {
        FaultPlan? plan = null;
        await using var app = await TestApp.StartAsync(
            azurite, wrapSites: sites => new SwitchedTable(sites, () => plan));
        await World.OpenAsync(app);
        var struck = 0;
        for (var call = 1; call <= RequestsMax; call++)
        {
            var place = await PlaceAsync(app, call);
            var body = new { displayName = "Acme", extension = "7" };
            plan = FaultPlan.At(call, fault);
            await place.ConfigureAsync(body, key: "mine");
            var calls = plan.Calls;
            struck += plan.Faults;
            plan = null;
            var done = (await place.ConfigureAsync(body, key: "mine")).Is(200);

            Assert.Equal("Acme", (string?)(await place.ReadConfigurationAsync()).Body["displayName"]);
            Assert.Equal([1], (await place.ListAsync($"{place.MainPath()}/configuration/versions"))
                .Select(version => (int)version["version"]!));
            var history = await place.ListAsync($"sites/{place.Site}/numbers/{place.Number(5)}/history");
            Assert.Equal([done.Id], history.Where(entry => (string?)entry["event"] == "main.configured")
                .Select(entry => (string?)entry["operation"]));
            if (calls < call)
            {
                Assert.True(struck > 4, "The test proves nothing unless faults struck.");
                return;
            }
        }

        Assert.Fail("Its requests do not come to an end.");
    }

    /// <summary>A site where the tenant's main number is in service.</summary>
    static async Task<Place> PlaceAsync(TestApp app, int index)
    {
        var place = await World.PlaceAsync(app, index, 20);
        await place.RulesAsync(rules => rules["mainActivation"] = "OnRequest");
        await place.AssignAsync(place.Tenant, "lines", 1);
        await place.PutMainInServiceAsync(5);
        return place;
    }
}

/// <summary>A table whose faults begin when a test says so.</summary>
sealed class SwitchedTable(ITable inner, Func<FaultPlan?> plan) : ITable
{
    ITable Now => plan() is { } faults ? new FaultyTable(inner, faults) : inner;

    public Task<Azure.Data.Tables.TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
        Now.FindAsync(partition, row, ct);

    public Task<CommitResult> CommitAsync(string partition, IReadOnlyList<RowChange> changes, CancellationToken ct) =>
        Now.CommitAsync(partition, changes, ct);

    public IAsyncEnumerable<Azure.Data.Tables.TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize = TableLimits.PageRowsMax,
        CancellationToken ct = default) => Now.RangeAsync(partition, from, to, pageSize, ct);
}
