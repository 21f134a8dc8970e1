using System.Text.Json.Nodes;
using Telephony.Functions.Tests.Places;

namespace Telephony.Functions.Tests.Assignment;

/// <summary>
/// A furnished place with people: ada and amir of the tenant, thea of the neighbour; handsets 1 at the tenant's desk, 2
/// at the neighbour's, 3 the shared one at the sofa, 4 nowhere. Numbers 0 to 4 are the tenant's and in service, 5 the
/// neighbour's.
/// </summary>
sealed class Desks(Place place)
{
    public Furniture Furniture { get; } = new(place);

    public string Ada { get; } = $"ada-{place.Site}";

    public string Amir { get; } = $"amir-{place.Site}";

    public string Thea { get; } = $"thea-{place.Site}";

    public string Base => $"sites/{place.Site}";

    public string Number(int number) => place.Number(number);

    public string One(int number) => $"{Base}/numbers/{Uri.EscapeDataString(place.Number(number))}";

    public static async Task<Desks> AtAsync(Place place)
    {
        var desks = new Desks(place);
        await desks.OpenAsync();
        return desks;
    }

    async Task OpenAsync()
    {
        await Furniture.FurnishAsync();
        (await Furniture.PutAsync("ports/p-s", new { @switch = "core", name = "Gi1/0/3", space = "sofa" })).Is(201);
        (await Furniture.PutAsync("ports/p-a2", new { @switch = "core", name = "Gi1/0/4", space = "a" })).Is(201);
        await PhoneAsync(1, "a", "p-a");
        await PhoneAsync(2, "b", "p-b");
        await PhoneAsync(3, "sofa", "p-s", shared: true);
        await PhoneAsync(4, null, null);
        foreach (var (user, account) in new[]
            { (Ada, place.Tenant), (Amir, place.Tenant), (Thea, place.Neighbour) })
        {
            (await place.App.PutAsync($"accounts/{account}/users/{user}", place.Admin, new
            {
                name = user, email = $"{user}@{account}.example", role = "OccupierUser", sites = new[] { place.Site },
            })).Is(201);
        }

        (await place.AllocateAsync(place.Tenant, 0, 1, 2, 3, 4)).Is(201);
        (await place.AllocateAsync(place.Neighbour, 5)).Is(201);
        await place.ActivateAsync(place.Numbers(0, 1, 2, 3, 4, 5));
    }

    public async Task PhoneAsync(int n, string? space, string? port, bool shared = false) =>
        (await Furniture.PutAsync($"handsets/{Furniture.Phone(n)}", new { space, port, shared })).Is(201);

    public Task<Answer> PutAsync(
        int number, object to, string? match = null, string? key = null, string? token = null) =>
        place.App.PutAsync($"{One(number)}/assignment", token ?? place.Admin, to, match, key ?? place.App.NewKey());

    public async Task<JsonObject> AssignAsync(int number, object to, string? match = null, string? key = null) =>
        await EndAsync((await PutAsync(number, to, match, key)).Is(202));

    public Task<JsonObject> EndAsync(Answer accepted) => place.EndInTimeAsync(accepted.Id);

    public Task<Answer> ReadAsync(int number, string? token = null) =>
        place.App.GetAsync($"{One(number)}/assignment", token ?? place.Admin);

    public Task<Answer> DeleteAsync(int number, string match, string? key = null, string? token = null) =>
        place.App.SendAsync(HttpMethod.Delete, $"{One(number)}/assignment", token ?? place.Admin, request =>
        {
            request.Headers.TryAddWithoutValidation("If-Match", match);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key ?? place.App.NewKey());
        });

    public Task<Answer> HandsetAsync(int n, string action, object body, string? key = null, string? token = null) =>
        place.App.PostAsync(
            $"{Base}/handsets/{Furniture.Phone(n)}/{action}", token ?? place.Admin, body, key ?? place.App.NewKey());

    public Task<Answer> NumberAsync(int n, string action, object body, string? key = null, string? token = null) =>
        place.App.PostAsync($"{One(n)}/{action}", token ?? place.Admin, body, key ?? place.App.NewKey());

    /// <summary>The number's settings let its user log in elsewhere.</summary>
    public async Task LetVisitAsync(int number)
    {
        var seen = (await place.App.GetAsync($"{One(number)}/settings", place.Admin)).Is(200).ETag!;
        (await place.App.SendAsync(HttpMethod.Patch, $"{One(number)}/settings", place.Admin, request =>
        {
            request.Content = System.Net.Http.Json.JsonContent.Create(new { hotDesk = new { allow = true } });
            request.Headers.TryAddWithoutValidation("If-Match", seen);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", place.App.NewKey());
        })).Is(200);
    }

    public async Task<string?> LocationAsync(int number) =>
        (string?)(await ReadAsync(number)).Is(200).Body["emergency"]!["location"];

    /// <summary>The codes of an answer's errors.</summary>
    public static IEnumerable<string> Codes(JsonNode body) =>
        body["errors"]!.AsArray().Select(error => (string)error!["code"]!);
}
