using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.Extensions.Logging.Abstractions;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Docs;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>What a consumer was promised of the messages.</summary>
public sealed class EventMessagesTests
{
    const int MessageIdMax = 128;

    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly Id<Account> Acme = Id<Account>.Parse("acme");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Whatever_can_be_written_down_is_an_event_as_the_schema_says()
    {
        var schema = EventSchema.Closed();
        var ways =
            from before in Enum.GetValues<NumberState>().Select(state => (NumberState?)state).Prepend(null)
            from after in Enum.GetValues<NumberState>()
            from role in Enum.GetValues<NumberRole>().Select(role => (NumberRole?)role).Prepend(null)
            from at in (DateTimeOffset?[])[null, Noon]
            select new Way(before, after, role, at is null ? null : Acme, at, 2, at);

        Assert.All(ways, way => Assert.Equal("", EventSchema.Violations(schema, Text(Of(way, 3).Single()))));
        Assert.Equal("", EventSchema.Violations(schema, Text(EventMessages.Overdue(Asked, [Number(0)], Noon, Noon))));
    }

    [Fact]
    public async Task What_is_really_sent_is_as_the_schema_says_and_every_type_of_it_is_known()
    {
        var schema = EventSchema.Closed();

        Assert.All(await EventScript.PlayAsync(), message =>
        {
            Assert.Equal("", EventSchema.Violations(schema, Text(message)));
            Assert.Contains(message.Subject, EventTypes.All);
        });
    }

    [Fact]
    public void The_schema_lets_nothing_in_that_was_not_promised()
    {
        var (schema, good) = (EventSchema.Closed(), RecordingBus.Body(Of(Allocated, 1).Single()));

        foreach (var spoil in (Action<JsonObject>[])
        [
            told => told["data"]!["name"] = "Jane",
            told => told["data"]!["to"] = "Lost",
            told => told["data"]!["numbers"]![0]!["number"] = "020 7946 0000",
            told => told["data"]!["numbers"] = new JsonArray(),
            told => told["data"]!.AsObject().Remove("operation"),
            told => told["time"] = "yesterday",
            told => told["type"] = EventTypes.ActivationOverdue,
        ])
        {
            var spoilt = good.DeepClone().AsObject();
            spoil(spoilt);
            Assert.NotEqual("", EventSchema.Violations(schema, spoilt.ToJsonString()));
        }
    }

    [Fact]
    public void A_message_says_the_same_beside_its_body_as_in_it()
    {
        var message = Of(Allocated, 2).Single();
        var told = new JsonEventFormatter().DecodeStructuredModeMessage(message.Body.ToMemory(), null, null);

        Assert.Equal(CloudEventsSpecVersion.V1_0, told.SpecVersion);
        Assert.Equal((told.Id, told.Type, told.Subject), (message.MessageId, message.Subject, message.CorrelationId));
        Assert.Equal(("/sites/london", Noon), (told.Source!.ToString(), told.Time));
        Assert.Equal("application/cloudevents+json; charset=utf-8", message.ContentType);
        Assert.Equal(
            new Dictionary<string, object>
            {
                ["type"] = "number.allocated", ["dataschema"] = "urn:telephony:events:v1", ["site"] = "london",
                ["account"] = "acme",
            },
            message.ApplicationProperties);
        Assert.Equal(
            """[{"number":"+442079460000","version":1},{"number":"+442079460001","version":2}]""",
            RecordingBus.Body(message)["data"]!["numbers"]!.ToJsonString().Replace(
                "\\u002B", "+", StringComparison.Ordinal));
        Assert.Contains("+442079460000", Text(message), StringComparison.Ordinal);
    }

    [Fact]
    public void What_ended_by_itself_is_told_as_nobodys_doing_and_at_its_own_time()
    {
        var lapse = new Way(
            NumberState.Held, NumberState.Available, NumberRole.Direct, Acme, null, At: Noon.AddDays(-1));
        var told = RecordingBus.Body(Of(lapse, 1).Single());

        Assert.Equal("2026-02-28T12:00:00Z", (string?)told["time"]);
        Assert.DoesNotContain(
            told["data"]!.AsObject(), member => member.Key is "actor" or "kind" or "note" or "rulesVersion");
    }

