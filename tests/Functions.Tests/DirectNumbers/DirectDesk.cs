using System.Text.Json.Nodes;
using Telephony.Domain.Numbers;
using Telephony.Functions.Tests.Messaging;

namespace Telephony.Functions.Tests.DirectNumbers;

/// <summary>What a test does with the direct numbers of a place.</summary>
static class DirectDesk
{
    static string Path(Place place, int offset) => $"sites/{place.Site}/numbers/{place.Number(offset)}/activation";

    public static Task<Answer> ActivateOneAsync(
        this Place place, int offset, string? key = null, string? token = null) =>
        place.App.PostAsync(Path(place, offset), token ?? place.Admin, new { }, key);

    /// <param name="place">Where.</param>
    /// <param name="offset">Which of its numbers.</param>
    /// <param name="etag">The version that the caller saw; null for the one that it is at.</param>
    /// <param name="key">The Idempotency-Key; null sends a new one.</param>
    public static async Task<Answer> DeactivateOneAsync(
        this Place place, int offset, string? etag = null, string? key = null)
    {
        etag ??= await place.ETagAsync(offset);
        return await place.App.SendAsync(HttpMethod.Delete, Path(place, offset), place.Admin, request =>
        {
            request.Headers.TryAddWithoutValidation("If-Match", etag);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key ?? place.App.NewKey());
        });
    }

    public static async Task<string> ETagAsync(this Place place, int offset) =>
        (await place.App.GetAsync($"sites/{place.Site}/numbers/{place.Number(offset)}", place.Admin)).Is(200).ETag!;

    /// <param name="place">Where.</param>
    /// <param name="goal">activations or deactivations.</param>
    /// <param name="body">Which numbers.</param>
    /// <param name="key">The Idempotency-Key; null sends a new one.</param>
    public static Task<Answer> SendAsync(this Place place, string goal, object body, string? key = null) =>
        place.App.PostAsync($"sites/{place.Site}/{goal}", place.Admin, body, key);

    public static async Task<string> StatesAsync(this Place place, params int[] offsets)
    {
        var states = new List<NumberState>();
        foreach (var offset in offsets)
            states.Add((await place.StoredAsync(place.Number(offset))).State);
        return string.Join(' ', states);
    }

    public static Task SayAsync(this BackOffice office, Place place, string type, int offset, string? reason = null) =>
        office.DoneAsync(type, reason is null
            ? new { number = place.Number(offset) }
            : new { number = place.Number(offset), reason });

    /// <summary>Errors as number and code, such as <c>5 no-entitlement</c>.</summary>
    public static IEnumerable<string> Errors(this Place place, JsonNode answer) => answer["errors"]!.AsArray()
        .Select(error => $"{Offset(place, (string)error!["number"]!)} {error["code"]}");

    static long Offset(Place place, string number) => long.Parse(number[1..]) - long.Parse(place.Number(0)[1..]);

    /// <summary>A site where the tenant has a service of so many units, and these numbers by hand.</summary>
    public static async Task<Place> PlaceForDirectAsync(
        this World world, int units, int[] offsets, string directActivation = "Immediate")
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, offsets)).Is(201);
        await place.RulesAsync(rules =>
        {
            rules["directActivation"] = directActivation;
            rules["autoAllocate"] = false;
        });
        if (units > 0)
            await place.AssignAsync(place.Tenant, "lines", units);
        return place;
    }
}
