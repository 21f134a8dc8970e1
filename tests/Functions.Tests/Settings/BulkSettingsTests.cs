using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.Settings;
using Telephony.Functions.Storage;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Settings;

/// <summary>Many numbers set at once, with a result for each.</summary>
public sealed class BulkSettingsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Each_number_is_set_or_named_with_what_is_in_its_way()
    {
        var place = await world.ServedAsync();
        (await place.SetAsync(place.Number(1), new { doNotDisturb = new { on = true } })).Is(200);

        var accepted = (await SendAsync(
            place, new { numbers = place.Numbers(0, 1, 2, 4, 9), settings = DoNotDisturb })).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);

        Assert.Equal(("Partial", "numbers-left-out"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal(
            [(place.Number(0), null), (place.Number(2), null), (place.Number(1), "It already was as asked.")],
            ended["numbers"]!.AsArray().Select(number => ((string)number!["number"]!, (string?)number["reason"])));
        Assert.Equal(
            [(place.Number(4), "not-in-service"), (place.Number(9), "not-found")],
            ended["errors"]!.AsArray().Select(error => ((string)error!["number"]!, (string)error["code"]!)));
        foreach (var number in place.Numbers(0, 1, 2))
            Assert.True((bool)(await place.ReadAsync(number)).Is(200).Body["doNotDisturb"]!["on"]!);
        Assert.False((bool)(await place.ReadAsync(place.Number(3))).Is(200).Body["doNotDisturb"]!["on"]!);
    }

    [Fact]
    public async Task More_than_a_transaction_holds_go_part_by_part()
    {
        var count = (SetNumbers.PartNumbers * 2) + 5;
        var place = await world.ServedAsync(count);

        var accepted = (await SendAsync(
            place, new { range = place.Range(0, count - 1), settings = DoNotDisturb }, key: "mine")).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);

        Assert.Equal(
            ("Succeeded", count, "set-1 set-2 set-3 close"),
            ((string?)ended["state"], (int)ended["numberCount"]!,
                string.Join(' ', ended["steps"]!.AsArray().Select(step => (string)step!["name"]!))));
        var rows = place.Rows;
        var repeat = (await SendAsync(
            place, new { range = place.Range(0, count - 1), settings = DoNotDisturb }, key: "mine")).Is(202);
        Assert.Equal(accepted.Id, repeat.Id);
        Assert.Equal(rows, place.Rows);
    }

    [Fact]
    public async Task A_part_of_numbers_that_all_have_most_to_say_fits_a_transaction()
    {
        var place = await world.ServedAsync(SetNumbers.PartNumbers);
        for (var number = 0; number < SetNumbers.PartNumbers; number++)
            (await place.SetAsync(place.Number(number), new { label = $"{number} {Long(76)}" })).Is(200);

        foreach (var digit in new[] { 1, 2 })
        {
            var accepted = (await SendAsync(
                place, new { range = place.Range(0, SetNumbers.PartNumbers - 1), settings = Largest(digit) })).Is(202);
            var ended = await place.EndInTimeAsync(accepted.Id);
            Assert.Equal(
                ("Succeeded", SetNumbers.PartNumbers), ((string?)ended["state"], (int)ended["numberCount"]!));
            for (var number = 0; number < SetNumbers.PartNumbers; number++)
                (await place.SetAsync(place.Number(number), new { label = $"{number} {Long(76)}" })).Is(200);
        }
    }

    [Fact]
    public async Task Numbers_that_would_pass_calls_on_to_each_other_or_themselves_are_left_out()
    {
        var place = await world.ServedAsync();
        (await place.SetAsync(place.Number(3), ForwardTo(place.Number(2)))).Is(200);

        var accepted = (await SendAsync(
            place, new { range = place.Range(0, 3), settings = ForwardTo(place.Number(3), "busy") })).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);

        Assert.Equal(
            [(place.Number(2), "call-loop"), (place.Number(3), "to-itself")],
            ended["errors"]!.AsArray().Select(error => ((string)error!["number"]!, (string)error["code"]!)));
        Assert.Equal(2, (int)ended["numberCount"]!);
    }

    [Fact]
    public async Task An_occupier_sets_its_own_and_learns_nothing_of_others()
    {
        var place = await world.ServedAsync();
        (await place.AllocateAsync(place.Neighbour, 4)).Is(201);
        var admin = place.As(Role.OccupierAdmin);
        (await SendAsync(place, new { numbers = place.Numbers(0), settings = DoNotDisturb }, admin))
            .IsProblem(403, "forbidden");
        await place.PolicyAsync("occupierAdminEditsSettings");
        place.App.Clock.Advance(SitePartition.AgeMax);

        var accepted = (await SendAsync(
            place, new { numbers = place.Numbers(0, 4, 9), settings = DoNotDisturb }, admin)).Is(202);
        await place.EndInTimeAsync(accepted.Id);

        var seen = (await place.App.GetAsync($"operations/{accepted.Id}", admin)).Is(200);
        Assert.Equal(
            [(place.Number(4), "not-found"), (place.Number(9), "not-found")],
            seen.Errors.Select(error => ((string)error["number"]!, (string)error["code"]!)));
    }

    [Fact]
    public async Task A_user_of_an_occupier_sees_what_came_of_its_own_request_and_of_no_other()
    {
        var place = await world.ServedAsync();
        await place.GiveAsync("ann", place.Number(0));
        await place.PolicyAsync("occupierUserEditsOwnSettings");
        place.App.Clock.Advance(SitePartition.AgeMax);
        var (ann, ben) = (place.As(Role.OccupierUser), place.As(Role.OccupierUser, "ben"));
        var another = (await place.SetAsync(place.Number(1), new { label = "Desk" })).Is(200).Id;
        // Somebody had the id before, as an admin of the account.
        await place.PolicyAsync("occupierAdminEditsSettings");
        place.App.Clock.Advance(SitePartition.AgeMax);
        var formers = await place.SetAsync(
            place.Number(1), new { label = "Window" }, token: place.As(Role.OccupierAdmin, "ann"));

        var accepted = (await SendAsync(
            place, new { numbers = place.Numbers(0, 1), settings = DoNotDisturb }, ann)).Is(202);
        await place.EndInTimeAsync(accepted.Id);

        var seen = (await place.App.GetAsync($"operations/{accepted.Id}", ann)).Is(200);
        Assert.Equal(("Partial", "ann"), ((string?)seen.Body["state"], (string?)seen.Body["requestedBy"]));
        Assert.Equal(
            [(place.Number(1), "not-found")],
            seen.Errors.Select(error => ((string)error["number"]!, (string)error["code"]!)));
        var list = $"sites/{place.Site}/operations";
        Assert.Equal(accepted.Id, (string?)Assert.Single(await place.ListAsync(list, ann))["id"]);
        Assert.Empty(await place.ListAsync(list, ben));
        foreach (var (id, token) in new[] { (accepted.Id, ben), (another, ann), (formers.Is(200).Id, ann) })
            (await place.App.GetAsync($"operations/{id}", token)).IsProblem(404, "not-found");
        (await place.App.PostAsync($"operations/{accepted.Id}/retry", ann, new { })).IsProblem(403, "forbidden");
    }

    [Fact]
    public async Task R1_A_site_that_is_managed_again_takes_changes_at_once_whoever_turned_it_on()
    {
        var place = await world.ServedAsync(1);
        var (sites, ct) = (place.App.Sites, TestContext.Current.CancellationToken);
        var managed = (await sites.FindAsync(place.Site, SiteKeys.Rules, ct))!;
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        var body = new { numbers = place.Numbers(0), settings = DoNotDisturb };
        (await SendAsync(place, body)).IsProblem(409, "site-not-managed");

        // Another process, of which this one does not hear.
        managed.ETag = (await sites.FindAsync(place.Site, SiteKeys.Rules, ct))!.ETag;
        Assert.IsType<CommitResult.Committed>(
            await sites.CommitAsync(place.Site, [new RowChange.Replace(managed)], ct));

        (await SendAsync(place, body)).Is(202);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_before_anything_is_written()
    {
        var place = await world.ServedAsync(1);
        var rows = place.Rows;

        var refused = await SendAsync(
            place, new { numbers = place.Numbers(0), settings = new { voicemail = new { ringSeconds = 1 } } });
        Assert.Equal([("settings.voicemail.ringSeconds", "out-of-range")], FieldsOf(refused));
        refused = await SendAsync(place, new { numbers = place.Numbers(0), settings = new { } });
        Assert.Equal([("settings", "one-of")], FieldsOf(refused));
        refused = await SendAsync(
            place, new { range = place.Range(0, SetNumbers.NumbersMax), settings = DoNotDisturb });
        Assert.Equal([("range", "too-many")], FieldsOf(refused));
        (await SendAsync(place, new { numbers = place.Numbers(0), settings = new { pin = "4711" } }))
            .IsProblem(400, "unknown-member");

        Assert.Equal(rows, place.Rows);
    }

    static JsonObject DoNotDisturb => new() { ["doNotDisturb"] = new JsonObject { ["on"] = true } };

    static Task<Answer> SendAsync(Place place, object body, string? token = null, string? key = null) =>
        place.App.PostAsync($"sites/{place.Site}/settings", token ?? place.Admin, body, key);

    static object Largest(int digit)
    {
        var flag = digit == 1;
        return new
        {
            label = Long(80, digit),
            voicemail = new { on = flag, email = $"{Long(250, digit)}@é.é", ringSeconds = 100 + digit },
            forwarding = new
            {
                always = To(digit, 10), busy = To(digit, 11), noAnswer = To(digit, 12), unreachable = To(digit, 13),
            },
            doNotDisturb = new { on = flag, ringSplash = flag },
            callWaiting = new { on = flag },
            authorizationCode = new { required = flag },
            outgoingPermissions = new
            {
                national = flag, mobile = flag, freephone = flag, sharedCost = flag, international = flag,
                premium = flag,
            },
            hotDesk = new { allow = flag, longestSessionHours = 10 + digit },
            intercept = new { on = flag, announcement = Long(500, digit) },
            simultaneousRing = new
            {
                numbers = Enumerable.Range(10, 10).Select(n => $"+44207946{digit}1{n}"), skipWhileOnCall = flag,
            },
            screening = new
            {
                rejectAnonymous = flag,
                rules = Enumerable.Range(10, 50).Select(
                    n => new { callers = $"+44207946{digit}1{n}", action = "Reject" }),
            },
        };
    }

    static object To(int digit, int n) => new { on = true, number = $"+44207946{digit}1{n}" };

    // JSON that writes such characters as escapes takes twelve for each of them, which are two.
    static string Long(int length, int digit = 0) =>
        string.Concat(Enumerable.Repeat(char.ConvertFromUtf32(0x1F600 + digit), length / 2));
}
