using System.Collections.Immutable;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>Accepts the assignment of one number, unless something that is seen at once is in its way.</summary>
public sealed class Assigning(LineTable lines, LineWork work, OperationDriver driver)
{
    internal Task<Checked<Operation>> StartAsync(
        DurableTaskClient client, Site site, Operation operation, Func<ImmutableArray<Refusal>, Problem> refuse,
        CancellationToken ct) => driver.StartAsync(
            client, operation, async () => await InTheWayAsync(site, operation, ct) is { Length: > 0 } refusals
                ? refuse(refusals)
                : operation,
            ct);

    /// <summary>What is in its way, or whether its name was used for another wish.</summary>
    internal async Task<(ImmutableArray<Refusal> Refusals, bool IsReused)> StartAsync(
        DurableTaskClient client, Site site, Operation operation, CancellationToken ct)
    {
        ImmutableArray<Refusal> inTheWay = [];
        var started = await StartAsync(client, site, operation, refusals =>
        {
            inTheWay = refusals;
            return Refusals.Problem(refusals);
        }, ct);
        return (inTheWay, started.Refused(out _, out _) && inTheWay.IsEmpty);
    }

    /// <summary>The step decides again when it assigns the number.</summary>
    async Task<ImmutableArray<Refusal>> InTheWayAsync(Site site, Operation operation, CancellationToken ct)
    {
        var users = operation.Wishes.Select(wish => wish.User).OfType<Id<User>>();
        var step = AssignPart.StepOf(
            operation, new(operation.Id.Value, 1, operation.At), await work.UsersAsync(site, users, ct), lines);
        return await work.InTheWayAsync(site, step, ct);
    }
}
