using Telephony.Testing;

namespace Telephony.Functions.Tests.VoiceServices;

/// <summary>
/// An operation whose orchestration ended without closing it is settled by its repeat, as it really went.
/// </summary>
public sealed class SettlementTests(AzuriteFixture azurite) : IAsyncLifetime
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
    public async Task Numbers_that_were_taken_before_it_was_terminated_make_it_partial()
    {
        var (held, closing) = (new TaskCompletionSource(), new TaskCompletionSource());
        table.Before = changes =>
        {
            if (!InterruptibleTable.Closes(changes))
                return Task.CompletedTask;
            closing.TrySetResult();
            return held.Task;
        };
        var accepted = (await place.ServiceAsync(place.Tenant, "main", 2, key: "mine")).Is(202);
        await closing.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        var instance = $"voice~{place.Site}~{place.Tenant}";
        await app.Durable.TerminateInstanceAsync(instance, cancellation: TestContext.Current.CancellationToken);
        await app.Durable.WaitForInstanceCompletionAsync(
            instance, cancellation: TestContext.Current.CancellationToken);
        held.SetException(new IOException("The process dies here."));
        table.Before = _ => Task.CompletedTask;

        var repeat = (await place.ServiceAsync(place.Tenant, "main", 2, key: "mine")).Is(202);
        Assert.Equal((accepted.Id, "Partial"), (repeat.Id, (string?)repeat.Body["state"]));
        Assert.Equal(place.Numbers(0, 1), await place.HasAsync(place.Tenant));
    }
}
