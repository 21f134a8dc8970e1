using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Azure.Messaging.ServiceBus;

namespace Telephony.Functions.Messaging;

/// <summary>A message that could not be carried out, as people see it.</summary>
/// <param name="Id">Its place among the dead letters.</param>
/// <param name="EnqueuedAt">When it came.</param>
/// <param name="Deliveries">How often it was tried.</param>
/// <param name="ReasonCode">Why it is here; for programs.</param>
/// <param name="Reason">Which field or number is in the way, why, and what to do; for people.</param>
/// <param name="Type">Which command it is; absent when it does not say.</param>
/// <param name="CommandId">The back office's name for it; absent when it does not say.</param>
/// <param name="Site">Where; absent when it does not say.</param>
/// <param name="Body">The beginning of its text; absent when it is no UTF-8.</param>
sealed record DeadLetterView(
    string Id,
    DateTimeOffset EnqueuedAt,
    int Deliveries,
    string? ReasonCode,
    string? Reason,
    string? Type,
    string? CommandId,
    string? Site,
    string? Body)
{
    const int BodyMax = 4 * 1024;

    public static string IdOf(ServiceBusReceivedMessage message) =>
        message.SequenceNumber.ToString(CultureInfo.InvariantCulture);

    public static DeadLetterView Of(ServiceBusReceivedMessage message)
    {
        var body = message.Body.ToMemory().Span;
        return new(
            IdOf(message),
            message.EnqueuedTime,
            message.DeliveryCount,
            message.DeadLetterReason,
            message.DeadLetterErrorDescription,
            CommandReader.Shown(body, "type"),
            CommandReader.Shown(body, "commandId"),
            CommandReader.Shown(body, "site"),
            Text(body));
    }

    static string? Text(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
            return null;
        if (body.Length <= BodyMax)
            return Encoding.UTF8.GetString(body);

        // Not within a character: bytes that go on with one begin with 10.
        var end = BodyMax;
        while ((body[end] & 0xC0) == 0x80)
            end--;
        return Encoding.UTF8.GetString(body[..end]) + "…";
    }
}
