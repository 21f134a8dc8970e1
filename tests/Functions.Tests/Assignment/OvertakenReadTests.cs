using Telephony.Domain;
using Telephony.Domain.Places;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Assignment;

/// <summary>Somebody ends an assignment or a session while another request has read only some of its rows.</summary>
public sealed class OvertakenReadTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable sites = null!;
    Desks desks = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: table => sites = new(table));
        await World.OpenAsync(app);
        desks = await Desks.AtAsync(await World.PlaceAsync(app, 1, 20));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Of_two_that_unassign_a_number_at_once_one_learns_that_it_has_changed()
    {
        await desks.AssignAsync(0, new { user = desks.Ada });
        var seen = (await desks.ReadAsync(0)).ETag!;
        sites.BeforeFind = Before("U|", async () => (await desks.DeleteAsync(0, seen)).Is(200));

        (await desks.DeleteAsync(0, seen)).IsProblem(412, "precondition-failed");

        (await desks.ReadAsync(0)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Who_assigns_a_number_to_a_handset_that_is_carried_away_learns_that_it_is_nowhere()
    {
        var (at, handset) = (desks.Furniture, $"handsets/{desks.Furniture.Phone(4)}");
        (await at.PutAsync("spaces/x", new { kind = "SharedArea", floor = "2", label = "X" })).Is(201);
        (await at.ChangeAsync("ports/p-a2", new { @switch = "core", name = "Gi1/0/4", space = "x" })).Is(200);
        (await at.ChangeAsync(handset, new { space = "x", port = "p-a2" })).Is(200);
        sites.BeforeFind = Before(SiteKeys.Place(Space.RefOf(Id<Space>.Parse("x"))), async () =>
        {
            (await at.ChangeAsync(handset, new { })).Is(200);
            (await at.ChangeAsync("ports/p-a2", new { @switch = "core", name = "Gi1/0/4", space = "a" })).Is(200);
            (await at.DeleteAsync("spaces/x")).Is(204);
        });

        var refused = await desks.PutAsync(0, new { user = desks.Ada, handset = at.Phone(4) });

        refused.IsProblem(409, "assignment-refused");
        Assert.Equal(["handset-nowhere"], Desks.Codes(refused.Body));
    }

    [Fact]
    public async Task Of_two_that_log_a_visitor_out_at_once_one_learns_that_nobody_is_logged_in()
    {
        await desks.AssignAsync(0, new { user = desks.Ada });
        await desks.LetVisitAsync(0);
        (await desks.HandsetAsync(3, "login", new { number = desks.Number(0) })).Is(201);
        sites.BeforeFind = Before("V|", async () => (await desks.HandsetAsync(3, "logout", new { })).Is(201));

        var late = await desks.NumberAsync(0, "logout", new { });

        late.IsProblem(409, "assignment-refused");
        Assert.Equal(["no-session"], Desks.Codes(late.Body));
    }

    [Fact]
    public async Task Who_confirms_where_a_number_is_that_is_taken_from_there_learns_that_it_is_assigned_to_nobody()
    {
        var at = desks.Furniture;
        (await at.PutAsync("spaces/x", new { kind = "SharedArea", floor = "2", label = "X" })).Is(201);
        await desks.AssignAsync(0, new { space = "x" });
        var (seen, location) = ((await desks.ReadAsync(0)).ETag!, await desks.LocationAsync(0));
        sites.BeforeFind = Before(SiteKeys.Place(Space.RefOf(Id<Space>.Parse("x"))), async () =>
        {
            (await desks.DeleteAsync(0, seen)).Is(200);
            (await at.DeleteAsync("spaces/x")).Is(204);
        });

        var refused = await desks.NumberAsync(0, "emergency/confirmation", new { location });

        refused.IsProblem(409, "assignment-refused");
        Assert.Equal(["not-assigned"], Desks.Codes(refused.Body));
    }

    static Func<string, Task> Before(string prefix, Func<Task> act) =>
        InterruptibleTable.Once(key => key.StartsWith(prefix, StringComparison.Ordinal), act);
}
