using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>Looks what is in the way of the assignment of one number, before it is accepted.</summary>
public sealed class Assigning(SitePartition sites, LineTable lines, LineWork work)
{
    internal async Task<Checked<Operation>> CheckAsync(Site site, Operation operation, CancellationToken ct) =>
        await InTheWayAsync(site, operation, ct) is { Length: > 0 } refusals
            ? Refusals.Problem(refusals)
            : operation;

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
