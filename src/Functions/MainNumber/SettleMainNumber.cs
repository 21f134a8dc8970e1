using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// Sees what became of a number that waited for the platform, and gives up waiting where nothing did: the number is
/// then reserved as before, and the account's former main number is still in service.
/// </summary>
public sealed class SettleMainNumber(SitePartition sites, SiteQueries queries)
{
    public const string GivenUp = "activation-deadline";
    public const string PlatformFailed = "activation-failed";

    [Function(nameof(SettleMainNumber))]
    public async Task<Settled> Run([ActivityTrigger] SettleInput input, CancellationToken ct)
    {
        var operation = await sites.ExistingAsync(OperationId.Parse(input.Operation), ct);
        var id = operation.Id;
        var number = operation.Number ?? throw new UnreachableException($"{id} is no request for a main number.");
        if (input.Cause is Cause.Look && await queries.NumberAsync(id.Site, number, ct) is { } seen)
        {
            if (IsMain(seen, operation))
                return new(OperationState.Succeeded, null);
            if (seen.State is NumberState.Activating && seen.Operation == id)
                return new(null, null);
        }

        var command = new GiveUpActivation(number, id, operation.Order(input.Now));
        await sites.TransactAsync(
            new(operation, Operation.SettleStep, input.Now, site => PoolDecider.Decide(site, command))
            {
                Note = (noted, _) => noted with { Wait = null },
            }, ct);
        return await EndAsync(operation, number, input, ct);
    }

    static bool IsMain(Number number, Operation operation) =>
        number is { Role: NumberRole.Main } && number.Account == operation.Account;

    async Task<Settled> EndAsync(
        Operation operation, E164 number, SettleInput input, CancellationToken ct)
    {
        var found = await queries.NumberAsync(operation.Id.Site, number, ct);
        if (found is not null && IsMain(found, operation))
            return new(OperationState.Succeeded, null);
        if (found?.Operation == operation.Id)
        {
            return input.Cause is Cause.Cancel
                ? new(OperationState.Cancelled, StepFailures.Cancelled)
                : new(OperationState.Failed, new(
                    GivenUp, "The platform did not activate the number in time. Ask it why, then retry."));
        }

        // Whatever else moved it on has reasons of its own, which are not for whoever waited.
        var said = found?.Operation is { } other && await sites.FindAsync(other, ct)
            is { Kind: OperationKind.ActivationFailure, Note: var note } ? note : null;
        return new(OperationState.Failed, new(
            PlatformFailed,
            $"{PhoneText.International(number)} was not put in service"
            + (said is null ? "." : $": {said}.") + " See its history, then retry or choose another."));
    }
}
