using Azure.Messaging.ServiceBus;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Testing;

namespace Telephony.Functions.Tests.Docs;

/// <summary>docs/events.md and its schema are what the app sends.</summary>
public sealed class EventPageTests
{
    const string Command = "tools/docs/write";

    [Fact]
    public async Task The_page_has_every_event_as_it_is_sent()
    {
        var sent = await EventScript.PlayAsync();

        await EqualAsync(Path.Combine("docs", "events.md"), EventPage.Write(Head(sent[0]), sent));
        Assert.Equal(
            [EventTypes.Changed], EventTypes.All.Where(type => EventPage.Example(type, sent) is null));
    }

    [Fact]
    public Task The_schema_is_that_of_the_types_that_events_are_written_from() =>
        EqualAsync(EventSchema.File, EventPage.Json(EventSchema.Write()) + "\n");

    [Fact]
    public void The_page_says_of_each_type_which_ways_are_called_so()
    {
        foreach (var (type, (_, starts, ends)) in EventPage.Entries.Where(entry => entry.Value.From.Length > 0))
        {
            var ways =
                from before in States(starts)
                from after in States(ends == "the same" ? $"{before}" : ends)
                from role in RolesOf(type, stays: before == after)
                select new Way(before, after!.Value, role, null, null)
                {
                    What = EventTypes.InService.Contains(type) ? new(type, []) : null,
                };
            Assert.All(ways, way => Assert.Equal(type, EventTypes.Of(way)));
        }
    }

    static IEnumerable<NumberState?> States(string text) => text.Split(", ")
        .Select(name => name == "new" ? (NumberState?)null : Enum.Parse<NumberState>(name));

    /// <summary>Where the state stays the role decides.</summary>
    static NumberRole[] RolesOf(string type, bool stays) =>
        type == EventTypes.MainNominated ? [NumberRole.NominatedMain]
        : stays ? [NumberRole.Direct]
        : Enum.GetValues<NumberRole>();

    static async Task EqualAsync(string path, string text)
    {
        var (file, ct) = (Path.Combine(Repository.Root, path), TestContext.Current.CancellationToken);
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") is { Length: > 0 })
        {
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, text, ct);
        }

        Assert.True(
            await File.ReadAllTextAsync(file, ct) == text,
            $"{path} is not what the app sends: run {Command} and look at what changed.");
    }

    static string Head(ServiceBusMessage example) => FormattableString.Invariant($"""
        # Events

        All that happens to numbers is sent to the Service Bus topic `{EntityNames.Events}`, as [CloudEvents
        1.0](https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md) in structured JSON, each message one
        event, so that billing, reporting and the carriers' systems need not ask. (`{Command}` writes this page from
        what is really sent.)

        ## What a consumer can rely on

        - **At least once.** An event is written down in the transaction of the change that it tells, and that is
          forgotten only after the topic has taken it: no change goes untold, also when the app dies half-way. So the
          same event may come again, mostly within minutes, with the same `id` and the same content. Remember ids, or
          let the next rule do.
        - **No order.** Messages may overtake each other. Every number in an event carries its `version`, which counts
          the number's changes at the site without a gap, also over generations. **Drop what is not newer than what you
          have of that number** (`source` and number together: a number may move to another site, and counts anew
          there). Only the reminders `activation.overdue` and `deactivation.overdue` and the word of a site's
          schedule, `schedule.changed`, have no version, as no number has changed: read what they name.
        - **Many numbers in one event**: those that went the same way in one step of a request, at most
          {EventMessages.NumbersMax:N0} of them; more go in several events. A request of several steps or ways makes
          several events, with its id as `subject` and `data.operation`, and
          `GET /api/v1/sites/{"{site}"}/operations/{"{id}"}` has the whole.
        - **Soon.** Mostly within milliseconds, and within about five minutes after a crash. `time` is when the change
          was asked for, not when it was sent.
        - **Ids only.** No name and no e-mail address out of the directory; `data.actor.user` and `data.account` are its
          ids. `data.note` is what somebody typed as the reason of a block, a release and the like, and the changes of
          `settings.changed` are what somebody set, such as where messages go: do not publish them.
        - **A user's settings go with the user.** After `number.unassigned`, or `number.assigned` with another user, all
          settings but `authorizationCode`, `outgoingPermissions` and `intercept` are as if nobody had set them.
        - **Absent is null.** A member without a value is left out.

        The topic drops what comes again within ten minutes: `MessageId` is the event's `id`. Later repeats do arrive.

        ## What a message says beside its body

        Subscriptions can filter by the application properties, without looking into the body.

        | property | such as |
        |---|---|
        | `ContentType` | `{example.ContentType}` |
        | `MessageId` | `{example.MessageId}` |
        | `CorrelationId`: the operation | `{example.CorrelationId}` |
        | `Subject`: the type | `{example.Subject}` |
        | application property `type` | `{example.ApplicationProperties["type"]}` |
        | application property `dataschema`: the version | `{example.ApplicationProperties["dataschema"]}` |
        | application property `site` | `{example.ApplicationProperties["site"]}` |
        | application property `account`, absent when the numbers are nobody's | `acme` |

        A subscription of one occupier's numbers at one site has the filter `site = 'london' AND account = 'acme'`.

        ## Versions

        The [schema](schemas/events.v1.schema.json) is JSON Schema 2020-12; `dataschema` names it,
        `{EventMessages.DataSchema}`. Within a version only optional members and types are added: pass over members,
        types and kinds that you do not know. A change that breaks a consumer is a new `dataschema`, sent beside the old
        one, with ids of its own, for at least 180 days; then the old one ends. **Filter by the application property
        `dataschema`** and whatever else you want, so that the first event of a new version does not come as a surprise.

        ## The catalogue
        """);
}