    [Fact]
    public void Many_numbers_go_in_messages_of_a_thousand_each_with_an_id_of_its_own_the_same_each_time()
    {
        var messages = Of(Allocated, 2_001).ToList();

        Assert.Equal(
            [1_000, 1_000, 1],
            messages.Select(message => RecordingBus.Body(message)["data"]!["numbers"]!.AsArray().Count));
        Assert.Equal(3, messages.Select(message => message.MessageId).Distinct().Count());
        Assert.EndsWith("~leave-1~3", messages[2].MessageId, StringComparison.Ordinal);
        Assert.Equal(messages.Select(Text), Of(Allocated, 2_001).Select(Text));
        Assert.Equal(
            Enumerable.Range(1, 2_001), messages.SelectMany(message =>
                RecordingBus.Body(message)["data"]!["numbers"]!.AsArray().Select(one => (int)one!["version"]!)));
    }

    [Fact]
    public async Task The_largest_change_is_sent_in_requests_that_the_Standard_tier_takes()
    {
        const int numbersOfTransaction = 97 * Block.Size;
        var longest = string.Concat(Enumerable.Repeat("x", Id<Site>.LengthMax));
        var deed = Deed with
        {
            Operation = new(Id<Site>.Parse(longest), new string('a', 26)), Account = Id<Account>.Parse(longest),
            User = longest, Note = string.Concat(Enumerable.Repeat("ü", NumberChange.NoteMax)),
        };
        var numbers = NumberSet.Of(Enumerable.Range(0, numbersOfTransaction).Select(i =>
            E164.FromDigits(E164.Last.Digits - i)));
        var step = new StepEvent(
            deed, new string('s', 24),
            [new(Allocated with { Account = deed.Account }, numbers, [.. numbers.Select(_ => int.MaxValue)])], []);
        var bus = new BatchBus();

        await new EventSender(bus, TimeProvider.System, NullLogger<EventSender>.Instance).SendAsync(step, Ct);

        Assert.True(bus.Batches.Count > 1, "All of it fitted into one request.");
        Assert.Equal(10, bus.Batches.Sum(batch => batch.Count));
        Assert.All(bus.Batches, batch =>
        {
            Assert.True(batch.Sum(message => message.Body.ToMemory().Length) < EventSender.BytesMax);
            Assert.All(batch, message => Assert.True(message.MessageId.Length <= MessageIdMax, message.MessageId));
        });
    }

    static Way Allocated { get; } =
        new(NumberState.Available, NumberState.Reserved, NumberRole.Direct, Acme, null);

    static Deed Deed { get; } = new(
        new(Id<Site>.Parse("london"), new string('a', 26)), "Allocation", Noon, "olivia", Role.OperatorAdmin, null,
        Acme, "Why.", 3);

    static Operation Asked { get; } = new()
    {
        Id = Deed.Operation, Kind = OperationKind.Allocation, Actor = Actor.System, Arguments = "", At = Noon,
        Account = Acme,
    };

    static E164 Number(int index) => E164.FromDigits(442079460000 + index);

    static IEnumerable<ServiceBusMessage> Of(Way way, int count) => EventMessages.Of(new(
        Deed, "leave-1",
        [new(way, NumberSet.Of(Enumerable.Range(0, count).Select(Number)), [.. Enumerable.Range(1, count)])],
        ImmutableArray<Domain.Choice.Piece>.Empty));

    static string Text(ServiceBusMessage message) => message.Body.ToString();

    sealed class BatchBus : ServiceBusSender
    {
        public List<IReadOnlyList<ServiceBusMessage>> Batches { get; } = [];

        public override Task SendMessagesAsync(
            IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
        {
            Batches.Add([.. messages]);
            return Task.CompletedTask;
        }
    }
}
