using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests.Places;

/// <summary>What tests do with the spaces, switches, ports and handsets of a place.</summary>
sealed class Furniture(Place place)
{
    public string Base => $"sites/{place.Site}";

    public string Phone(int n) => $"{place.Mac}{n:x}";

    /// <summary>Creates a thing, or changes it with the version that was read.</summary>
    public Task<Answer> PutAsync(string path, object body, string? match = null, string? token = null) =>
        place.App.PutAsync($"{Base}/{path}", token ?? place.Admin, body, match);

    public async Task<Answer> ChangeAsync(string path, object body, string? token = null) =>
        await PutAsync(path, body, (await GetAsync(path)).ETag, token);

    public Task<Answer> GetAsync(string path, string? token = null) =>
        place.App.GetAsync($"{Base}/{path}", token ?? place.Admin);

    public async Task<Answer> DeleteAsync(string path, string? token = null, string? match = null)
    {
        match ??= (await GetAsync(path)).ETag!;
        return await place.App.SendAsync(
            HttpMethod.Delete, $"{Base}/{path}", token ?? place.Admin,
            request => request.Headers.TryAddWithoutValidation("If-Match", match));
    }

    public Task<Answer> ImportAsync(object body, string query = "", string? token = null, string? key = null) =>
        place.App.PostAsync($"{Base}/places/imports{query}", token ?? place.Admin, body, key);

    /// <summary>What of a site's rows is about things: all but the operations.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<string> rows) =>
        rows.Where(row => !row.StartsWith("O|", StringComparison.Ordinal));

    public Task<Answer> ImportFileAsync(
        string kind, string file, string more = "", string? key = null) => place.App.SendAsync(
        HttpMethod.Post, $"{Base}/places/imports?kind={kind}{more}", place.Admin, request =>
        {
            request.Headers.Add("Idempotency-Key", key ?? place.App.NewKey());
            request.Content = new StringContent(file);
            request.Content.Headers.ContentType = new("text/csv");
        });

    public static object Desk(string? leasedTo = null, string floor = "2") =>
        new { kind = "Desk", floor, label = "2.14", leasedTo };

    /// <summary>Desk a of the tenant, desk b of the neighbour, a shared area, and a port at each desk.</summary>
    public async Task FurnishAsync()
    {
        (await PutAsync("spaces/a", Desk(place.Tenant))).Is(201);
        (await PutAsync("spaces/b", Desk(place.Neighbour, "3"))).Is(201);
        (await PutAsync("spaces/sofa", new { kind = "SharedArea", floor = "2", label = "Sofa" })).Is(201);
        (await PutAsync("switches/core", new { name = "SW-CORE", portCount = 4 })).Is(201);
        (await PutAsync("ports/p-a", new { @switch = "core", name = "Gi1/0/1", space = "a", outlet = "2N-1" })).Is(201);
        (await PutAsync("ports/p-b", new { @switch = "core", name = "Gi1/0/2", space = "b" })).Is(201);
    }

    /// <summary>What a list shows, by the member that names its entries.</summary>
    public async Task<IEnumerable<string>> NamesAsync(string list, string? token = null)
    {
        var member = list.StartsWith("handsets", StringComparison.Ordinal) ? "mac" : "id";
        var all = (await place.ListAsync($"{Base}/{list}", token)).Select(item => (string)item[member]!).ToList();
        Assert.Equal(
            all, (await place.ListAsync($"{Base}/{list}", token, top: 1)).Select(item => (string)item[member]!));
        return all;
    }

    /// <summary>The address as answers spell it.</summary>
    public string Spelled(int n) => string.Join(':', Phone(n).Chunk(2).Select(pair => new string(pair)));

    public static IEnumerable<string> Missing(Answer handset) =>
        handset.Body["chain"]!["missing"]!.AsArray().Select((JsonNode? gap) => (string)gap!);
}
