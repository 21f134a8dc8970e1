namespace Telephony.Functions.Tests.VoiceServices;

/// <summary>Ending a voice service.</summary>
public sealed class EndServiceTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_the_service_took_goes_back_and_what_was_allocated_by_hand_stays()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 9)).Is(201);
        await place.AssignAsync(place.Tenant, "main", 3);

        var ended = await place.EndAsync((await EndAsync(place, "main")).Is(202));

        Assert.Equal(
            ("EndOfService", "Succeeded", 2, "voice"),
            ((string?)ended["kind"], (string?)ended["state"], (int?)ended["numberCount"],
                (string?)ended["service"]!["code"]));
        Assert.Equal(["end-service", "close"], ended["steps"]!.AsArray().Select(step => (string?)step!["name"]));
        Assert.Equal(place.Numbers(9), await place.HasAsync(place.Tenant));
        Assert.Empty(await place.ListAsync($"sites/{place.Site}/accounts/{place.Tenant}/voice-services"));
    }

    [Fact]
    public async Task It_is_refused_naming_the_numbers_while_more_are_in_service_than_the_others_allow()
    {
        var place = await world.PlaceAsync();
        await place.AssignAsync(place.Tenant, "main", 2);
        await place.AssignAsync(place.Tenant, "spare", 1);
        await place.ActivateAsync(place.Numbers(0, 1));
        var before = place.Rows;

        var refused = await EndAsync(place, "main");
        refused.IsProblem(409, "numbers-in-service");
        Assert.Equal(place.Numbers(0, 1), refused.Errors.Select(error => (string)error["number"]!));
        Assert.Equal(before, place.Rows);

        // The other one may go: two are in service, and two are allowed.
        Assert.Equal("Succeeded", (string?)(await place.EndAsync((await EndAsync(place, "spare")).Is(202)))["state"]);
        Assert.Equal(place.Numbers(0, 1), await place.HasAsync(place.Tenant));
    }

    [Fact]
    public async Task A_repeat_answers_the_first_result_and_what_is_not_there_is_not_found()
    {
        var place = await world.PlaceAsync();
        await place.AssignAsync(place.Tenant, "main", 1);
        var etag = await place.ServiceVersionAsync(place.Tenant, "main");
        (await EndAsync(place, "main", match: "")).IsProblem(428, "precondition-required");
        (await EndAsync(place, "main", match: "\"OTk\"")).IsProblem(412, "precondition-failed");
        var first = (await EndAsync(place, "main", "mine", etag)).Is(202);
        await place.EndAsync(first);
        var before = place.Rows;

        var repeat = (await EndAsync(place, "main", "mine", etag)).Is(202);

        Assert.Equal((first.Id, "Succeeded"), (repeat.Id, (string?)repeat.Body["state"]));
        (await EndAsync(place, "main", null, etag)).IsProblem(404, "not-found");
        (await EndAsync(place, "never", null, etag)).IsProblem(404, "not-found");
        Assert.Equal(before, place.Rows);
    }

    static async Task<Answer> EndAsync(Place place, string service, string? key = null, string? match = null)
    {
        var etag = match ?? await place.ServiceVersionAsync(place.Tenant, service);
        return await place.App.SendAsync(
            HttpMethod.Delete, $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/{service}", place.Admin,
            request =>
            {
                request.Headers.Add("Idempotency-Key", key ?? place.App.NewKey());
                if (etag.Length > 0)
                    request.Headers.TryAddWithoutValidation("If-Match", etag);
            });
    }
}
