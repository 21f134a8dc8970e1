using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Assignment;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Sweep;

/// <summary>The timer logs visitors out, whatever else happens at that moment.</summary>
public sealed class EndSessionsTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable sites = null!;
    Place place = null!;
    Desks desks = null!;

    /// <summary>Two visitors at two shared handsets, whose time is over.</summary>
    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: table => sites = new(table));
        await World.OpenAsync(app);
        place = await World.PlaceAsync(app, 1, 20);
        desks = await Desks.AtAsync(place);
        var at = desks.Furniture;
        (await at.ChangeAsync("ports/p-a2", new { @switch = "core", name = "Gi1/0/4", space = "sofa" })).Is(200);
        await desks.PhoneAsync(8, "sofa", "p-a2", shared: true);
        foreach (var (number, user, handset) in new[] { (0, desks.Ada, 3), (1, desks.Amir, 8) })
        {
            await desks.AssignAsync(number, new { user });
            await desks.LetVisitAsync(number);
            (await desks.HandsetAsync(handset, "login", new { number = place.Number(number), hours = 1 })).Is(201);
        }

        app.Clock.Advance(TimeSpan.FromHours(2));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Who_logs_out_at_that_moment_is_logged_out_and_so_are_the_others()
    {
        sites.BeforeFind = InterruptibleTable.Once(
            key => key.StartsWith("V|", StringComparison.Ordinal),
            async () => (await desks.NumberAsync(0, "logout", new { })).Is(201));

        await app.SweepAsync();

        Assert.Empty(await LoggedInAsync());
    }

    [Fact]
    public async Task A_number_that_cannot_be_logged_out_keeps_no_other_from_it_and_the_chore_says_so()
    {
        var line = SiteKeys.Line(E164.Parse(place.Number(0)));
        sites.Before = changes => changes.Any(change => change.Row.RowKey == line)
            ? throw new IOException("The row is out of reach.")
            : Task.CompletedTask;

        var e = await Assert.ThrowsAsync<InvalidOperationException>(app.SweepAsync);

        Assert.Contains("EndSessions", e.Message, StringComparison.Ordinal);
        Assert.Equal([0], await LoggedInAsync());

        sites.Before = _ => Task.CompletedTask;
        await app.SweepAsync();
        Assert.Empty(await LoggedInAsync());
    }

    async Task<List<int>> LoggedInAsync()
    {
        var found = new List<int>();
        foreach (var number in new[] { 0, 1 })
        {
            if ((await desks.ReadAsync(number)).Is(200).Body["session"] is not null)
                found.Add(number);
        }

        return found;
    }
}
