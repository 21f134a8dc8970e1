using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Tasks;

/// <summary>R15: what an operator asks the platform for, and the platform's answer.</summary>
public sealed class RequestTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task R15_A_request_is_the_platforms_task_and_its_answer_is_read_where_it_was_asked()
    {
        var place = await world.PlaceAsync();
        var asked = (await AskAsync(place)).Is(201);
        Assert.Equal($"/api/v1/sites/{place.Site}/requests/{asked.Id}", asked.Headers["Location"]);
        Assert.Equal(
            ("PortIn", "Open", place.Tenant, "olga", "Ours."),
            ((string?)asked.Body["kind"], (string?)asked.Body["state"], (string?)asked.Body["account"],
                (string?)asked.Body["openedBy"], (string?)asked.Body["text"]));
        Assert.Equal(place.Numbers(50, 51), asked.Body["numbers"]!.AsArray().Select(number => (string)number!));

        var task = Assert.Single(await place.ListAsync($"sites/{place.Site}/tasks?state=Open", place.Platform));
        Assert.Equal(asked.Body.ToJsonString(), task.ToJsonString());
        (await AnswerAsync(place, asked.Id, "done", new { note = "Ported." })).Is(200);

        var seen = (await world.App.GetAsync($"sites/{place.Site}/requests/{asked.Id}", place.Admin)).Is(200).Body;
        Assert.Equal(
            ("Done", "Ported.", "paula"),
            ((string?)seen["state"], (string?)seen["reason"], (string?)seen["answeredBy"]));
        Assert.NotNull(seen["answeredAt"]);
        Assert.Empty(await place.ListAsync($"sites/{place.Site}/tasks?state=Open", place.Platform));
        Assert.Single(await place.ListAsync($"sites/{place.Site}/requests?kind=PortIn&account={place.Tenant}"));
        Assert.Empty(await place.ListAsync($"sites/{place.Site}/requests?account={place.Neighbour}"));
    }

    [Fact]
    public async Task R15_A_task_is_answered_once()
    {
        var place = await world.PlaceAsync();
        var asked = (await AskAsync(place)).Is(201).Id;
        var refused = (await AnswerAsync(place, asked, "refuse", new { reason = "Not possible." }, "mine")).Is(200);
        var before = place.Rows;

        (await AnswerAsync(place, asked, "done", new { })).IsProblem(409, "task-answered");
        var repeat = (await AnswerAsync(place, asked, "refuse", new { reason = "Not possible." }, "mine")).Is(200);
        (await AnswerAsync(place, asked, "refuse", new { reason = "Other." }, "mine"))
            .IsProblem(422, "idempotency-key-reused");

        Assert.Equal(refused.Body.ToJsonString(), repeat.Body.ToJsonString());
        Assert.Equal(before, place.Rows);
        var again = (await AnswerAsync(place, asked, "refuse", new { reason = "Another reason." })).Is(200);
        Assert.Equal(refused.Body.ToJsonString(), again.Body.ToJsonString());
    }

    [Fact]
    public async Task R15_Two_answers_at_once_leave_one_and_the_other_is_told()
    {
        var place = await world.PlaceAsync();
        var asked = (await AskAsync(place)).Is(201).Id;

        var answers = await Task.WhenAll(
            AnswerAsync(place, asked, "done", new { }), AnswerAsync(place, asked, "refuse", new { reason = "No." }));

        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        answers.Single(answer => answer.Status == 409).IsProblem(409, "task-answered");
    }

    [Fact]
    public async Task A_repeat_of_a_request_answers_the_first_one_also_when_it_is_answered_by_then()
    {
        var place = await world.PlaceAsync();
        var asked = (await AskAsync(place, "mine")).Is(201);
        (await AnswerAsync(place, asked.Id, "done", new { })).Is(200);
        await place.LeaveElsewhereAsync(place.Tenant);

        var repeat = (await AskAsync(place, "mine")).Is(201);

        Assert.Equal(asked.Body.ToJsonString(), repeat.Body.ToJsonString());
        (await AskAsync(place)).IsProblem(409, "account-not-at-site");
        Assert.Single(await place.ListAsync($"sites/{place.Site}/requests"));
    }

    [Fact]
    public async Task R1_An_unmanaged_site_refuses_requests_and_answers_and_lists_them()
    {
        var place = await world.PlaceAsync();
        var asked = (await AskAsync(place)).Is(201).Id;
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        var before = place.Rows;

        (await AskAsync(place)).IsProblem(409, "site-not-managed");
        (await AnswerAsync(place, asked, "done", new { })).IsProblem(409, "site-not-managed");
        (await AnswerAsync(place, asked, "refuse", new { reason = "No." })).IsProblem(409, "site-not-managed");

        Assert.Equal(before, place.Rows);
        Assert.Single(await place.ListAsync($"sites/{place.Site}/requests"));
    }

    [Fact]
    public async Task An_operators_user_asks_where_the_policy_says_so()
    {
        var place = await world.PlaceAsync();
        var user = world.App.Token(Role.OperatorUser, "acme", sites: [place.Site]);
        (await AskAsync(place, token: user)).IsProblem(403, "forbidden");

        await place.RulesAsync(rules => rules["policies"]!["operatorUserRequestsSpecial"] = true);
        world.App.Clock.Advance(Storage.SitePartition.AgeMax);

        (await AskAsync(place, token: user)).Is(201);
    }

    [Theory]
    [InlineData("""{"kind":"PortIn","account":"{t}","text":" "}""", "text", "bad-text")]
    [InlineData("""{"kind":"SpecialNumber","account":"{t}","text":"x","numbers":["{n}"]}""", "numbers",
        "only-for-port-in")]
    [InlineData("""{"kind":"PortIn","account":"{t}","text":"x","numbers":[]}""", "numbers", "out-of-range")]
    [InlineData("""{"kind":"PortIn","account":"{t}","text":"x","numbers":["x"]}""", "numbers[0]", "not-a-number")]
    [InlineData("""{"kind":"PortIn","account":"nobody","text":"x"}""", "account", "unknown-account")]
    public async Task A_request_that_cannot_be_is_refused_by_name(string body, string field, string code)
    {
        var place = await world.PlaceAsync();
        var text = body.Replace("{t}", place.Tenant, StringComparison.Ordinal)
            .Replace("{n}", place.Number(1), StringComparison.Ordinal);
        var before = place.Rows;

        var answer = await world.App.PostAsync($"sites/{place.Site}/requests", place.Admin, text);

        answer.IsProblem(400, "invalid");
        Assert.Equal((field, code), ((string?)answer.Errors[0]["field"], (string?)answer.Errors[0]["code"]));
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task The_platform_is_asked_once_for_the_main_number_that_an_account_lacks()
    {
        var place = await world.PlaceAsync();
        await place.RulesAsync(rules => rules["services"]![0]!["needsMain"] = true);

        var first = await place.AssignAsync(place.Tenant, "desk", 2);
        Assert.Equal(("Partial", "no-nominated-main"), (
            (string?)first["state"], (string?)first["reason"]!["code"]));
        await place.AssignAsync(place.Tenant, "more", 1);

        var task = Assert.Single(await place.ListAsync($"sites/{place.Site}/tasks", place.Platform));
        Assert.Equal(
            ("NominateMain", "Open", "system", (string?)first["id"]),
            ((string?)task["kind"], (string?)task["state"], (string?)task["openedBy"], $"{place.Site}~{task["id"]}"));
        Assert.Contains($"account {place.Tenant} ", (string?)task["text"], StringComparison.Ordinal);
        Assert.Contains("service desk (voice)", (string?)task["text"], StringComparison.Ordinal);
        Assert.Single(await place.ListAsync($"sites/{place.Site}/requests?kind=NominateMain"));
    }

    Task<Answer> AskAsync(Place place, string? key = null, string? token = null) => world.App.PostAsync(
        $"sites/{place.Site}/requests", token ?? place.Admin,
        new { kind = "PortIn", account = place.Tenant, text = " Ours. ", numbers = place.Numbers(50, 51) }, key);

    Task<Answer> AnswerAsync(Place place, string id, string what, object body, string? key = null) =>
        world.App.PostAsync($"sites/{place.Site}/tasks/{id}/{what}", place.Platform, body, key);
}
