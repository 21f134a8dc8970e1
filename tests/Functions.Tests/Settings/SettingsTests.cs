using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Settings;

/// <summary>How a number is set, over HTTP.</summary>
public sealed partial class SettingsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_nobody_set_is_as_it_is_described_and_has_a_version_to_match()
    {
        var place = await world.ServedAsync();

        var read = (await place.ReadAsync(place.Number(0))).Is(200);

        Assert.Null(read.Body["label"]);
        Assert.Equal(
            (20, true, "Own", false, 12, true),
            ((int)read.Body["voicemail"]!["ringSeconds"]!, (bool)read.Body["callWaiting"]!["on"]!,
                (string)read.Body["callerId"]!["show"]!, (bool)read.Body["outgoingPermissions"]!["premium"]!,
                (int)read.Body["hotDesk"]!["longestSessionHours"]!,
                (bool)read.Body["outgoingPermissions"]!["mobile"]!));
        Assert.Equal(read.ETag, (await place.ReadAsync(place.Number(0))).ETag);
        // All of it can be sent back, and is no change: no version, no history.
        var rows = place.Rows.Count;
        var same = (await place.SetAsync(place.Number(0), read.Body)).Is(200);
        Assert.Equal((0, rows + 1), ((int)same.Body["numberCount"]!, place.Rows.Count));
        Assert.Equal(read.ETag, (await place.ReadAsync(place.Number(0))).ETag);
    }

    [Fact]
    public async Task What_is_named_changes_what_is_null_is_as_before_anybody_set_it_and_the_rest_stays()
    {
        var place = await world.ServedAsync();
        var number = place.Number(0);
        (await place.SetAsync(number, new
        {
            label = " Front desk ", voicemail = new { on = true, email = "desk@example.com", ringSeconds = 30 },
            forwarding = new { busy = new { on = true, number = "020 7946 0999" } },
            screening = new { rules = new[] { new { callers = "+4420*", action = "Reject" } } },
        }, match: "*")).Is(200);

        (await place.SetAsync(number, "{\"label\":null,\"voicemail\":{\"email\":null},\"callWaiting\":{\"on\":false}}"))
            .Is(200);

        var read = (await place.ReadAsync(number)).Is(200).Body;
        Assert.Null(read["label"]);
        Assert.Equal("{\"on\":true,\"ringSeconds\":30}", read["voicemail"]!.ToJsonString());
        Assert.Equal("+442079460999", (string?)read["forwarding"]!["busy"]!["number"]);
        Assert.Equal("+4420*", (string?)read["screening"]!["rules"]![0]!["callers"]);
        Assert.False((bool)read["callWaiting"]!["on"]!);
    }

    [Fact]
    public async Task One_change_is_one_version_with_the_values_before_and_after_and_leaves_others_alone()
    {
        var place = await world.ServedAsync();
        var before = (await place.StoredAsync(place.Number(0)), await place.StoredAsync(place.Number(1)));
        var other = (await place.ReadAsync(place.Number(1))).Text;
        (await place.SetAsync(place.Number(0), new { label = "Front desk" })).Is(200);

        (await place.SetAsync(
            place.Number(0), new { label = "Reception", doNotDisturb = new { on = true } })).Is(200);

        var items = await place.ListAsync(
            $"sites/{place.Site}/numbers/{Uri.EscapeDataString(place.Number(0))}/history");
        Assert.Equal(
            [
                "{\"field\":\"label\",\"before\":\"Front desk\",\"after\":\"Reception\"}",
                "{\"field\":\"doNotDisturb.on\",\"before\":\"false\",\"after\":\"true\"}",
            ],
            items[0]["changes"]!.AsArray().Select(change => change!.ToJsonString()));
        Assert.Equal(
            ("settings.changed", "Settings", "olga", before.Item1.Version + 2),
            ((string?)items[0]["event"], (string?)items[0]["kind"], (string?)items[0]["requestedBy"],
                (int)items[0]["version"]!));
        Assert.Equal(before.Item2, await place.StoredAsync(place.Number(1)));
        Assert.Equal(other, (await place.ReadAsync(place.Number(1))).Text);
    }

    [Fact]
    public async Task Who_saw_it_otherwise_changes_nothing_and_a_repeat_answers_the_first_result()
    {
        var place = await world.ServedAsync();
        var number = place.Number(0);
        var unset = (await place.ReadAsync(number)).ETag!;
        var first = (await place.SetAsync(number, new { label = "A" }, match: unset, key: "mine")).Is(200);
        var rows = place.Rows;

        (await place.SetAsync(number, new { label = "B" }, match: unset)).IsProblem(412, "precondition-failed");
        (await place.SetAsync(number, new { label = "B" }, match: "*")).IsProblem(412, "precondition-failed");
        (await place.SetAsync(number, new { label = "B" }, match: unset, key: "mine"))
            .IsProblem(422, "idempotency-key-reused");
        var repeat = (await place.SetAsync(number, new { label = "A" }, match: unset, key: "mine")).Is(200);

        Assert.Equal(first.Text, repeat.Text);
        Assert.Equal(rows, place.Rows);
    }

    [Fact]
    public async Task What_was_set_in_one_term_of_service_does_not_hold_in_the_next()
    {
        var place = await world.ServedAsync();
        var number = place.Number(0);
        (await place.SetAsync(number, new { label = "Robin Ash" })).Is(200);
        var etag = (await place.ReadAsync(number)).ETag!;

        await place.MoveAsync(
            [number], order => new NumberCommand.Deactivate(order with { By = Party.Operator }),
            order => new NumberCommand.ConfirmDeactivation(order));
        (await place.ReadAsync(number)).IsProblem(404, "not-found");
        (await place.SetAsync(number, new { label = "B" }, match: etag)).IsProblem(409, "numbers-refused");
        await place.ActivateAsync([number]);

        var read = (await place.ReadAsync(number)).Is(200);
        Assert.Null(read.Body["label"]);
        (await place.SetAsync(number, new { label = "B" }, match: etag)).IsProblem(412, "precondition-failed");
        (await place.SetAsync(number, new { callWaiting = new { on = false } }, match: "*")).Is(200);
        Assert.Null((await place.ReadAsync(number)).Is(200).Body["label"]);
    }

    /// <summary>As when a country gave numbers up: another change is no reason to forget what was set.</summary>
    [Fact]
    public async Task What_no_longer_can_be_dialled_stays_set()
    {
        var place = await world.ServedAsync(1);
        var (number, ct) = (place.Number(0), TestContext.Current.CancellationToken);
        (await place.SetAsync(number, new { simultaneousRing = new { numbers = place.Numbers(7, 8) } })).Is(200);
        (await place.SetAsync(number, ForwardTo(place.Number(9)))).Is(200);
        var row = (await place.App.Sites.FindAsync(place.Site, SiteKeys.Settings(E164.Parse(number)), ct))!;
        row["Settings"] = row.GetString("Settings")
            .Replace(place.Number(7)[1..], "44999997", StringComparison.Ordinal)
            .Replace(place.Number(9)[1..], "449999999999", StringComparison.Ordinal);
        Assert.IsType<CommitResult.Committed>(
            await place.App.Sites.CommitAsync(place.Site, [new RowChange.Replace(row)], ct));

        (await place.SetAsync(number, new { label = "Robin Ash" })).Is(200);

        var read = (await place.ReadAsync(number)).Is(200).Body;
        Assert.Equal("+449999999999", (string?)read["forwarding"]!["always"]!["number"]);
        Assert.Equal(
            ["+44999997", place.Number(8)],
            read["simultaneousRing"]!["numbers"]!.AsArray().Select(target => (string?)target));
    }

    [Fact]
    public async Task What_was_set_of_a_number_out_of_service_is_forgotten_at_night()
    {
        var place = await world.ServedAsync();
        (await place.SetAsync(place.Number(0), new { label = "Robin Ash" })).Is(200);
        (await place.SetAsync(place.Number(1), new { label = "Kim Elm" })).Is(200);
        await place.MoveAsync(
            [place.Number(0)], order => new NumberCommand.Deactivate(order with { By = Party.Operator }),
            order => new NumberCommand.ConfirmDeactivation(order));

        var table = new SettingsTable(place.App.Sites);
        Assert.Equal(
            1, await table.ForgetAsync(Id<Site>.Parse(place.Site), TestContext.Current.CancellationToken));

        Assert.DoesNotContain(place.Rows, row =>
            row.StartsWith("N|", StringComparison.Ordinal) && row.Contains("Robin", StringComparison.Ordinal));
        Assert.Equal("Kim Elm", (string?)(await place.ReadAsync(place.Number(1))).Body["label"]);
    }

    [Fact]
    public async Task A_pin_is_reset_by_an_event_that_says_nothing_of_it()
    {
        var place = await world.ServedAsync(1);
        var path = place.SettingsPath(place.Number(0));
        var etag = (await place.ReadAsync(place.Number(0))).ETag;

        var first = (await place.App.PostAsync(path + "/pin-reset", place.Admin, new { }, "mine")).Is(201);
        var repeat = (await place.App.PostAsync(path + "/pin-reset", place.Admin, new { }, "mine")).Is(201);

        Assert.Equal(first.Text, repeat.Text);
        var items = await place.ListAsync(
            $"sites/{place.Site}/numbers/{Uri.EscapeDataString(place.Number(0))}/history");
        Assert.Equal("pin.reset", Assert.Single(
            items.Select(item => (string?)item["event"]).OfType<string>()));
        Assert.Empty(items[0]["changes"]?.AsArray() ?? []);
        Assert.Equal(etag, (await place.ReadAsync(place.Number(0))).ETag);
    }

    [Fact]
    public async Task Only_a_number_that_the_account_has_is_shown_to_those_who_are_called()
    {
        var place = await world.ServedAsync();
        (await place.AllocateAsync(place.Neighbour, 4)).Is(201);

        Task<Answer> ShowAsync(string number) =>
            place.SetAsync(place.Number(0), new { callerId = new { show = "Another", number } });
        (await ShowAsync(place.Number(1))).Is(200);
        Assert.Equal([("callerId.number", "not-the-accounts")], FieldsOf(await ShowAsync(place.Number(4))));
        Assert.Equal([("callerId.number", "not-the-accounts")], FieldsOf(await ShowAsync("+442079460999")));
        Assert.Equal(
            [("callerId.show", "no-main-number")],
            FieldsOf(await place.SetAsync(place.Number(0), "{\"callerId\":{\"show\":\"Main\",\"number\":null}}")));
        (await place.SetAsync(place.Number(0), new { label = "A" })).Is(200);
        // Given up, it is not shown any more as soon as somebody says so.
        await place.MoveAsync(
            [place.Number(1)], order => new NumberCommand.Deactivate(order with { By = Party.Operator }),
            order => new NumberCommand.ConfirmDeactivation(order));
        (await place.SetAsync(place.Number(0), new { callerId = new { show = "Withheld" } })).Is(200);
        (await place.SetAsync(place.Number(0), new { callerId = new { show = "Another" } }))
            .IsProblem(409, "settings-refused");
    }

    [Fact]
    public async Task At_a_site_that_is_not_managed_nothing_is_set()
    {
        var place = await world.ServedAsync(1);
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        place.App.Clock.Advance(SitePartition.AgeMax);

        (await place.SetAsync(place.Number(0), new { label = "A" })).IsProblem(409, "site-not-managed");
        (await place.ReadAsync(place.Number(0))).Is(200);
    }
}
