using Telephony.Functions.Storage;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Assignment;

/// <summary>A user is removed and gets a number at the same time: one of the two does not happen.</summary>
public sealed class LeavingUserTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable directory = null!;
    Place place = null!;
    Desks desks = null!;

    string Amir => $"accounts/{place.Tenant}/users/{desks.Amir}";

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrap: table => directory = new(table));
        await World.OpenAsync(app);
        place = await World.PlaceAsync(app, 1, 20);
        desks = await Desks.AtAsync(place);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Who_gets_a_number_after_the_first_look_stays()
    {
        directory.Before = Once(Marks, async () =>
            Assert.Equal("Succeeded", (string?)(await desks.AssignAsync(0, new { user = desks.Amir }))["state"]));

        (await DeleteAsync()).IsProblem(409, "user-has-numbers");

        Assert.Equal(desks.Amir, (string?)(await desks.ReadAsync(0)).Is(200).Body["user"]);
        Assert.Equal("Succeeded", (string?)(await desks.AssignAsync(1, new { user = desks.Amir }))["state"]);
    }

    [Fact]
    public async Task Who_is_being_removed_gets_no_number()
    {
        Answer? refused = null;
        directory.Before = Once(
            changes => changes.Any(change => change is RowChange.Delete),
            async () => refused = await desks.PutAsync(0, new { user = desks.Amir }));

        Assert.Equal(204, (await DeleteAsync()).Status);

        Assert.NotNull(refused);
        refused.IsProblem(409, "assignment-refused");

        Assert.Equal(404, (await app.GetAsync(Amir, place.Admin)).Status);
        (await desks.ReadAsync(0)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_removal_that_died_on_its_way_is_ended_by_its_repeat_or_called_off_by_who_wants_the_user()
    {
        directory.After = changes =>
        {
            if (Marks(changes))
                throw new IOException("The process dies here.");
        };
        (await DeleteAsync()).IsProblem(503, "storage-unavailable");
        directory.After = _ => { };
        (await desks.PutAsync(0, new { user = desks.Amir })).IsProblem(409, "assignment-refused");

        await RenameAsync(desks.Amir);
        Assert.Equal("Succeeded", (string?)(await desks.AssignAsync(0, new { user = desks.Amir }))["state"]);
        (await desks.DeleteAsync(0, (await desks.ReadAsync(0)).ETag!)).Is(200);

        Assert.Equal(204, (await DeleteAsync()).Status);
    }

    [Fact]
    public async Task A_removal_that_was_refused_and_died_before_it_said_so_does_not_keep_the_user_from_numbers()
    {
        directory.Before = Once(Marks, async () =>
        {
            Assert.Equal("Succeeded", (string?)(await desks.AssignAsync(0, new { user = desks.Amir }))["state"]);
            directory.Before = changes => Marks(changes) || !changes.Any(change => change.Row.RowKey[0] == 'V')
                ? Task.CompletedTask
                : throw new IOException("The process dies here.");
        });
        (await DeleteAsync()).IsProblem(503, "storage-unavailable");
        (await desks.PutAsync(1, new { user = desks.Amir })).IsProblem(409, "assignment-refused");
        directory.Before = _ => Task.CompletedTask;

        (await DeleteAsync()).IsProblem(409, "user-has-numbers");

        Assert.Equal("Succeeded", (string?)(await desks.AssignAsync(1, new { user = desks.Amir }))["state"]);
    }

    [Fact]
    public async Task Who_was_changed_while_being_removed_stays_and_gets_numbers()
    {
        directory.Before = Once(Marks, () => RenameAsync("Amir of the tenant"));

        (await DeleteAsync()).IsProblem(412, "precondition-failed");

        Assert.Equal("Amir of the tenant", (string?)(await app.GetAsync(Amir, place.Admin)).Is(200).Body["name"]);
        Assert.Equal("Succeeded", (string?)(await desks.AssignAsync(0, new { user = desks.Amir }))["state"]);
    }

    async Task RenameAsync(string name)
    {
        var user = (await app.GetAsync(Amir, place.Admin)).Is(200);
        (await app.PutAsync(Amir, place.Admin, new
        {
            name, email = $"{desks.Amir}@{place.Tenant}.example", role = "OccupierUser", sites = new[] { place.Site },
        }, user.ETag)).Is(200);
    }

    static Func<IReadOnlyList<RowChange>, Task> Once(Predicate<IReadOnlyList<RowChange>> when, Func<Task> act)
    {
        var done = false;
        return changes => !done && when(changes) && (done = true) ? act() : Task.CompletedTask;
    }

    static bool Marks(IReadOnlyList<RowChange> changes) =>
        changes.Any(change => change.Row.ContainsKey("Leaving"));

    async Task<Answer> DeleteAsync()
    {
        var user = (await app.GetAsync(Amir, place.Admin)).Is(200);
        return await app.SendAsync(HttpMethod.Delete, Amir, place.Admin, request =>
            request.Headers.TryAddWithoutValidation("If-Match", user.ETag));
    }
}
