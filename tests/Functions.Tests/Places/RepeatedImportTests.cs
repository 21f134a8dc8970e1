using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Places;

/// <summary>C1: an import of places is put once for each key, however often it is sent.</summary>
public sealed class RepeatedImportTests(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>One space is new, one is changed, and one cannot be.</summary>
    const string File = "id,kind,floor,label\na,Desk,2,renamed\nnew,Desk,2,x\nbad id,Desk,2,x\n";

    TestApp app = null!;
    InterruptibleTable table = null!;
    int places;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: sites => table = new(sites));
        await World.OpenAsync(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task C1_A_late_repeat_answers_as_the_first_did_and_leaves_what_was_changed_since()
    {
        var (place, at) = await FurnishedAsync();
        var first = (await at.ImportFileAsync("Space", File, key: "mine")).Is(200);
        Assert.Equal((1, 1, 1), Counts(first));
        (await at.ChangeAsync("spaces/a", Furniture.Desk(place.Tenant, "7"))).Is(200);
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        var before = place.Rows;

        Assert.Equal(first.Text, (await at.ImportFileAsync("Space", File, key: "mine")).Is(200).Text);
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task C1_The_same_key_with_another_file_or_of_another_kind_is_refused_and_changes_nothing()
    {
        var (place, at) = await FurnishedAsync();
        var handset = new { handsets = new[] { new { mac = at.Phone(1) } } };
        (await at.ImportAsync(handset, key: "mine")).Is(200);
        var before = place.Rows;

        (await at.ImportAsync(new { handsets = new[] { new { mac = at.Phone(2) } } }, key: "mine"))
            .IsProblem(422, "idempotency-key-reused");
        (await at.ImportFileAsync("Space", File, key: "mine")).IsProblem(422, "idempotency-key-reused");
        Assert.Equal(before, place.Rows);
        (await at.ImportAsync(handset, key: "mine")).Is(200);
    }

    [Fact]
    public async Task A_dry_run_leaves_its_key_free_and_asks_nothing_of_it()
    {
        var (_, at) = await FurnishedAsync();
        (await at.ImportFileAsync("Space", "id,kind,floor,label\na,Desk,2,other\n", "&dryRun=true", "mine")).Is(200);
        var done = (await at.ImportFileAsync("Space", File, key: "mine")).Is(200);
        Assert.Equal((1, 1, 1), Counts(done));

        var dry = (await at.ImportFileAsync("Space", File, "&dryRun=true", "mine")).Is(200);
        Assert.Equal((0, 0, 1), Counts(dry));
    }

    [Fact]
    public async Task An_import_is_among_the_operations_with_what_could_not_go_in()
    {
        var (place, at) = await FurnishedAsync();
        var told = (await at.ImportFileAsync("Space", File)).Is(200);
        var listed = Assert.Single(
            await place.ListAsync($"{at.Base}/operations"), item => (string?)item["kind"] == "PlaceImport");
        Assert.Equal((string?)listed["id"], (string?)told.Body["operation"]);
        var one = (await app.GetAsync($"operations/{listed["id"]}", place.Admin)).Is(200).Body;

        Assert.Equal(("Partial", "olga"), ((string?)one["state"], (string?)one["requestedBy"]));
        Assert.Equal((3, 1), ((int?)one["places"]!["count"], (int?)one["places"]!["refused"]));
        Assert.Equal("rows-refused", (string?)one["reason"]!["code"]);
        Assert.Equal(4, (int?)Assert.Single(one["errors"]!.AsArray())!["row"]);
        (await app.PostAsync($"operations/{listed["id"]}/retry", place.Admin, new { }))
            .IsProblem(409, "operation-not-retryable");

        (await at.ImportFileAsync("Space", "id,kind,floor,label\nbad id,Desk,2,x\n", key: "none")).Is(200);
        var states = (await place.ListAsync($"{at.Base}/operations")).Where(item => item["places"] is not null)
            .Select(item => (string?)item["state"]);
        Assert.Equal(["Partial", "Refused"], states.Order());
    }

    [Fact]
    public async Task C1_Whichever_write_is_lost_a_repeat_with_its_key_puts_the_rest()
    {
        const int WritesMax = 10;
        var struck = 0;
        for (var lost = 1; lost <= WritesMax; lost++)
        {
            var (_, at) = await FurnishedAsync();
            var body = new
            {
                switches = new[] { new { id = "big", name = "SW-BIG" } },
                ports = new[] { new { id = "p", @switch = "big", name = "1", space = "a" } },
                handsets = new[] { new { mac = at.Phone(1), space = "a", port = "p" } },
            };
            var writes = 0;
            table.Before = _ => ++writes == lost ? throw new IOException("Lost.") : Task.CompletedTask;
            var first = await at.ImportAsync(body, key: "mine");
            table.Before = _ => Task.CompletedTask;
            struck += first.Status >= 500 ? 1 : 0;

            var again = (await at.ImportAsync(body, key: "mine")).Is(200);
            Assert.Equal(3, (int)again.Body["created"]! + (int)again.Body["unchanged"]!);
            Assert.Empty(Furniture.Missing(await at.GetAsync($"handsets/{at.Phone(1)}")));
            if (first.Status == 200)
                break;
        }

        // A transaction for each kind, and the one that keeps what came of it.
        Assert.InRange(struck, 4, WritesMax - 1);
    }

    static (int, int, int) Counts(Answer done) =>
        ((int)done.Body["created"]!, (int)done.Body["changed"]!, (int)done.Body["refused"]!);

    async Task<(Place Place, Furniture At)> FurnishedAsync()
    {
        var place = await World.PlaceAsync(app, ++places, numbers: 0);
        var at = new Furniture(place);
        await at.FurnishAsync();
        return (place, at);
    }
}
