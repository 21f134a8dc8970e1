using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Allocation;

/// <summary>A voice service that ends in part, and whose end is lost.</summary>
public sealed class InterruptedServiceTests(AzuriteFixture azurite) : IAsyncLifetime
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_in_part_ends_so_though_its_close_is_repeated_and_keeps_what_it_took(bool wasWritten)
    {
        await place.RulesAsync(rules => rules["allOrNothing"] = false);
        var closes = 0;
        table.Before = changes => !wasWritten && Lost(changes) ? throw new IOException("Lost.") : Task.CompletedTask;
        table.After = changes =>
        {
            if (wasWritten && Lost(changes))
                throw new IOException("The answer was lost.");
        };

        var accepted = (await place.ServiceAsync(place.Tenant, "main", 25)).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);
        var instance = app.Durable.WaitForInstanceCompletionAsync(
            $"voice~{place.Site}~{place.Tenant}", cancellation: TestContext.Current.CancellationToken);
        // The repeat of the close waits by the clock of the test.
        await app.AdvanceUntilAsync(() => instance.IsCompleted);
        await instance;
        ended = (await app.GetAsync($"operations/{accepted.Id}", place.Platform)).Is(200).Body;

        Assert.Equal(("Partial", 20, "pool-exhausted"), (
            (string?)ended["state"], (int?)ended["numberCount"], (string?)ended["reason"]!["code"]));
        Assert.Equal(20, (await place.HasAsync(place.Tenant)).Count());
        Assert.Equal(1, ended["steps"]!.AsArray().Count(step => (string?)step!["name"] == "close"));
        Assert.True(closes >= 1, "Nothing was lost.");

        bool Lost(IReadOnlyList<Storage.RowChange> changes) =>
            InterruptibleTable.Closes(changes) && Interlocked.Increment(ref closes) == 1;
    }
}
