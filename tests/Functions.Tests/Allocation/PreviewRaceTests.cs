using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Allocation;

/// <summary>A rival changes the choice between the acceptance of a voice service and the step that takes.</summary>
public sealed class PreviewRaceTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(1, "Refused")]
    [InlineData(150, "Succeeded")]
    public async Task A_service_that_was_accepted_takes_what_was_shown_or_nothing(int taken, string state)
    {
        InterruptibleTable table = null!;
        await using var app = await TestApp.StartAsync(azurite, wrapSites: sites => table = new(sites));
        await World.OpenAsync(app);
        var place = await World.PlaceAsync(app, 1, 200);
        var preview = (await app.PostAsync(
            $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/lines/preview", place.Admin,
            new { code = "voice", quantity = 3 })).Is(200);
        var decided = new TaskCompletionSource();
        var held = new TaskCompletionSource();
        table.Before = changes =>
        {
            if (!changes.Any(change => change.Row.RowKey == $"A|{place.Tenant}"))
                return Task.CompletedTask;
            decided.TrySetResult();
            return held.Task;
        };

        var accepted = (await place.ServiceAsync(
            place.Tenant, "lines", new { code = "voice", quantity = 3, preview = (string)preview.Body["token"]! }))
            .Is(202);
        await decided.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        (await place.AllocateAsync(place.Neighbour, taken)).Is(201);
        held.SetResult();
        var ended = await place.EndInTimeAsync(accepted.Id);

        Assert.Equal(state, (string?)ended["state"]);
        if (state == "Refused")
        {
            Assert.Equal("preview-stale", (string?)ended["reason"]!["code"]);
            Assert.Empty(await place.HasAsync(place.Tenant));
            Assert.Empty(await place.ListAsync($"sites/{place.Site}/accounts/{place.Tenant}/voice-services"));
        }
        else
        {
            Assert.Equal(preview.Body["numbers"]!.ToJsonString(), ended["numbers"]!.ToJsonString());
        }
    }
}
