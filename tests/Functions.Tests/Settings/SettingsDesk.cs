using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.Settings;

/// <summary>Numbers of a place in service, and what is asked of their settings.</summary>
static class SettingsDesk
{
    /// <summary>A place whose tenant has numbers in service, from the first on.</summary>
    public static async Task<Place> ServedAsync(this World world, int numbers = 4) =>
        await ServedAsync(await world.PlaceAsync(numbers + 2), numbers);

    public static async Task<Place> ServedAsync(Place place, int numbers)
    {
        int[] offsets = [.. Enumerable.Range(0, numbers)];
        await place.AssignAsync(place.Tenant, "main", numbers);
        await place.ActivateAsync(place.Numbers(offsets));
        return place;
    }

    /// <summary>As the assignment of a number to a user writes it.</summary>
    public static async Task GiveAsync(this Place place, string user, string number)
    {
        var row = new TableEntity(place.Site, SiteKeys.UserNumber(Id<User>.Parse(user), E164.Parse(number)));
        Assert.IsType<CommitResult.Committed>(await place.App.Sites.CommitAsync(
            place.Site, [new RowChange.Insert(row)], TestContext.Current.CancellationToken));
    }

    public static string As(this Place place, Role role, string user = "ann") => place.App.Token(
        role, place.Owner, role is Role.OccupierAdmin or Role.OccupierUser ? place.Tenant : null,
        role is Role.OperatorUser ? [place.Site] : null, user);

    public static string SettingsPath(this Place place, string number) =>
        $"sites/{place.Site}/numbers/{Uri.EscapeDataString(number)}/settings";

    public static Task<Answer> ReadAsync(this Place place, string number, string? token = null) =>
        place.App.GetAsync(place.SettingsPath(number), token ?? place.Admin);

    /// <param name="place">Where.</param>
    /// <param name="number">Which number.</param>
    /// <param name="body">The patch.</param>
    /// <param name="token">Whose request; the operator's admin's unless given.</param>
    /// <param name="match">The ETag to match; null for the one that is there now; "*" for none yet.</param>
    /// <param name="key">The Idempotency-Key; null for a new one.</param>
    public static async Task<Answer> SetAsync(
        this Place place, string number, object body, string? token = null, string? match = null, string? key = null)
    {
        var etag = match ?? (await place.ReadAsync(number)).ETag ?? "\"MQ\"";
        return await place.App.SendAsync(HttpMethod.Patch, place.SettingsPath(number), token ?? place.Admin, request =>
        {
            request.Content = body is string text
                ? new StringContent(text, System.Text.Encoding.UTF8, "application/json")
                : JsonContent.Create(body);
            request.Headers.Add("Idempotency-Key", key ?? place.App.NewKey());
            request.Headers.TryAddWithoutValidation(
                etag is "*" ? "If-None-Match" : "If-Match", etag);
        });
    }

    public static object ForwardTo(string number, string when = "always") => new JsonObject
    {
        ["forwarding"] = new JsonObject { [when] = new JsonObject { ["on"] = true, ["number"] = number } },
    };

    public static IEnumerable<(string?, string?)> FieldsOf(Answer answer) =>
        answer.Errors.Select(error => ((string?)error["field"], (string?)error["code"]));

    public static Task PolicyAsync(this Place place, params string[] policies) => place.RulesAsync(rules =>
    {
        foreach (var policy in policies)
            rules["policies"]![policy] = true;
    });
}
