using System.Text.Json.Nodes;
using Telephony.Domain.Numbers;
using Telephony.Functions.Tests.MainNumber;

namespace Telephony.Functions.Tests.Groups;

/// <summary>What a test does with what callers of main numbers meet.</summary>
static class GroupDesk
{
    public static string MainPath(this Place place, string? account = null) =>
        $"sites/{place.Site}/accounts/{account ?? place.Tenant}/main-number";

    public static Task<Answer> ReadConfigurationAsync(this Place place, string? account = null) =>
        place.App.GetAsync($"{place.MainPath(account)}/configuration", place.Admin);

    /// <param name="place">Where.</param>
    /// <param name="body">An object, or a text that is sent as it is.</param>
    /// <param name="match">The ETag to match; null creates.</param>
    /// <param name="key">The Idempotency-Key; null sends a new one.</param>
    /// <param name="account">Whose; null for the tenant's.</param>
    public static Task<Answer> ConfigureAsync(
        this Place place, object body, string? match = null, string? key = null, string? account = null) =>
        place.App.PutAsync(
            $"{place.MainPath(account)}/configuration", place.Admin, body, match, key ?? place.App.NewKey());

    public static async Task<string?> ETagAsync(this Place place) => (await place.ReadConfigurationAsync()).ETag;

    public static Task<Answer> ScheduleAsync(this Place place, object body, string? match = null) => place.App.PutAsync(
        $"sites/{place.Site}/schedule", place.Admin, body, match, place.App.NewKey());

    public static async Task<JsonObject> RouteAsync(this Place place, string at, string? account = null) =>
        (await place.App.GetAsync($"{place.MainPath(account)}/route?at={at}", place.Admin)).Is(200).Body;

    /// <summary>Direct numbers of the tenant, in service.</summary>
    public static async Task BringIntoServiceAsync(this Place place, params int[] offsets)
    {
        (await place.AllocateAsync(place.Tenant, offsets)).Is(201);
        await place.ActivateAsync(place.Numbers(offsets));
    }

    public static Task TakeOutOfServiceAsync(this Place place, params int[] offsets) => place.MoveAsync(
        place.Numbers(offsets), order => new NumberCommand.Deactivate(order with { By = Party.Platform }),
        order => new NumberCommand.ConfirmDeactivation(order));

    /// <summary>An account's main number, in service; the tenant's when none is named.</summary>
    public static async Task PutMainInServiceAsync(this Place place, int offset, string? account = null)
    {
        await place.NominateAsync(offset);
        await place.WaitsAsync((await place.PutMainAsync(offset, account: account)).Is(202).Id);
        (await place.SayAsync(offset)).Is(201);
    }
}
