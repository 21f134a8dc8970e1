using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.Operations;
using Telephony.Testing;

namespace Telephony.Functions.Tests.MainNumber;

/// <summary>What a test does with the main numbers of a place.</summary>
static class MainNumberDesk
{
    static string Path(Place place, string? account) =>
        $"sites/{place.Site}/accounts/{account ?? place.Tenant}/main-number";

    public static async Task NominateAsync(this Place place, params int[] offsets) => (await place.App.PostAsync(
        $"sites/{place.Site}/nominations", place.Platform, new { numbers = place.Numbers(offsets) })).Is(201);

    public static async Task<Answer> ReadMainAsync(this Place place, string? account = null, string? token = null) =>
        await place.App.GetAsync(Path(place, account), token ?? place.Admin);

    /// <param name="place">Where.</param>
    /// <param name="offset">Which of its numbers.</param>
    /// <param name="match">The ETag to match; null creates.</param>
    /// <param name="key">The Idempotency-Key; null sends a new one.</param>
    /// <param name="account">Whose; null for the tenant's.</param>
    /// <param name="token">The operator's admin's, unless given.</param>
    public static Task<Answer> PutMainAsync(
        this Place place, int offset, string? match = null, string? key = null, string? account = null,
        string? token = null) => place.App.PutAsync(
            Path(place, account), token ?? place.Admin, new { number = place.Number(offset) }, match,
            key ?? place.App.NewKey());

    public static Task<Answer> RemoveMainAsync(this Place place, string match, string? key = null) =>
        place.App.SendAsync(HttpMethod.Delete, Path(place, null), place.Admin, request =>
        {
            request.Headers.TryAddWithoutValidation("If-Match", match);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key ?? place.App.NewKey());
        });

    public static Task<Answer> SayAsync(this Place place, int offset, string? key = null) => place.App.PostAsync(
        $"sites/{place.Site}/numbers/{place.Number(offset)}/activation", place.Platform, new { }, key);

    public static Task<Answer> SteerAsync(
        this Place place, string what, string operation, string? token = null, string? key = null) =>
        place.App.PostAsync($"operations/{operation}/{what}", token ?? place.Admin, new { }, key);

    public static string User(this Place place, string name) =>
        place.App.Token(Role.OperatorUser, place.Owner, sites: [place.Site], user: name);

    /// <summary>The operation once it waits, or has ended.</summary>
    public static async Task<JsonObject> WaitsAsync(this Place place, string operation) => (await Eventually.GetAsync(
        () => place.App.GetAsync($"operations/{operation}", place.Platform), WaitsOrHasEnded)).Body;

    /// <summary>The operation once it waits, or has ended; the clock goes on, so that what fails is tried again.
    /// </summary>
    public static async Task<JsonObject> WaitsInTimeAsync(this Place place, string operation) =>
        (await place.App.AdvanceUntilAsync(
            () => place.App.GetAsync($"operations/{operation}", place.Platform), WaitsOrHasEnded)).Body;

    static bool WaitsOrHasEnded(Answer seen) => seen.Is(200).Body["endedAt"] is not null
        || (string)seen.Body["state"]! == nameof(OperationState.Waiting);

    /// <summary>A site where requests count as the platform's word, the tenant has a service and no number.</summary>
    public static async Task<Place> PlaceForMainsAsync(this World world)
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules =>
        {
            rules["mainActivation"] = "OnRequest";
            rules["services"]!.AsArray()[0]!["needsMain"] = false;
        });
        await place.AssignAsync(place.Tenant, "lines", 1);
        return place;
    }
}
