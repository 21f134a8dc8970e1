using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.Lifecycle;

/// <summary>A site with a number in each state that matters here, and what the platform does there.</summary>
static class StockedPlace
{
    public const int Staged = 0;
    public const int PortingIn = 5;
    public const int Available = 10;
    public const int Reserved = 15;
    public const int Blocked = 16;
    public const int Retired = 17;
    public const int Nominated = 18;
    public const int Cooldown = 19;
    public const int PortingOut = 20;
    public const int Unknown = 90;

    public static async Task<Place> StockedAsync(this World world)
    {
        var place = await world.PlaceAsync(0);
        (await place.ImportAsync(new
        {
            lines = new object[]
            {
                new { range = place.Range(Staged, 4), state = "Staged" },
                new { range = place.Range(PortingIn, 9), state = "PortingIn" },
                new { range = place.Range(Available, PortingOut) },
            },
        })).Is(201);
        (await place.AllocateAsync(place.Tenant, Reserved, PortingOut)).Is(201);
        (await place.DoAsync("blocks", Blocked, new { reason = "Nuisance calls" })).Is(201);
        (await place.DoAsync("retirements", Retired, new { reason = "Given back" })).Is(201);
        (await place.DoAsync("nominations", Nominated)).Is(201);
        (await place.DoAsync("port-outs", PortingOut, new { outcome = "Started" })).Is(201);
        await place.RewriteAsync(Cooldown, number => number with
        {
            State = NumberState.Cooldown, RestsUntil = place.App.Clock.GetUtcNow().AddDays(9),
        });
        return place;
    }

    public static Task<Answer> DoAsync(
        this Place place, string what, int number, object? more = null, string? token = null, string? key = null) =>
        place.DoAsync(what, [number], more, token, key);

    public static Task<Answer> DoAsync(
        this Place place, string what, int[] numbers, object? more = null, string? token = null, string? key = null)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["numbers"] = System.Text.Json.JsonSerializer.SerializeToNode(place.Numbers(numbers));
        return place.App.PostAsync($"sites/{place.Site}/{what}", token ?? place.Platform, body, key);
    }

    public static async Task<string?> StateAsync(this Place place, int number) =>
        (string?)(await NumberAsync(place, number)).Body["state"];

    public static async Task<Answer> NumberAsync(this Place place, int number) =>
        (await place.App.GetAsync($"sites/{place.Site}/numbers/{place.Number(number)}", place.Platform)).Is(200);

    /// <summary>As orchestrations that are still to come will leave it.</summary>
    static async Task RewriteAsync(this Place place, int offset, Func<Number, Number> change)
    {
        var ct = TestContext.Current.CancellationToken;
        var id = E164.Parse(place.Number(offset));
        var row = (await place.App.Sites.FindAsync(place.Site, SiteKeys.Block(id.Block), ct))!;
        var before = BlockRow.Read(row);
        var after = before.With([KeyValuePair.Create(id.Slot, change(before[id.Slot]!))]);
        Assert.IsType<CommitResult.Committed>(await place.App.Sites.CommitAsync(
            place.Site,
            [new RowChange.Merge(BlockRow.Write(
                Domain.Id<Domain.Directory.Site>.Parse(place.Site), after, before, row.ETag))], ct));
        // So long ago that nobody remembers the row as it was.
        place.App.Clock.Advance(SitePartition.AgeMax);
    }
}
