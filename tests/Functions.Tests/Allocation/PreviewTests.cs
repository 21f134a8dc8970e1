using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests.Allocation;

/// <summary>A preview shows what the change then does, and writes nothing.</summary>
public sealed class PreviewTests(World world) : IClassFixture<World>
{
    const int Numbers = 60;

    const int Places = 40;

    readonly HashSet<string> met = [];

    [Fact]
    public async Task What_a_preview_shows_is_what_is_done_by_list_range_count_and_service()
    {
        for (var seed = 1; seed <= Places; seed++)
            await PreviewAndDoAsync(new Random(seed));

        string[] all =
        [
            "allocation: 200", "allocation: numbers-refused", "allocation: pool-exhausted", "allocation: no-run",
            "allocation: kept-for-operator", "allocation: missing", "service: 200", "service: missing",
            "service: pool-exhausted",
        ];
        Assert.Equal([], all.Except(met));
    }

    [Fact]
    public async Task A_preview_leaves_no_operation_and_repeats_the_same_token_while_nothing_changes()
    {
        var place = await world.PlaceAsync();
        var wish = new JsonObject { ["account"] = place.Tenant, ["count"] = 3 };

        var (first, second) = (
            (await PostAsync(place, "allocations/preview", wish)).Is(200),
            (await PostAsync(place, "allocations/preview", wish)).Is(200));

        Assert.Equal(first.Text, second.Text);
        Assert.DoesNotContain(
            (string)first.Body["token"]!, string.Join('\n', place.Rows), StringComparison.Ordinal);
        Assert.All(
            await place.ListAsync($"sites/{place.Site}/operations"),
            operation => Assert.Equal("Import", (string?)operation["kind"]));
    }

    async Task PreviewAndDoAsync(Random random)
    {
        var place = await RandomPlaceAsync(random);
        foreach (var wish in Wishes(place, random))
        {
            var rows = (place.Rows, place.App.Directory.Rows.Count);
            var preview = await PostAsync(place, "allocations/preview", wish);
            Assert.Equal(rows, (place.Rows, place.App.Directory.Rows.Count), Same);
            Meet("allocation", preview);

            if (preview.Status == 200)
                wish["preview"] = (string)preview.Body["token"]!;
            var done = await PostAsync(place, "allocations", wish);
            AssertSame(preview, done.Status, done.Body, done.Code);
        }

        await AssertServiceAsync(place, random.Next(1, 24));
    }

    void Meet(string what, Answer preview)
    {
        met.Add($"{what}: {preview.Code ?? "200"}");
        if (preview.Body["missing"] is not null)
            met.Add($"{what}: missing");
    }

    /// <summary>The same numbers for the same reasons, or the same refusal.</summary>
    static void AssertSame(Answer preview, int status, JsonObject done, string? code)
    {
        if (preview.Status != 200)
        {
            Assert.Equal(
                (preview.Status, preview.Code, preview.Body["detail"]!.ToString(), $"{preview.Body["errors"]}"),
                (status, code, done["detail"]!.ToString(), $"{done["errors"]}"));
            return;
        }

        Assert.True(status == 201, $"Expected 201, got {done}");
        AssertSameChoice(preview, done);
    }

    static void AssertSameChoice(Answer preview, JsonObject done)
    {
        Assert.Equal(preview.Body["numbers"]!.ToJsonString(), done["numbers"]!.ToJsonString());
        Assert.Equal(
            (Text(preview.Body["numberCount"]), Text(preview.Body["missing"]), Text(preview.Body["rulesVersion"])),
            (Text(done["numberCount"]), Text(done["reason"]), Text(done["rulesVersion"])));
        Assert.Equal(preview.Body["missing"] is null ? "Succeeded" : "Partial", (string?)done["state"]);
    }

    async Task AssertServiceAsync(Place place, int quantity)
    {
        var rows = place.Rows;
        var preview = await PostAsync(
            place, $"accounts/{place.Tenant}/voice-services/lines/preview",
            new JsonObject { ["code"] = "voice", ["quantity"] = quantity });
        Assert.Equal(rows, place.Rows);
        Meet("service", preview);

        var asked = await place.ServiceAsync(
            place.Tenant, "lines",
            new { code = "voice", quantity, preview = (string?)preview.Body["token"] });
        if (preview.Status == 200)
            AssertSameChoice(preview, await place.EndAsync(asked));
        else
            asked.IsProblem(preview.Status, preview.Code!);
    }

    static IEnumerable<JsonObject> Wishes(Place place, Random random)
    {
        for (var i = 0; i < 4; i++)
        {
            var from = random.Next(Numbers);
            var wish = new JsonObject { ["account"] = random.Next(4) == 0 ? "acme" : place.Tenant };
            switch (random.Next(4))
            {
                case 0:
                    wish["numbers"] = new JsonArray(
                        [.. random.GetItems([.. Enumerable.Range(0, Numbers)], 2).Distinct()
                            .Select(at => JsonValue.Create(place.Number(at)))]);
                    break;
                case 1:
                    wish["range"] = new JsonObject
                    {
                        ["from"] = place.Number(from), ["to"] = place.Number(from + random.Next(3)),
                    };
                    break;
                default:
                    wish["count"] = random.Next(1, 12);
                    break;
            }

            yield return wish;
        }
    }

    async Task<Place> RandomPlaceAsync(Random random)
    {
        var place = await world.PlaceAsync(numbers: 0);
        (await place.ImportAsync(new
        {
            lines = Enumerable.Range(0, Numbers).Where(_ => random.Next(6) > 0).Select(at => new
            {
                numbers = place.Numbers(at),
                kind = random.Next(12) == 0 ? "Special" : "Standard",
                nominated = random.Next(12) == 0,
                earmark = random.Next(10) switch { 0 => place.Tenant, 1 => place.Neighbour, _ => null },
            }),
        })).Is(201);
        foreach (var account in new[] { place.Neighbour, place.Tenant, place.Neighbour })
            await PostAsync(place, "allocations", new() { ["account"] = account, ["count"] = random.Next(1, 4) });
        await place.RulesAsync(rules =>
        {
            var contiguity = random.GetItems(["Preferred", "Required", "Ignore"], 1)[0];
            rules["contiguity"] = contiguity;
            rules["nearExisting"] = random.Next(2) == 0;
            rules["keepForOperator"] = random.GetItems([0, 0, 24, 40], 1)[0];
            rules["allOrNothing"] = contiguity == "Required" || random.Next(2) == 0;
            rules["services"]![0]!["needsMain"] = random.Next(2) == 0;
        });
        return place;
    }

    static string? Text(JsonNode? node) => node?.ToJsonString();

    static Task<Answer> PostAsync(Place place, string path, JsonObject body) =>
        place.App.PostAsync($"sites/{place.Site}/{path}", place.Admin, body);

    static bool Same((IReadOnlyList<string> Rows, int Count) one, (IReadOnlyList<string> Rows, int Count) other) =>
        one.Rows.SequenceEqual(other.Rows) && one.Count == other.Count;
}
