using System.Text.Json.Nodes;
using Telephony.Domain.Access;
using Telephony.Functions.Tests.MainNumber;
using Telephony.Functions.Tests.Settings;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Groups;

/// <summary>Loops that go by configurations of main numbers and by settings of direct ones, from either side.</summary>
public sealed class MixedLoopTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_configuration_that_leads_back_by_a_setting_is_refused_and_says_its_way()
    {
        var place = await PlaceAsync();
        (await place.SetAsync(place.Number(4), ForwardTo(place.Number(3), "busy"))).Is(200);
        (await place.SetAsync(place.Number(3), ForwardTo(place.Number(5), "unreachable"))).Is(200);

        var answer = await place.ConfigureAsync(
            new { outOfHours = Forward(place.Number(4)), ifBusy = Forward("+442079460999") });
        Assert.Equal(("outOfHours", "loop"), Only(answer, 400, "invalid"));
        Assert.Contains(
            $"{place.Tenant} → {place.Number(4)} → {place.Number(3)} → {place.Tenant}.",
            (string?)answer.Errors[0]["reason"], StringComparison.Ordinal);

        answer = await place.ConfigureAsync(
            new { receptionNumber = place.Number(3), holiday = new { kind = "Reception" } });
        Assert.Equal(("holiday", "loop"), Only(answer, 400, "invalid"));
        Assert.Null(await place.ETagAsync());

        // Phones of members ring, whatever their own calls do; and what is turned off leads nowhere.
        (await place.ConfigureAsync(Members(place.Number(3), place.Number(4)))).Is(200);
        (await place.SetAsync(place.Number(3), new { forwarding = new { unreachable = new { on = false } } })).Is(200);
        (await place.ConfigureAsync(new { outOfHours = Forward(place.Number(4)) }, await place.ETagAsync())).Is(200);
    }

    [Fact]
    public async Task A_setting_that_leads_back_by_a_configuration_is_refused_and_says_its_way()
    {
        var place = await PlaceAsync();
        (await place.ConfigureAsync(
            new { receptionNumber = place.Number(3), holiday = new { kind = "Reception" } })).Is(200);
        var before = (await place.ReadAsync(place.Number(3))).ETag;

        var answer = await place.SetAsync(place.Number(3), ForwardTo(place.Number(5), "busy"));

        Assert.Equal(("forwarding.busy.number", "call-loop"), Only(answer, 409, "settings-refused"));
        Assert.Equal(
            $"Calls would come back: {place.Number(3)} → {place.Number(5)} → {place.Number(3)}.",
            (string?)answer.Errors[0]["reason"]);
        Assert.Equal(before, (await place.ReadAsync(place.Number(3))).ETag);

        (await place.ConfigureAsync(Members(place.Number(3), place.Number(4)), await place.ETagAsync())).Is(200);
        (await place.SetAsync(place.Number(3), ForwardTo(place.Number(5), "busy"))).Is(200);
    }

    [Fact]
    public async Task Of_many_numbers_those_are_left_out_that_would_lead_back()
    {
        var place = await PlaceAsync();
        (await place.ConfigureAsync(new { ifBusy = Forward(place.Number(3)) })).Is(200);

        var accepted = (await place.App.PostAsync($"sites/{place.Site}/settings", place.Admin, new
        {
            numbers = place.Numbers(3, 4),
            settings = new { simultaneousRing = new { numbers = place.Numbers(5) } },
        })).Is(202);
        var ended = await place.EndInTimeAsync(accepted.Id);

        var error = Assert.Single(ended["errors"]!.AsArray())!;
        Assert.Equal((place.Number(3), "call-loop"), ((string?)error["number"], (string?)error["code"]));
        Assert.Contains(
            $"{place.Number(3)} → {place.Number(5)} → {place.Number(3)}", (string?)error["reason"],
            StringComparison.Ordinal);
        Assert.Equal(1, (int)ended["numberCount"]!);
    }

    [Fact]
    public async Task A_setting_comes_back_by_the_operators_reception()
    {
        var place = await PlaceAsync();
        await place.AssignAsync(place.Owner, "lines", 1);
        await place.PutMainInServiceAsync(6, place.Owner);
        (await place.ConfigureAsync(new { holiday = new { kind = "Reception" } })).Is(200);
        (await place.ConfigureAsync(new { inHours = Forward(place.Number(3)) }, account: place.Owner)).Is(200);

        var answer = await place.SetAsync(place.Number(3), ForwardTo(place.Number(5)));

        Assert.Equal(("forwarding.always.number", "call-loop"), Only(answer, 409, "settings-refused"));
        Assert.Equal(
            $"Calls would come back: {place.Number(3)} → {place.Number(5)} → the operator's reception → "
            + $"{place.Number(3)}.",
            (string?)answer.Errors[0]["reason"]);
    }

    [Fact]
    public async Task An_occupier_is_told_of_the_operators_reception_when_its_own_main_number_sends_calls_there()
    {
        var place = await PlaceAsync();
        await place.AssignAsync(place.Owner, "lines", 1);
        await place.PutMainInServiceAsync(6, place.Owner);
        await place.PolicyAsync("occupierAdminEditsSettings");
        (await place.AllocateAsync(place.Neighbour, 9)).Is(201);
        await place.ActivateAsync(place.Numbers(9));
        (await place.ConfigureAsync(new { holiday = new { kind = "Reception" } })).Is(200);

        Assert.Equal("the operator's reception", await PassedByAsync(3, place.Tenant));
        Assert.Equal("a number of another account", await PassedByAsync(9, place.Neighbour));

        async Task<string> PassedByAsync(int number, string account)
        {
            var owners = await place.App.GetAsync($"{place.MainPath(place.Owner)}/configuration", place.Admin);
            (await place.ConfigureAsync(
                new { inHours = Forward(place.Number(number)) }, owners.ETag, account: place.Owner)).Is(200);
            var answer = await place.SetAsync(
                place.Number(number), ForwardTo(place.Number(5)),
                place.App.Token(Role.OccupierAdmin, place.Owner, account, user: "ann"));
            Assert.Equal(("forwarding.always.number", "call-loop"), Only(answer, 409, "settings-refused"));
            Assert.Equal("Send the calls elsewhere.", (string?)answer.Errors[0]["wayOut"]);
            return ((string)answer.Errors[0]["reason"]!).Split(" → ")[2];
        }
    }

    [Fact]
    public async Task A_number_that_is_yet_to_become_a_main_number_counts()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["maxPerAccount"] = 20);
        await place.BringIntoServiceAsync(3);
        await place.NominateAsync(5);
        await place.WaitsAsync((await place.PutMainAsync(5)).Is(202).Id);
        (await place.ConfigureAsync(new { ifBusy = Forward(place.Number(3)) })).Is(200);

        (await place.SetAsync(place.Number(3), ForwardTo(place.Number(5)))).IsProblem(409, "settings-refused");
    }

    /// <summary>The tenant has main number 5, and 3 and 4 in service.</summary>
    async Task<Place> PlaceAsync()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["maxPerAccount"] = 20);
        await place.BringIntoServiceAsync(3, 4);
        await place.PutMainInServiceAsync(5);
        return place;
    }

    static JsonObject Forward(string number) => new() { ["kind"] = "Forward", ["number"] = number };

    static object Members(params string[] numbers) =>
        new { huntGroup = new { members = numbers.Select(number => new { number }) } };

    static (string?, string?) Only(Answer answer, int status, string code)
    {
        answer.IsProblem(status, code);
        return Assert.Single(FieldsOf(answer));
    }
}
