using Telephony.Domain.Numbers;
using static Telephony.Functions.Tests.Settings.SettingsDesk;

namespace Telephony.Functions.Tests.Settings;

/// <summary>What cannot be set.</summary>
public sealed partial class SettingsTests
{
    [Fact]
    public async Task Calls_that_would_come_back_over_any_number_of_hops_are_refused()
    {
        var place = await world.ServedAsync(8);
        for (var hop = 0; hop < 7; hop++)
            (await place.SetAsync(place.Number(hop), ForwardTo(place.Number(hop + 1), "busy"))).Is(200);

        var refused = await place.SetAsync(place.Number(7), ForwardTo(place.Number(0), "unreachable"));

        refused.IsProblem(409, "settings-refused");
        Assert.Equal([("forwarding.unreachable.number", "call-loop")], FieldsOf(refused));
        Assert.Contains(
            string.Join(" → ", Enumerable.Range(0, 8).Select(place.Number).Prepend(place.Number(7))),
            (string?)refused.Errors[0]["reason"], StringComparison.Ordinal);
        (await place.SetAsync(place.Number(7), new { simultaneousRing = new { numbers = place.Numbers(3) } }))
            .IsProblem(409, "settings-refused");
        // A number elsewhere is an end, whatever happens there.
        (await place.SetAsync(place.Number(7), ForwardTo("+442079460999"))).Is(200);
        (await place.SetAsync(place.Number(3), new { forwarding = new { busy = new { on = false } } })).Is(200);
        (await place.SetAsync(place.Number(7), ForwardTo(place.Number(0)))).Is(200);
    }

    [Fact]
    public async Task What_a_number_did_with_calls_in_an_earlier_term_makes_no_loop()
    {
        var place = await world.ServedAsync();
        (await place.SetAsync(place.Number(1), ForwardTo(place.Number(0)))).Is(200);
        (await place.SetAsync(place.Number(0), ForwardTo(place.Number(1)))).IsProblem(409, "settings-refused");

        await place.MoveAsync(
            [place.Number(1)], order => new NumberCommand.Deactivate(order with { By = Party.Operator }),
            order => new NumberCommand.ConfirmDeactivation(order));

        (await place.SetAsync(place.Number(0), ForwardTo(place.Number(1)))).Is(200);
    }

    [Theory]
    [InlineData("{}", "$ one-of")]
    [InlineData("{\"label\":\"\"}", "label bad-text")]
    [InlineData("{\"voicemail\":{\"ringSeconds\":4}}", "voicemail.ringSeconds out-of-range")]
    [InlineData("{\"voicemail\":{\"email\":\"nobody\"}}", "voicemail.email bad-email")]
    [InlineData("{\"forwarding\":{\"noAnswer\":{\"seconds\":121}}}", "forwarding.noAnswer.seconds out-of-range")]
    [InlineData("{\"forwarding\":{\"busy\":{\"number\":\"999\"}}}", "forwarding.busy.number emergency-number")]
    [InlineData("{\"forwarding\":{\"busy\":{\"number\":\"+44112\"}}}", "forwarding.busy.number emergency-number")]
    [InlineData("{\"forwarding\":{\"busy\":{\"number\":\"+449999999999\"}}}", "forwarding.busy.number not-dialable")]
    [InlineData("{\"forwarding\":{\"busy\":{\"number\":\"442079460999\"}}}", "forwarding.busy.number lost-plus-sign")]
    [InlineData("{\"simultaneousRing\":{\"numbers\":[\"112\"]}}", "simultaneousRing.numbers[0] emergency-number")]
    [InlineData(
        "{\"simultaneousRing\":{\"numbers\":[\"+442079460999\",\"020 7946 0999\"]}}",
        "simultaneousRing.numbers[1] named-twice")]
    [InlineData("{\"screening\":{\"rules\":[{\"callers\":\"44*\",\"action\":\"Reject\"}]}}",
        "screening.rules[0].callers not-a-number")]
    [InlineData("{\"hotDesk\":{\"longestSessionHours\":25}}", "hotDesk.longestSessionHours out-of-range")]
    [InlineData("{\"hotDesk\":{\"longestSessionHours\":0}}", "hotDesk.longestSessionHours out-of-range")]
    public async Task What_cannot_be_is_refused_by_field(string body, string error)
    {
        var place = await world.ServedAsync(1);
        var rows = place.Rows;

        var refused = await place.SetAsync(place.Number(0), body);

        refused.IsProblem(400, "invalid");
        Assert.Equal([error], FieldsOf(refused).Select(field => $"{field.Item1} {field.Item2}"));
        Assert.Equal(rows, place.Rows);
    }

    [Fact]
    public async Task More_than_a_list_may_have_is_refused()
    {
        var place = await world.ServedAsync(1);
        var numbers = Enumerable.Range(0, 51).Select(n => $"+4420794609{n:D2}").ToArray();

        var many = await place.SetAsync(place.Number(0), new { simultaneousRing = new { numbers = numbers[..11] } });
        Assert.Equal([("simultaneousRing.numbers", "too-many")], FieldsOf(many));
        many = await place.SetAsync(place.Number(0), new
        {
            screening = new { rules = numbers.Select(callers => new { callers, action = "Accept" }) },
        });
        Assert.Equal([("screening.rules", "too-many")], FieldsOf(many));
    }

    [Theory]
    [InlineData("{\"pin\":\"4711\"}")]
    [InlineData("{\"voicemail\":{\"pin\":\"4711\"}}")]
    [InlineData("{\"authorizationCode\":{\"code\":\"4711\"}}")]
    [InlineData("{\"authorizationCode\":{\"required\":true},\"code\":\"4711\"}")]
    public async Task No_pin_and_no_code_is_taken_shown_or_stored(string body)
    {
        var place = await world.ServedAsync(1);

        var refused = await place.SetAsync(place.Number(0), body);
        refused.IsProblem(400, "unknown-member");
        var reset = await place.App.PostAsync(
            place.SettingsPath(place.Number(0)) + "/pin-reset", place.Admin, "{\"pin\":\"4711\"}");
        reset.IsProblem(400, "unknown-member");

        Assert.DoesNotContain("4711", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", reset.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(place.Rows, row => row.Contains("4711", StringComparison.Ordinal));
    }
}
