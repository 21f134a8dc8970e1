using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Telephony.Functions.Messaging;

/// <summary>
/// Takes the back office's commands. What is carried out, kept, or was before, is completed; what never can be is
/// dead-lettered with the reason; a fault is tried again for a while, and then left to the queue to deliver anew.
/// </summary>
public sealed class ReceiveCommand(CommandHandler commands, CommandRetries retries, ILogger<ReceiveCommand> logger)
{
    [Function(nameof(ReceiveCommand))]
    public async Task Run(
        [ServiceBusTrigger(EntityNames.Commands, Connection = "ServiceBus", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(actions);
        var rejection = await retries.RunAsync(
            (attempt, stop) => commands.HandleAsync(
                message.Body.ToMemory(), client, again: attempt > 1 || message.DeliveryCount > 1, stop), ct);
        if (rejection is null)
        {
            await actions.CompleteMessageAsync(message, ct);
            return;
        }

        Log.DeadLettered(logger, message.MessageId, rejection.Code);
        await actions.DeadLetterMessageAsync(
            message, deadLetterReason: rejection.Code, deadLetterErrorDescription: rejection.Text,
            cancellationToken: ct);
    }
}
