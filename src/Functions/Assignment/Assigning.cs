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
public sealed class Assigning(SitePartition sites, LineTable lines, LineWork work, OperationDriver driver)
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
        var (inTheWay, told) = (ImmutableArray<Refusal>.Empty, (Problem?)null);
        var started = await StartAsync(client, site, operation, refusals =>
        {
            inTheWay = refusals;
            return told = Refusals.Problem(refusals);
        }, ct);
        // A repeat was accepted, whatever is in its way by now.
        return !started.Refused(out var problem, out _) ? ([], false)
            : ReferenceEquals(problem, told) ? (inTheWay, false)
            : ([], true);
    }

    /// <summary>
    /// A yes may rest on what this process remembers, for the step decides again; a no is certain.
    /// </summary>
    internal async Task<ImmutableArray<Refusal>> InTheWayAsync(Site site, Operation operation, CancellationToken ct) =>
        sites.Recall(site.Id) is { } remembered
        && await InTheWayAsync(site, operation, remembered, mayBeOld: true, ct) is []
            ? []
            : await InTheWayAsync(site, operation, await sites.ReadAsync(site.Id, ct), mayBeOld: false, ct);

    async Task<ImmutableArray<Refusal>> InTheWayAsync(
        Site site, Operation operation, SiteState state, bool mayBeOld, CancellationToken ct)
    {
        var users = await work.UsersAsync(
            site, operation.Wishes.Select(wish => wish.User).OfType<Id<User>>(), ct, mayBeOld);
        var step = AssignPart.StepOf(
            operation, new(operation.Id.Value, 1, operation.At), users, lines, mayBeOld ? state : null);
        return await work.InTheWayAsync(site, state, step, ct);
    }
}
