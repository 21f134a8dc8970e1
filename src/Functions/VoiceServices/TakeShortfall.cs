using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Pool;
using Telephony.Functions.Allocation;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Functions.Tasks;

namespace Telephony.Functions.VoiceServices;

/// <summary>
/// Writes the service down and takes the numbers that it lacks, in one transaction with the operation's row.
/// </summary>
public sealed class TakeShortfall(SitePartition sites)
{
    public const string Step = "take";

    /// <returns>Why nothing was taken; null when it is done.</returns>
    [Function(nameof(TakeShortfall))]
    public async Task<OperationReason?> Run([ActivityTrigger] OperationStepInput input, CancellationToken ct)
    {
        var operation = await sites.RecallAsync(OperationId.Parse(input.Operation), ct);
        var command = Command(operation, input.Now);
        var outcome = await sites.TransactAsync(
            new(operation, Step, input.Now, site => PreviewToken.AsShown(PoolDecider.Decide(site, command), operation))
            {
                Note = LinkedActivation.Note,
                Beside = change =>
                    [.. MainNumberTask.Rows(operation, change), .. LinkedActivation.Rows(operation, change)],
            }, ct);
        return outcome is SiteOutcome.Refused refused ? Refusals.Reason(refused.Refusals) : null;
    }

    internal static AssignService Command(Operation operation, DateTimeOffset now) =>
        operation is { Service: { } service }
            ? new(
                operation.Recipient(), service.Id, service.Code, service.Quantity, service.ExpectedVersion,
                operation.Order(now))
            : throw new UnreachableException($"{operation.Id} is no request for a voice service.");
}
