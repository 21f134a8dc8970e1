using System.Diagnostics;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Assignment;
using Telephony.Functions.DirectNumbers;
using Telephony.Functions.Http;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Releases;
using Telephony.Functions.Settings;
using Telephony.Functions.Storage;
using Telephony.Functions.VoiceServices;

namespace Telephony.Functions.Operations;

/// <summary>
/// Starts the orchestration that carries out an accepted operation. A process may die between the operation's row and
/// this, so a repeat of the request comes here too and mends what is missing.
/// </summary>
public sealed class OperationDriver(SitePartition sites, TimeProvider clock)
{
    public const string AlreadyRunning = "operation-running";

    /// <summary>
    /// A schedule can lose against an instance that ends before it is looked at; it cannot do so often.
    /// </summary>
    const int AttemptsMax = 4;

    /// <summary>
    /// The instance that carries an operation out, named by what must not run twice: while a service of an account at a
    /// site is assigned, no other is, none is ended, and the account is not closed.
    /// </summary>
    public static string InstanceOf(Operation operation) => operation.Kind switch
    {
        OperationKind.VoiceService or OperationKind.EndOfService or OperationKind.Closing =>
            $"voice~{operation.Id.Site}~{operation.Account}",
        OperationKind.MainNumber => MainNumberInstance(operation.Id.Site, operation.Account),
        OperationKind.Settings => $"settings~{operation.Id}",
        // Each by itself: two that want the same number meet in their transactions.
        OperationKind.Assignment => $"assign~{operation.Id}",
        OperationKind.DirectActivation or OperationKind.DirectDeactivation => NumbersInstance(operation.Id),
        _ => throw new UnreachableException($"One transaction carries out an operation of kind {operation.Kind}."),
    };

    /// <summary>The instance that activates an account's main number at a site.</summary>
    public static string MainNumberInstance(Id<Site> site, Id<Account>? account) => $"main~{site}~{account}";

    /// <summary>The instance that activates or deactivates the direct numbers of one operation.</summary>
    public static string NumbersInstance(OperationId operation) => $"numbers~{operation}";

    /// <summary>Which orchestration carries it out; its input is the operation's id.</summary>
    static TaskName OrchestrationOf(OperationKind kind) => kind switch
    {
        OperationKind.VoiceService => nameof(AssignVoiceService2),
        OperationKind.MainNumber => nameof(ActivateMainNumber),
        OperationKind.Assignment => nameof(AssignNumbers),
        OperationKind.DirectActivation or OperationKind.DirectDeactivation => nameof(ActivateNumbers),
        OperationKind.EndOfService => nameof(EndVoiceService),
        OperationKind.Settings => nameof(SetNumbers),
        OperationKind.Closing => nameof(CloseAccount2),
        _ => throw new UnreachableException($"One transaction carries out an operation of kind {kind}."),
    };

    /// <summary>
    /// Takes an operation on and sees to it that it runs. A repeat gets the first answer, whatever has changed since:
    /// before anything is in its way, its row is looked for.
    /// </summary>
    /// <param name="client">Durable's client.</param>
    /// <param name="operation">As it was asked for.</param>
    /// <param name="check">What is to be accepted, or the problem in the way; changes nothing.</param>
    /// <param name="ct">Stops before it is accepted: from then on a caller that leaves does not stop it.</param>
    internal async Task<Checked<Operation>> StartAsync(
        DurableTaskClient client, Operation operation,
        Func<Task<Checked<Operation>>> check, CancellationToken ct)
    {
        Operation? seen;
        var isRepeat = true;
        if (!(await check()).Refused(out var inTheWay, out var checkedOne))
            (seen, isRepeat) = await sites.AcceptAsync(checkedOne, CancellationToken.None);
        else if ((seen = await sites.FindAsync(operation.Id, ct)) is null)
            return inTheWay;

        return seen.Arguments == operation.Arguments
            ? await DriveAsync(client, seen, isRepeat, CancellationToken.None)
            : Problems.IdempotencyKeyReused();
    }

    /// <summary>Sees to it that the operation runs, or ends it because another one runs in its place.</summary>
    /// <param name="client">Durable's client.</param>
    /// <param name="operation">As last seen.</param>
    /// <param name="isRepeat">Whether an earlier try may have scheduled it already.</param>
    /// <param name="ct">Stops the request, not the operation.</param>
    public async Task<Operation> DriveAsync(
        DurableTaskClient client, Operation operation, bool isRepeat, CancellationToken ct)
    {
        var instance = InstanceOf(operation);
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            if (operation.HasEnded)
                return operation;
            if (isRepeat && await LookAsync(client, instance, operation, ct) is { } seen)
                return seen;

            try
            {
                await client.ScheduleNewOrchestrationInstanceAsync(
                    OrchestrationOf(operation.Kind), operation.Id.Value, new StartOrchestrationOptions(instance), ct);
                return operation;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                isRepeat = true;
            }
        }

        throw new SiteBusyException($"Other operations of {instance} came first {AttemptsMax} times in a row.");
    }

    /// <summary>
    /// What the instance says of the operation; null when nothing runs in its place, so that it can be scheduled.
    /// </summary>
    async Task<Operation?> LookAsync(
        DurableTaskClient client, string instance, Operation operation, CancellationToken ct)
    {
        var found = await client.GetInstanceAsync(instance, getInputsAndOutputs: true, ct);
        if (found is null)
            return null;

        var id = found.ReadInputAs<string>();
        if (id != operation.Id.Value)
        {
            return found.IsCompleted ? null : await EndAsync(operation, OperationState.Refused, new(
                AlreadyRunning,
                $"Operation {id} for the same account and site is still running. Wait for its end, then send the "
                + "request with a new Idempotency-Key."), ct);
        }

        if (!found.IsCompleted)
            return operation;

        // Closing is the last step: an orchestration that ended without it broke, or was terminated by hand.
        return await EndAsync(operation, OperationState.Failed, new(
            StepFailures.Code,
            "The operation stopped before its end. Send the request again with a new Idempotency-Key."), ct);
    }

    Task<Operation> EndAsync(Operation operation, OperationState state, OperationReason reason, CancellationToken ct) =>
        sites.EndAsync(operation, seen => seen.Ended(state, clock.GetUtcNow(), reason), ct);
}
