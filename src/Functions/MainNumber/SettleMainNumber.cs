using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>Why the waiting is over, or may be.</summary>
/// <remarks>A message to the activity has the number: a member keeps its own.</remarks>
public enum Cause
{
    /// <summary>Something happened to the number.</summary>
    Look = 0,

    /// <summary>Somebody calls it off.</summary>
    Cancel = 1,

    /// <summary>Nobody answered in time.</summary>
    Deadline = 2,

    /// <summary>A step failed for good, and what it may have begun is to be undone.</summary>
    Fault = 3,
}

/// <summary>What may be over, why, and when.</summary>
public sealed record SettleInput(string Operation, Cause Cause, DateTimeOffset Now);

/// <summary>How it ended.</summary>
/// <param name="State">Null when it has not: it goes on waiting.</param>
/// <param name="Reason">Why, when it did not succeed.</param>
public sealed record SettledMain(OperationState? State, OperationReason? Reason);

/// <summary>
/// Sees what became of a number that waited for the platform, and gives up waiting where nothing did: the number is
/// then reserved as before, and the account's former main number is still in service.
/// </summary>
public sealed class SettleMainNumber(SitePartition sites, SiteQueries queries)
{
    const string GivenUp = "activation-deadline";
    const string PlatformFailed = "activation-failed";

    [Function(nameof(SettleMainNumber))]
    public async Task<SettledMain> Run([ActivityTrigger] SettleInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var operation = await sites.FindAsync(id, ct)
            ?? throw new UnreachableException($"{id} was scheduled without a row.");
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

    async Task<SettledMain> EndAsync(
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

        var said = found?.Operation is { } other ? (await sites.FindAsync(other, ct))?.Note : null;
        return new(OperationState.Failed, new(
            PlatformFailed,
            $"{PhoneText.International(number)} was not put in service"
            + (said is null ? "." : $": {said}.") + " See its history, then retry or choose another."));
    }
}
