using System.Text.Json.Nodes;
using Telephony.Functions.Messaging;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.MainNumber;
using Telephony.Functions.Tests.Settings;
using Telephony.Testing;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Groups;

/// <summary>What is told of a change, and what becomes of a configuration when numbers in it leave service.</summary>
public sealed class ConfigurationChangesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_main_number_in_service_tells_and_remembers_that_it_is_configured_otherwise()
    {
        var place = await world.PlaceForMainsAsync();
        (await place.ConfigureAsync(new { displayName = "One" })).Is(200);
        await place.PutMainInServiceAsync(5);
        var etag = (await place.ReadConfigurationAsync()).ETag;
        Assert.Empty(Told(place));

        var done = (await place.ConfigureAsync(new { extension = "7" }, etag)).Is(200);

        var told = Assert.Single(Told(place));
        Assert.Equal(done.Id, (string?)told["data"]!["operation"]);
        Assert.Equal(["displayName", "extension"], Fields(told));
        Assert.DoesNotContain("One", told.ToJsonString(), StringComparison.Ordinal);
        var history = (await place.App.GetAsync(
            $"sites/{place.Site}/numbers/{place.Number(5)}/history", place.Admin)).Is(200).Items;
        Assert.Equal("main.configured", (string?)history[0]["event"]);
    }

    [Fact]
    public async Task What_is_configured_for_a_main_number_is_not_taken_as_a_setting_that_nothing_heeds()
    {
        var place = await world.PlaceForMainsAsync();
        await place.PutMainInServiceAsync(5);
        var before = (await place.ReadAsync(place.Number(5))).Is(200);

        var refused = await place.SetAsync(place.Number(5), new
        {
            label = "Front desk", voicemail = new { on = true }, hotDesk = new { allow = true },
        });

        refused.IsProblem(409, "settings-refused");
        Assert.Equal([("voicemail", "is-main"), ("hotDesk", "is-main")], FieldsOf(refused));
        (await place.App.PostAsync(place.SettingsPath(place.Number(5)) + "/pin-reset", place.Admin, new { }))
            .IsProblem(409, "numbers-refused");
        Assert.Equal(before.ETag, (await place.ReadAsync(place.Number(5))).ETag);
        (await place.SetAsync(place.Number(5), new { label = "Front desk" })).Is(200);
    }

    [Fact]
    public async Task A_site_tells_that_it_is_open_at_other_times_and_not_that_they_were_written_as_they_were()
    {
        var place = await world.PlaceAsync();
        var path = $"sites/{place.Site}/schedule";
        var key = place.App.NewKey();
        var body = new { holidays = new[] { new { name = "Founders", firstDay = "2026-03-02" } } };

        var done = (await place.App.PutAsync(path, place.Admin, body, match: null, key)).Is(200);
        (await place.App.PutAsync(path, place.Admin, body, match: null, key)).Is(200);
        var etag = (await place.App.GetAsync(path, place.Admin)).ETag;
        (await place.ScheduleAsync(body, etag)).Is(200);

        var told = Assert.Single(Told(place, "schedule.changed"))["data"]!;
        Assert.Equal(
            (done.Id, "olga", "OperatorAdmin"),
            ((string?)told["operation"], (string?)told["actor"]!["user"], (string?)told["actor"]!["role"]));
        Assert.Equal(["holidays"], told["fields"]!.AsArray().Select(field => (string?)field));
        Assert.DoesNotContain("Founders", told.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await EventsLeftAsync(place));
    }

    [Fact]
    public async Task A_member_leaves_when_its_number_leaves_service_and_comes_back_when_it_is_sent_again()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["maxPerAccount"] = 20);
        await place.BringIntoServiceAsync(3, 4);
        var body = new
        {
            huntGroup = new { members = new[] { new { number = place.Number(3) }, new { number = place.Number(4) } } },
        };
        (await place.ConfigureAsync(body)).Is(200);
        Assert.Equal(place.Numbers(3, 4), await MembersAsync(place));

        await place.PutMainInServiceAsync(5);
        await place.TakeOutOfServiceAsync(3);
        Assert.Equal(place.Numbers(4), await MembersAsync(place));
        await place.ActivateAsync(place.Numbers(3));
        Assert.Equal(place.Numbers(4), await MembersAsync(place));
        (await place.ConfigureAsync(body, await place.ETagAsync())).Is(200);
        Assert.Equal(place.Numbers(3, 4), await MembersAsync(place));
        Assert.Equal(["huntGroup"], Fields(Assert.Single(Told(place))));
        (await place.ConfigureAsync(body, await place.ETagAsync())).Is(200);
        Assert.Single(Told(place));
    }

    [Fact]
    public async Task A_reception_that_left_is_shown_and_is_nobodys_until_somebody_says_so()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["maxPerAccount"] = 20);
        await place.BringIntoServiceAsync(3);
        await place.PutMainInServiceAsync(5);
        (await place.ConfigureAsync(
            new { receptionNumber = place.Number(3), inHours = new { kind = "Reception" } })).Is(200);
        var written = (await place.ReadConfigurationAsync()).Body;

        await place.TakeOutOfServiceAsync(3);
        var read = (await place.ReadConfigurationAsync()).Is(200);
        Assert.Equal(written.ToJsonString(), read.Body.ToJsonString());
        await SilentAsync();
        read.Body["greetings"] = new JsonObject { ["inHours"] = "Good day." };
        (await place.ConfigureAsync(read.Body, read.ETag)).Is(200);
        await SilentAsync();
        var refused = await place.ConfigureAsync(
            new { receptionNumber = place.Number(6) }, await place.ETagAsync());
        refused.IsProblem(400, "invalid");
        Assert.Equal([("receptionNumber", "not-a-direct-number-in-service")], FieldsOf(refused));
        Assert.EndsWith("leave it out for the operator's.", (string?)refused.Errors[0]["wayOut"]);
        read = (await place.ReadConfigurationAsync()).Is(200);

        // Back in service it is not the reception yet, and may pass calls on to the main number as long as that is so.
        await place.ActivateAsync(place.Numbers(3));
        await SilentAsync();
        (await place.SetAsync(place.Number(3), ForwardTo(place.Number(5)))).Is(200);
        refused = await place.ConfigureAsync(read.Body, read.ETag);
        refused.IsProblem(400, "invalid");
        Assert.Equal([("inHours", "loop")], FieldsOf(refused));
        (await place.SetAsync(place.Number(3), ForwardTo("+442079460999"))).Is(200);
        (await place.ConfigureAsync(read.Body, read.ETag)).Is(200);
        Assert.Equal(place.Number(3), (string?)(await FirstAsync())["number"]);
        Assert.Equal(
            [["inHours", "receptionNumber"], ["greetings"], ["receptionNumber"]], Told(place).Select(Fields));

        async Task SilentAsync() => Assert.Equal(
            ("NobodyRings", "The number that is named as the reception is not in service."),
            ((string?)(await FirstAsync())["kind"], (string?)(await FirstAsync())["text"]));

        async Task<JsonNode> FirstAsync() => (await place.RouteAsync("2026-03-02T12:00:00Z"))["first"]!;
    }

    [Fact]
    public async Task Without_the_operators_reception_a_tenant_that_relies_on_it_can_still_be_closed_by_hand()
    {
        var place = await world.PlaceForMainsAsync();
        await place.AssignAsync(place.Owner, "lines", 1);
        await place.PutMainInServiceAsync(6, place.Owner);
        await place.PutMainInServiceAsync(5);
        (await place.ConfigureAsync(new { inHours = new { kind = "Reception" } })).Is(200);
        var main = (await place.ReadMainAsync(place.Owner)).Is(200).ETag!;
        (await place.App.SendAsync(HttpMethod.Delete, place.MainPath(place.Owner), place.Admin, request =>
        {
            request.Headers.TryAddWithoutValidation("If-Match", main);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", place.App.NewKey());
        })).Is(200);

        var read = (await place.ReadConfigurationAsync()).Is(200);
        read.Body["override"] = new JsonObject { ["kind"] = "ForceClosed" };
        (await place.ConfigureAsync(read.Body, read.ETag)).Is(200);
    }

    [Fact]
    public async Task A_loop_that_came_about_by_an_activation_is_in_the_way_of_no_other_change()
    {
        var place = await world.PlaceForMainsAsync();
        await place.AssignAsync(place.Neighbour, "lines", 1);
        await place.PutMainInServiceAsync(5);
        var onward = new { kind = "Forward", number = place.Number(6) };
        (await place.ConfigureAsync(new { inHours = onward })).Is(200);
        (await place.ConfigureAsync(
            new { inHours = new { kind = "Forward", number = place.Number(5) } }, account: place.Neighbour)).Is(200);
        await place.PutMainInServiceAsync(6, place.Neighbour);

        (await place.ConfigureAsync(new { inHours = onward, displayName = "Acme" }, await place.ETagAsync())).Is(200);
        var refused = await place.ConfigureAsync(
            new { inHours = onward, ifBusy = onward }, await place.ETagAsync());
        refused.IsProblem(400, "invalid");
        Assert.Equal([("ifBusy", "loop")], FieldsOf(refused));
    }

    List<JsonObject> Told(Place place, string type = "main.configured") =>
    [
        .. world.App.Bus.To(EntityNames.Events).Select(RecordingBus.Body)
            .Where(body => (string?)body["type"] == type && (string?)body["data"]!["site"] == place.Site),
    ];

    /// <summary>What is written down to be told and has not been.</summary>
    static ValueTask<List<string>> EventsLeftAsync(Place place) => place.App.Sites
        .RangeAsync(place.Site, SiteKeys.EventsFrom, SiteKeys.EventsTo, ct: TestContext.Current.CancellationToken)
        .Select(row => row.RowKey).ToListAsync(TestContext.Current.CancellationToken);

    static IEnumerable<string> Fields(JsonObject told) =>
        told["data"]!["changes"]?.AsArray().Select(change => (string)change!["field"]!) ?? [];

    static async Task<IEnumerable<string>> MembersAsync(Place place)
    {
        var stop = (await place.RouteAsync("2026-03-02T12:00:00Z"))["first"]!;
        var members = (await place.ReadConfigurationAsync()).Body["huntGroup"]!["members"]!.AsArray()
            .Select(member => (string)member!["number"]!).ToList();
        Assert.Equal(stop["members"]!.AsArray().Select(number => (string)number!), members);
        return members;
    }
}
