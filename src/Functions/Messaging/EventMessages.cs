using System.Globalization;
using Azure.Messaging.ServiceBus;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Messaging;

/// <summary>
/// What happened as messages: CloudEvents 1.0, each a JSON text of its own. The same step always makes the same
/// messages with the same ids, whichever process makes them and however often.
/// </summary>
static class EventMessages
{
    /// <summary>Numbers in one message. With another limit the same ids would mean other numbers.</summary>
    public const int NumbersMax = 1_000;

    /// <summary>Changes when a consumer of the old form could no longer read the new one.</summary>
    public static readonly Uri DataSchema = new("urn:telephony:events:v1");

    static readonly JsonEventFormatter Formatter = new(Json.Options, documentOptions: default);

    /// <summary>
    /// A message for each way that numbers went, or more where they are many; and one for the site's schedule.
    /// </summary>
    public static IEnumerable<ServiceBusMessage> Of(StepEvent step)
    {
        var parts =
            from move in step.Moves
            from part in move.Numbers.Zip(move.Versions, (number, version) => new NumberVersion(number, version))
                .Chunk(NumbersMax)
            select (move.Way, Numbers: part);
        foreach (var (index, (way, numbers)) in parts.Index())
        {
            yield return Message(
                EventTypes.Of(way), step.Deed.Operation, Invariant($"{step.Step}~{index + 1}"), way.Account,
                way.At ?? step.Deed.At, Data(step.Deed, way, numbers));
        }

        if (!step.Schedule.IsEmpty)
        {
            yield return Message(
                EventTypes.ScheduleChanged, step.Deed.Operation, $"{step.Step}~schedule", null, step.Deed.At,
                new ScheduleEvent(
                    step.Deed.Operation.Site, step.Deed.Operation.Value, ActorOf(step.Deed), step.Schedule));
        }
    }

    /// <summary>One for each operation, however often it is said.</summary>
    public static ServiceBusMessage Overdue(
        Operation operation, IReadOnlyList<E164> numbers, DateTimeOffset deadline, DateTimeOffset at) => Message(
            operation.Kind is OperationKind.DirectDeactivation
                ? EventTypes.DeactivationOverdue
                : EventTypes.ActivationOverdue,
            operation.Id, "remind", operation.Account, at,
            new OverdueEvent(
                operation.Id.Site, operation.Id.Value, operation.Account, numbers[0], numbers.Count, operation.At,
                deadline));

    static NumberEvent Data(Deed deed, Way way, IReadOnlyList<NumberVersion> numbers)
    {
        // What lapsed in a block did so by itself, whoever then wrote the block.
        var theirs = way.At is null ? deed : null;
        return new(
            deed.Operation.Site, deed.Operation.Value, theirs?.Kind, way.Account, way.From, way.To, way.Role,
            way.Until, way.Generation, theirs is null ? null : ActorOf(theirs),
            theirs?.Note, theirs?.RulesVersion, numbers, ChangedField.Of(way));
    }

    static Actor ActorOf(Deed deed) => new(deed.User, deed.Role, deed.OnBehalfOf);

    static ServiceBusMessage Message(
        string type, OperationId operation, string part, Id<Account>? account, DateTimeOffset time, object data)
    {
        var told = new CloudEvent
        {
            Id = $"{operation}~{part}",
            Source = new($"/sites/{operation.Site}", UriKind.Relative),
            Type = type,
            Subject = operation.Value,
            Time = time,
            DataContentType = Json.MediaType,
            DataSchema = DataSchema,
            Data = data,
        };
        var message = new ServiceBusMessage(Formatter.EncodeStructuredModeMessage(told, out var contentType))
        {
            MessageId = told.Id,
            Subject = type,
            CorrelationId = operation.Value,
            ContentType = contentType.ToString(),
            // What subscriptions may filter by.
            ApplicationProperties =
            {
                ["type"] = type, ["dataschema"] = DataSchema.ToString(), ["site"] = operation.Site.Value,
            },
        };
        if (account is { } its)
            message.ApplicationProperties["account"] = its.Value;
        return message;
    }

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
