using Microsoft.DurableTask.Client;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>Get, list, purge.</summary>
public sealed class QueryTests(AzuriteFixture azurite)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_instance_is_null_and_payloads_are_read_only_when_asked_for()
    {
        await using var app = await EngineUnderTest.StartAsync(azurite, ScriptedFunctions.ThreeDoublings());
        var id = (await app.RunAsync("Thrice", 1)).InstanceId;

        var bare = await app.Client.GetInstanceAsync(id, Ct);

        Assert.Null(await app.Client.GetInstanceAsync("unknown", Ct));
        Assert.Equal((true, null, null), (bare!.IsCompleted, bare.SerializedOutput, bare.SerializedInput));
        Assert.Throws<InvalidOperationException>(() => bare.ReadOutputAs<int>());
        await Assert.ThrowsAsync<ArgumentException>(() => app.EndOfAsync("unknown"));
    }

    [Fact]
    public async Task Instances_are_listed_by_prefix_and_status_page_by_page()
    {
        await using var app = await StartedAsync();

        Assert.Equal(8, (await ListAsync(app, new(PageSize: 3))).Count);
        Assert.Equal(["b~0", "b~1"], await ListAsync(app, new(InstanceIdPrefix: "b~")));
        Assert.Equal(
            ["a~wait", "b~0", "b~1"],
            await ListAsync(
                app, new(Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Failed])));
        Assert.Empty(await ListAsync(app, new(CreatedFrom: DateTimeOffset.UtcNow.AddHours(1))));
        Assert.Empty(await ListAsync(app, new(CreatedTo: DateTimeOffset.UtcNow.AddHours(-1))));
    }

    [Fact]
    public async Task A_list_goes_on_from_a_continuation_token()
    {
        await using var app = await StartedAsync();
        var (ids, token) = (new List<string>(), (string?)null);
        do
        {
            await foreach (var page in app.Client.GetAllInstancesAsync().AsPages(token, 2))
            {
                ids.AddRange(page.Values.Select(found => found.InstanceId));
                token = page.ContinuationToken;
                break;
            }
        }
        while (token is not null);

        Assert.Equal(8, ids.Count);
        Assert.Equal(8, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_list_shows_the_run_that_is_open_and_not_the_one_it_replaced()
    {
        await using var app = await StartedAsync();
        await app.ScheduleAsync("Wait", id: "a~0");

        var found = await app.Client.GetAllInstancesAsync(new(InstanceIdPrefix: "a~0")).ToListAsync(Ct);

        Assert.Equal(OrchestrationRuntimeStatus.Running, Assert.Single(found).RuntimeStatus);
    }

    [Fact]
    public async Task Only_what_has_finished_is_purged()
    {
        await using var app = await StartedAsync();

        Assert.Equal(1, (await app.Client.PurgeInstanceAsync("a~0", Ct)).PurgedInstanceCount);
        Assert.Equal(0, (await app.Client.PurgeInstanceAsync("a~0", Ct)).PurgedInstanceCount);
        Assert.Equal(0, (await app.Client.PurgeInstanceAsync("a~wait", Ct)).PurgedInstanceCount);
        Assert.Null(await app.Client.GetInstanceAsync("a~0", Ct));
        Assert.Equal(2, await PurgeAsync(app, new(Statuses: [OrchestrationRuntimeStatus.Failed])));
        Assert.Equal(0, await PurgeAsync(app, new(CreatedTo: DateTimeOffset.UtcNow.AddHours(-1))));
        Assert.Equal(4, await PurgeAsync(app, new(CreatedTo: DateTimeOffset.UtcNow.AddHours(1))));
        Assert.Equal(["a~wait"], await ListAsync(app, new()));
    }

    static async Task<int> PurgeAsync(EngineUnderTest app, PurgeInstancesFilter filter) =>
        (await app.Client.PurgeAllInstancesAsync(filter, Ct)).PurgedInstanceCount;

    static async Task<List<string>> ListAsync(EngineUnderTest app, OrchestrationQuery query)
    {
        var ids = await app.Client.GetAllInstancesAsync(query).Select(found => found.InstanceId).ToListAsync(Ct);
        return [.. ids.Order(StringComparer.Ordinal)];
    }

    /// <summary>Five that completed, two that failed, one that waits.</summary>
    async Task<EngineUnderTest> StartedAsync()
    {
        var app = await EngineUnderTest.StartAsync(azurite, ScriptedFunctions.ThreeDoublings()
            .Orchestrator("Fails", _ => throw new InvalidOperationException())
            .Orchestrator("Wait", async context => await context.WaitForExternalEvent<int>("Go")));
        await app.ScheduleAsync("Wait", id: "a~wait");
        foreach (var number in Enumerable.Range(0, 5))
        {
            await app.EndOfAsync(await app.ScheduleAsync("Thrice", number, $"a~{number}"));
        }

        foreach (var number in Enumerable.Range(0, 2))
        {
            await app.EndOfAsync(await app.ScheduleAsync("Fails", number, $"b~{number}"));
        }

        return app;
    }
}
