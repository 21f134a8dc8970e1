using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Settings;
using Telephony.Functions.Tests.VoiceServices;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Releases;

/// <summary>
/// Every write of every request that takes numbers back is lost in turn, or its answer; the caller repeats the request
/// with its key. Whatever was lost, the site ends as it does when nothing is.
/// </summary>
public sealed class LostWriteTests(AzuriteFixture azurite) : IAsyncLifetime
{
    const int WritesMax = 20;

    TestApp app = null!;
    InterruptibleTable table = null!;
    int places;

    public async ValueTask InitializeAsync()
    {
        app = await TestApp.StartAsync(azurite, wrapSites: sites => table = new(sites));
        await World.OpenAsync(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData("hold", false)]
    [InlineData("hold", true)]
    [InlineData("prolong", false)]
    [InlineData("prolong", true)]
    [InlineData("take", false)]
    [InlineData("take", true)]
    [InlineData("end-hold", false)]
    [InlineData("end-hold", true)]
    [InlineData("end-service", false)]
    [InlineData("end-service", true)]
    [InlineData("close", false)]
    [InlineData("close", true)]
    [InlineData("set", false)]
    [InlineData("set", true)]
    [InlineData("set-many", false)]
    [InlineData("set-many", true)]
    public async Task Whichever_write_is_lost_it_is_done_once(string what, bool wasWritten)
    {
        var undisturbed = await RunAsync(what, write: 0, wasWritten);
        var struck = 0;
        for (var write = 1; write <= WritesMax; write++)
        {
            var disturbed = await RunAsync(what, write, wasWritten);
            Assert.Equal(undisturbed.Text, disturbed.Text);
            if (!disturbed.Struck)
                break;
            struck++;
        }

        // One transaction; or accept, at least one part, and the end.
        Assert.InRange(struck, what is "end-service" or "close" or "set-many" ? 3 : 1, WritesMax - 1);
    }

    async Task<(string Text, bool Struck)> RunAsync(string what, int write, bool wasWritten)
    {
        var place = await World.PlaceAsync(app, ++places, 10);
        var send = await PreparedAsync(place, what);
        var (writes, struck) = (0, false);
        table.Before = _ => !wasWritten && Strikes() ? throw new IOException("Lost.") : Task.CompletedTask;
        table.After = _ =>
        {
            if (wasWritten && Strikes())
                throw new IOException("The answer was lost.");
        };

        var answer = await send();
        if (answer.Status == 503)
            answer = await send();
        Assert.InRange(answer.Status, 200, 202);
        if (answer.Status == 202)
            await place.EndInTimeAsync(answer.Id);
        (table.Before, table.After) = (_ => Task.CompletedTask, _ => { });
        var repeat = await send();
        Assert.Equal(answer.Status, repeat.Status);
        return (await TextAsync(place), struck);

        bool Strikes() => Interlocked.Increment(ref writes) == write && (struck = true);
    }

    /// <summary>All but the last request, which is sent with the same key each time.</summary>
    async Task<Func<Task<Answer>>> PreparedAsync(Place place, string what)
    {
        var until = app.Clock.GetUtcNow().AddDays(30);
        var path = $"sites/{place.Site}/holds";
        Func<Task<Answer>> hold = () => app.PostAsync(
            path, place.Admin, new { account = place.Tenant, name = "Robin Ash", until, range = place.Range(4, 5) },
            "the-hold");
        if (what is "hold")
            return hold;

        await place.AssignAsync(place.Tenant, "main", 3);
        await place.ActivateAsync(place.Numbers(0));
        (await place.AllocateAsync(place.Tenant, 8)).Is(201);
        var held = (await hold()).Is(201);
        var service = $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/main";
        (await place.ServiceAsync(place.Tenant, "spare", 1)).Is(202);
        await app.Durable.WaitForInstanceCompletionAsync(
            $"voice~{place.Site}~{place.Tenant}", cancellation: TestContext.Current.CancellationToken);
        return what switch
        {
            "take" => () => app.PostAsync($"{path}/{held.Id}/reserve", place.Admin, new { }, "it"),
            "close" => () => app.PostAsync(
                $"sites/{place.Site}/accounts/{place.Tenant}/close", place.Admin, new { }, "it"),
            "end-service" => () => SendAsync(place, HttpMethod.Delete, service, "\"MQ\""),
            "set" => () => place.SetAsync(
                place.Number(0), SettingsDesk.ForwardTo(place.Number(1)), match: "*", key: "it"),
            "set-many" => () => app.PostAsync(
                $"sites/{place.Site}/settings", place.Admin,
                new { range = place.Range(0, 2), settings = SettingsDesk.ForwardTo(place.Number(5)) }, "it"),
            "prolong" => () => SendAsync(
                place, HttpMethod.Patch, $"{path}/{held.Id}", held.ETag!, new { until = until.AddDays(1) }),
            _ => () => SendAsync(place, HttpMethod.Delete, $"{path}/{held.Id}", held.ETag!),
        };
    }

    Task<Answer> SendAsync(Place place, HttpMethod method, string path, string etag, object? body = null) =>
        app.SendAsync(method, path, place.Admin, request =>
        {
            if (body is not null)
                request.Content = System.Net.Http.Json.JsonContent.Create(body);
            request.Headers.Add("Idempotency-Key", "it");
            request.Headers.TryAddWithoutValidation("If-Match", etag);
        });

    /// <summary>What is stored, but for ids and times: they are another site's, and the clock went on.</summary>
    async Task<string> TextAsync(Place place)
    {
        // What was told is told once, at once or by the timer.
        await app.Mover.MoveAsync(Id<Site>.Parse(place.Site), TimeSpan.Zero, TestContext.Current.CancellationToken);
        var told = app.History.Rows.Count(
            row => row.PartitionKey.StartsWith(place.Site + "|", StringComparison.Ordinal));
        var rows = app.Sites.Rows.Where(row => row.PartitionKey == place.Site).ToList();
        var first = E164.Parse(place.Number(0));
        var block = BlockRow.Read(rows.Single(row => row.RowKey == SiteKeys.Block(first.Block)));
        var numbers = block.Provisioned.Select(slot => block[slot]!).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $"{number.State} {number.Account?.Value.Split('-')[0]} {number.Source} {number.Version}"));
        var operations = rows.Where(row => row.RowKey.StartsWith("O|", StringComparison.Ordinal)).Select(row => string
            .Join(' ', row["Kind"], row["State"], string.Join(
                ',', row.GetString("Steps").Split(';').Select(step => step.Split('=')[0]))));
        var list = await place.ListAsync($"sites/{place.Site}/accounts/{place.Tenant}/voice-services");
        return string.Join('\n', numbers
            .Concat(operations.Order(StringComparer.Ordinal))
            .Concat(rows.Where(row => row.RowKey.StartsWith("A|", StringComparison.Ordinal))
                .Select(row => $"{row["DirectNumbers"]} {row["Main"]}"))
            .Append($"{list.Count} services")
            .Append($"{told} events")
            .Append($"{rows.Count(row => row.RowKey.StartsWith("K|", StringComparison.Ordinal))} names")
            .Concat(rows.Where(row => row.RowKey[0] is 'N').Select(row => row.GetString("Settings")[..40]))
            .Append($"{rows.Count(row => row.RowKey[0] is 'F')} guards"));
    }
}
