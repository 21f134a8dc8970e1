using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.Storage;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Settings;

/// <summary>
/// A refused loop tells an occupier no more than it sees: not where the numbers of others pass their calls on to.
/// </summary>
public sealed class OthersForwardsTests(World world) : IClassFixture<World>
{
    const string Elsewhere = "Send the calls elsewhere.";
    const string Change = "Choose another number, or change one of those on the way first.";

    [Fact]
    public async Task An_occupier_reads_its_own_numbers_and_its_target_of_a_way_over_others()
    {
        var place = await EntangledAsync();
        var (own, target, back) = (place.Number(0), place.Number(3), place.Number(1));

        Assert.Equal(
            (Way(own, target, "a number of another account", back, own), Elsewhere),
            await RefusedAsync(place, target, place.As(Role.OccupierAdmin)));
        Assert.Equal(
            (Way(own, target, "a number of another account", "another number of the account", own), Elsewhere),
            await RefusedAsync(place, target, place.As(Role.OccupierUser)));
        Assert.Equal(
            (Way([own, .. place.Numbers(3, 4, 5, 1), own]), Change), await RefusedAsync(place, target, place.Admin));
    }

    [Fact]
    public async Task A_way_over_its_own_numbers_is_an_occupiers_to_change()
    {
        var place = await EntangledAsync();
        var (own, back) = (place.Number(0), place.Number(1));

        Assert.Equal((Way(own, back, own), Change), await RefusedAsync(place, back, place.As(Role.OccupierAdmin)));
        Assert.Equal((Way(own, back, own), Elsewhere), await RefusedAsync(place, back, place.As(Role.OccupierUser)));
    }

    [Fact]
    public async Task An_operation_on_many_numbers_tells_an_occupier_no_more()
    {
        var place = await EntangledAsync();
        var admin = place.As(Role.OccupierAdmin);

        var accepted = (await place.App.PostAsync($"sites/{place.Site}/settings", admin, new JsonObject
        {
            ["numbers"] = new JsonArray(place.Number(0)),
            ["settings"] = (JsonObject)ForwardTo(place.Number(3)),
        })).Is(202);
        await place.EndInTimeAsync(accepted.Id);

        var seen = (await place.App.GetAsync($"operations/{accepted.Id}", admin)).Is(200);
        Assert.Equal(
            ("call-loop", Elsewhere), ((string?)seen.Errors[0]["code"], (string?)seen.Errors[0]["wayOut"]));
        Assert.DoesNotContain(place.Number(4), seen.Text, StringComparison.Ordinal);
    }

    static string Way(params string[] points) => $"Calls would come back: {string.Join(" → ", points)}.";

    static async Task<(string? Reason, string? WayOut)> RefusedAsync(Place place, string target, string token)
    {
        var refused = await place.SetAsync(place.Number(0), ForwardTo(target), token);
        refused.IsProblem(409, "settings-refused");
        return ((string?)refused.Errors[0]["reason"], (string?)refused.Errors[0]["wayOut"]);
    }

    /// <summary>The neighbour's 3 leads over its 4 and 5 to the tenant's 1, and that to 0, which ann has.</summary>
    async Task<Place> EntangledAsync()
    {
        var place = await ServedAsync(await world.PlaceAsync(8), 3);
        (await place.AllocateAsync(place.Neighbour, 3, 4, 5)).Is(201);
        await place.ActivateAsync(place.Numbers(3, 4, 5));
        foreach (var (from, to) in new[] { (3, 4), (4, 5), (5, 1), (1, 0) })
            (await place.SetAsync(place.Number(from), ForwardTo(place.Number(to), "busy"))).Is(200);
        await place.GiveAsync("ann", place.Number(0));
        await place.PolicyAsync("occupierAdminEditsSettings", "occupierUserEditsOwnSettings");
        place.App.Clock.Advance(SitePartition.AgeMax);
        return place;
    }
}
