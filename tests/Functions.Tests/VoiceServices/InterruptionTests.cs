using System.Globalization;
using Telephony.Testing;

namespace Telephony.Functions.Tests.VoiceServices;

/// <summary>Rivals, crashes and failing storage while a voice service is assigned.</summary>
public sealed class InterruptionTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable table = null!;
    Place place = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: sites => table = new(sites));
        await World.OpenAsync(app);
        place = await World.PlaceAsync(app, 1, 20);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task While_one_runs_another_for_the_account_is_refused_naming_it_and_its_repeat_is_too()
    {
        var held = new TaskCompletionSource();
        table.Before = changes => InterruptibleTable.Takes(changes) ? held.Task : Task.CompletedTask;
        var first = (await place.ServiceAsync(place.Tenant, "main", 2, key: "first")).Is(202);

        var second = await place.ServiceAsync(place.Tenant, "spare", 3, key: "second");
        second.IsProblem(409, "operation-running");
        Assert.Contains(first.Id, (string?)second.Body["detail"], StringComparison.Ordinal);
        Assert.Equal(first.Id, (await place.ServiceAsync(place.Tenant, "main", 2, key: "first")).Is(202).Id);

        held.SetResult();
        Assert.Equal("Succeeded", (string?)(await place.EndAsync(first))["state"]);
        var repeat = await place.ServiceAsync(place.Tenant, "spare", 3, key: "second");
        repeat.IsProblem(409, "operation-running");
        Assert.Equal((string?)second.Body["detail"], (string?)repeat.Body["detail"]);
        Assert.Equal(place.Numbers(0, 1), await place.HasAsync(place.Tenant));

        Assert.Equal("Succeeded", (string?)(await place.AssignAsync(place.Tenant, "spare", 3))["state"]);
        Assert.Equal(5, (await place.HasAsync(place.Tenant)).Count());
    }

    [Fact]
    public async Task One_that_runs_for_an_account_holds_up_no_other_account_and_no_allocation_by_hand()
    {
        var held = new TaskCompletionSource();
        table.Before = changes =>
            changes.Any(change => change.Row.RowKey == $"A|{place.Tenant}") ? held.Task : Task.CompletedTask;
        var first = (await place.ServiceAsync(place.Tenant, "main", 2)).Is(202);

        Assert.Equal("Succeeded", (string?)(await place.AssignAsync(place.Neighbour, "main", 2))["state"]);
        (await place.AllocateAsync("acme", 19)).Is(201);

        // Its choice was taken meanwhile: it waits a moment, by the clock of the test, and chooses again.
        held.SetResult();
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(first.Id))["state"]);
        Assert.Equal(2, (await place.HasAsync(place.Tenant)).Count());
        Assert.Empty((await place.HasAsync(place.Tenant)).Intersect(await place.HasAsync(place.Neighbour)));
    }

    [Fact]
    public async Task C1_A_repeat_mends_an_operation_that_was_accepted_and_never_scheduled()
    {
        table.After = changes =>
        {
            if (InterruptibleTable.Accepts(changes))
                throw new IOException("The process dies here.");
        };
        (await place.ServiceAsync(place.Tenant, "main", 2, key: "mine")).IsProblem(503, "storage-unavailable");
        table.After = _ => { };
        var row = Assert.Single(place.Rows, row => row.Contains("State=Accepted", StringComparison.Ordinal));

        var repeat = (await place.ServiceAsync(place.Tenant, "main", 2, key: "mine")).Is(202);
        Assert.StartsWith($"O|{repeat.Id} ", row, StringComparison.Ordinal);
        Assert.Equal(("Succeeded", 2),
            ((string?)(await place.EndAsync(repeat))["state"], (await place.HasAsync(place.Tenant)).Count()));
    }

    [Fact]
    public async Task C1_Another_body_does_not_start_what_was_accepted_and_never_scheduled()
    {
        table.After = changes =>
        {
            if (InterruptibleTable.Accepts(changes))
                throw new IOException("The process dies here.");
        };
        (await place.ServiceAsync(place.Tenant, "main", 2, key: "mine")).IsProblem(503, "storage-unavailable");
        table.After = _ => { };
        var before = place.Rows;

        (await place.ServiceAsync(place.Tenant, "main", 3, key: "mine")).IsProblem(422, "idempotency-key-reused");

        Assert.Equal(before, place.Rows);
        Assert.Null(await app.Durable
            .GetInstanceAsync($"voice~{place.Site}~{place.Tenant}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_operation_that_was_terminated_by_hand_is_settled_as_failed_by_its_repeat()
    {
        var held = new TaskCompletionSource();
        table.Before = changes => InterruptibleTable.Takes(changes) ? held.Task : Task.CompletedTask;
        var accepted = (await place.ServiceAsync(place.Tenant, "main", 2, key: "mine")).Is(202);
        var instance = $"voice~{place.Site}~{place.Tenant}";
        await app.Durable.TerminateInstanceAsync(instance, cancellation: TestContext.Current.CancellationToken);
        await app.Durable.WaitForInstanceCompletionAsync(instance, cancellation: TestContext.Current.CancellationToken);

        var repeat = (await place.ServiceAsync(place.Tenant, "main", 2, key: "mine")).Is(202);
        held.SetException(new IOException("The process dies here."));

        Assert.Equal(
            (accepted.Id, "Failed", "step-failed"),
            (repeat.Id, (string?)repeat.Body["state"], (string?)repeat.Body["reason"]!["code"]));
        table.Before = _ => Task.CompletedTask;
        Assert.Equal("Succeeded", (string?)(await place.AssignAsync(place.Tenant, "main", 2))["state"]);
    }

    [Fact]
    public async Task A_step_that_fails_is_tried_again_and_people_see_why_and_when()
    {
        table.Before = Lost;
        var accepted = (await place.ServiceAsync(place.Tenant, "main", 2)).Is(202);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var progress = await ProgressAsync(accepted.Id, attempt);
            Assert.Equal(
                ("take", "table storage did not answer"), ((string?)progress["step"], (string?)progress["reason"]));
            var nextTryAt = DateTimeOffset.Parse((string)progress["nextTryAt"]!, CultureInfo.InvariantCulture);
            Assert.Equal(TimeSpan.FromSeconds(1 << (attempt - 1)), nextTryAt - app.Clock.GetUtcNow());
            if (attempt == 3)
                table.Before = _ => Task.CompletedTask;
            app.Clock.Advance(nextTryAt - app.Clock.GetUtcNow());
        }

        var ended = await place.EndAsync(accepted);
        Assert.Equal(("Succeeded", 2), ((string?)ended["state"], (int?)ended["numberCount"]));
        Assert.Null(ended["progress"]);
    }

    [Fact]
    public async Task A_step_that_fails_for_good_ends_the_operation_with_a_reason_and_changes_nothing()
    {
        table.Before = Lost;
        var accepted = (await place.ServiceAsync(place.Tenant, "main", 2)).Is(202);
        for (var attempt = 1; attempt < 10; attempt++)
        {
            var progress = await ProgressAsync(accepted.Id, attempt);
            var nextTryAt = DateTimeOffset.Parse((string)progress["nextTryAt"]!, CultureInfo.InvariantCulture);
            app.Clock.Advance(nextTryAt - app.Clock.GetUtcNow());
        }

        var ended = await place.EndAsync(accepted);
        Assert.Equal(("Failed", "step-failed", 0),
            ((string?)ended["state"], (string?)ended["reason"]!["code"], (int?)ended["numberCount"]));
        Assert.Empty(await place.HasAsync(place.Tenant));

        table.Before = _ => Task.CompletedTask;
        Assert.Equal("Succeeded", (string?)(await place.AssignAsync(place.Tenant, "main", 2))["state"]);
    }

    [Fact]
    public async Task R1_A_service_accepted_before_the_site_left_the_platforms_care_is_refused_when_its_turn_comes()
    {
        var (held, reached) = (new TaskCompletionSource(), new TaskCompletionSource());
        table.Before = async changes =>
        {
            if (InterruptibleTable.Takes(changes))
            {
                reached.TrySetResult();
                await held.Task;
                throw new IOException("Lost, so that it decides again.");
            }
        };
        var accepted = (await place.ServiceAsync(place.Tenant, "main", 2)).Is(202);
        await reached.Task.WaitAsync(TestContext.Current.CancellationToken);
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        held.SetResult();
        await ProgressAsync(accepted.Id, 1);
        table.Before = _ => Task.CompletedTask;
        app.Clock.Advance(TimeSpan.FromSeconds(1));

        var ended = await place.EndAsync(accepted);
        Assert.Equal(("Refused", "site-not-managed"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Empty(await place.HasAsync(place.Tenant));
    }

    static Task Lost(IReadOnlyList<Storage.RowChange> changes) =>
        InterruptibleTable.Takes(changes)
            ? Task.FromException(new IOException("The request was lost.")) : Task.CompletedTask;

    /// <summary>What people see of the operation once a step has failed so often.</summary>
    async Task<System.Text.Json.Nodes.JsonNode> ProgressAsync(string operation, int attempt)
    {
        var seen = await Eventually.GetAsync(
            () => app.GetAsync($"operations/{operation}", place.Platform),
            answer => answer.Is(200).Body["endedAt"] is not null
                || (int?)answer.Body["progress"]?["attempt"] == attempt);
        Assert.Null(seen.Body["endedAt"]);
        return seen.Body["progress"]!;
    }
}
