using Azure.Messaging.ServiceBus;
using Telephony.Functions.Messaging;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>What could not be carried out: looked at, mended, sent again.</summary>
public sealed class DeadLetterTests(AzuriteFixture azurite) : IAsyncLifetime
{
    const string Command =
        """{"type":"NominateMain","version":1,"commandId":"n-1","site":"site-1","numbers":["+442079460000"]}""";

    TestApp app = null!;

    DeadLetterBox Letters => app.Bus.DeadLetters;

    string Platform => app.Token(Domain.Access.Role.Platform, user: "paula");

    public async ValueTask InitializeAsync() => app = await TestApp.StartAsync(azurite);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task They_are_listed_page_by_page_the_oldest_first()
    {
        for (var i = 1; i <= 250; i++)
            Add(i * 3, Command);

        var first = (await app.GetAsync("dead-letters?top=200", Platform)).Is(200);
        var rest = (await app.GetAsync($"dead-letters?top=200&after={first.Body["next"]}", Platform)).Is(200);

        Assert.Equal((200, 50), (first.Items.Count, rest.Items.Count));
        Assert.Equal(["3", "600", "603", "750"], [
            (string)first.Items[0]["id"]!, (string)first.Items[^1]["id"]!, (string)rest.Items[0]["id"]!,
            (string)rest.Items[^1]["id"]!]);
        Assert.Null(rest.Body["next"]);
        Assert.Equal(0, Letters.Locked);
    }

    [Fact]
    public async Task One_shows_what_it_says_and_why_it_is_there()
    {
        Add(7, Command);
        Letters.Add(Letter(8, BinaryData.FromBytes(new byte[] { 0xFF, 0x00 })));
        Add(9, "{\"type\":5,\"text\":\"" + new string('ü', 9_000) + "\"}");

        var seen = (await app.GetAsync("dead-letters/7", Platform)).Is(200).Body;

        Assert.Equal(("NominateMain", "n-1", "site-1", "not-provisioned", Command), (
            (string?)seen["type"], (string?)seen["commandId"], (string?)seen["site"], (string?)seen["reasonCode"],
            (string?)seen["body"]));
        var bytes = (await app.GetAsync("dead-letters/8", Platform)).Is(200).Body;
        Assert.True(bytes["body"] is null && bytes["type"] is null);
        var text = (string)(await app.GetAsync("dead-letters/9", Platform)).Is(200).Body["body"]!;
        Assert.InRange(text.Length, 2_000, 4_097);
        Assert.DoesNotContain('\uFFFD', text);
        foreach (var none in new[] { "6", "10", "x", "-1", "99999999999999999999" })
            (await app.GetAsync($"dead-letters/{none}", Platform)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task It_is_sent_again_under_a_new_name_and_the_others_stay()
    {
        for (var i = 1; i <= 120; i++)
            Add(i, Command);

        (await app.PostAsync("dead-letters/110/resubmit", Platform, new { })).Is(200);

        var sent = Assert.Single(app.Bus.To(EntityNames.Commands));
        Assert.Equal(("m-110~r110", Command), (sent.MessageId, sent.Body.ToString()));
        Assert.False(sent.ApplicationProperties.ContainsKey("DeadLetterReason"));
        Assert.Equal((119, 0), (Letters.All.Count, Letters.Locked));
        (await app.PostAsync("dead-letters/110/resubmit", Platform, new { })).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task A_copy_that_fails_again_is_named_once_and_never_too_long()
    {
        Letters.Add(Letter(5, BinaryData.FromString(Command), "m~r3"));
        Letters.Add(Letter(6, BinaryData.FromString(Command), new string('m', 128)));

        (await app.PostAsync("dead-letters/5/resubmit", Platform, new { })).Is(200);
        (await app.PostAsync("dead-letters/6/resubmit", Platform, new { })).Is(200);

        var names = app.Bus.To(EntityNames.Commands).Select(message => message.MessageId).ToList();
        Assert.Equal("m~r5", names[0]);
        Assert.InRange(names[1].Length, 1, 128);
    }

    [Fact]
    public async Task A_mended_command_is_sent_in_its_place_and_what_is_none_is_refused()
    {
        Add(5, "{");
        (await app.PostAsync("dead-letters/5/resubmit", Platform, new { body = "{}" })).IsProblem(400, "invalid");
        Assert.Single(Letters.All);

        (await app.PostAsync("dead-letters/5/resubmit", Platform, new { body = Command })).Is(200);

        Assert.Equal(Command, Assert.Single(app.Bus.To(EntityNames.Commands)).Body.ToString());
        Assert.Empty(Letters.All);
    }

    [Fact]
    public async Task What_somebody_else_has_or_lies_too_deep_is_left_where_it_is()
    {
        for (var i = 1; i <= DeadLetterQueue.LookedMax + 1; i++)
            Add(i, Command);

        (await app.PostAsync($"dead-letters/{DeadLetterQueue.LookedMax + 1}/resubmit", Platform, new { }))
            .IsProblem(409, "dead-letter-out-of-reach");
        await Letters.Open().ReceiveMessagesAsync(1, null, TestContext.Current.CancellationToken);
        (await app.PostAsync("dead-letters/1/resubmit", Platform, new { })).IsProblem(409, "dead-letter-out-of-reach");

        Assert.Equal((DeadLetterQueue.LookedMax + 1, 1), (Letters.All.Count, Letters.Locked));
        Assert.Empty(app.Bus.To(EntityNames.Commands));
    }

    [Fact]
    public async Task A_service_bus_that_does_not_answer_is_said_so()
    {
        Letters.Fault = new("No answer.", ServiceBusFailureReason.ServiceTimeout);

        (await app.GetAsync("dead-letters", Platform)).IsProblem(503, "messaging-unavailable");
        (await app.GetAsync("dead-letters/1", Platform)).IsProblem(503, "messaging-unavailable");
        (await app.PostAsync("dead-letters/1/resubmit", Platform, new { })).IsProblem(503, "messaging-unavailable");
    }

    void Add(long id, string body) => Letters.Add(Letter(id, BinaryData.FromString(body)));

    static ServiceBusReceivedMessage Letter(long id, BinaryData body, string? name = null) =>
        ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: body, messageId: name ?? $"m-{id}", sequenceNumber: id, deliveryCount: 1,
            enqueuedTime: new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
            properties: new Dictionary<string, object>
            {
                ["DeadLetterReason"] = "not-provisioned", ["DeadLetterErrorDescription"] = "+442079460000: It is not.",
            });
}
