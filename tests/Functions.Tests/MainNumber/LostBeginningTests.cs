using Telephony.Domain.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.MainNumber;

/// <summary>A beginning that is written down, and whose writer does not learn of it.</summary>
public sealed class LostBeginningTests(AzuriteFixture azurite) : IAsyncLifetime
{
    TestApp app = null!;
    InterruptibleTable table = null!;
    Place place = null!;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: sites => table = new(sites));
        await World.OpenAsync(app);
        place = await World.PlaceAsync(app, 1, 20);
        await place.AssignAsync(place.Tenant, "lines", 1);
        await place.NominateAsync(5);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task Called_off_before_the_next_try_nothing_is_left_waiting()
    {
        var lost = 0;
        table.After = changes =>
        {
            if (Begins(changes) && Interlocked.Increment(ref lost) == 1)
                throw new IOException("The answer was lost.");
        };
        var accepted = (await place.PutMainAsync(5)).Is(202);
        // The clock of the test stands still, so that it pauses before the next try.
        await Eventually.That(() => Volatile.Read(ref lost) > 0);

        Assert.Equal(NumberState.Activating, (await place.StoredAsync(place.Number(5))).State);
        (await place.SteerAsync("cancel", accepted.Id)).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);

        Assert.Equal("Cancelled", (string?)ended["state"]);
        Assert.Equal(NumberState.Reserved, (await place.StoredAsync(place.Number(5))).State);
    }

    static bool Begins(IReadOnlyList<RowChange> changes) =>
        changes is [RowChange.Merge { Row: { } row }, ..]
        && row.GetString("Steps") is { } steps && steps.StartsWith($"{Waiting.BeginStep}=", StringComparison.Ordinal)
        && !steps.Contains(';', StringComparison.Ordinal);
}
