using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Assignment;
using Telephony.Functions.Directory;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Releases;

/// <summary>
/// Takes the numbers of an account that leaves from whoever has them, a few in each transaction: they ring nowhere
/// then, and can be given up.
/// </summary>
public sealed class UnassignForClose(
    SitePartition sites, LineTable lines, LineWork work, DirectoryTable directory)
{
    /// <summary>Parts in one operation: more numbers than any account has in use at a site.</summary>
    public const int PartsMax = 500;

    [Function(nameof(UnassignForClose))]
    public async Task<PartResult> Run([ActivityTrigger] PartInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var operation = await sites.ExistingAsync(id, ct);
        var site = await directory.ExistingSiteAsync(id.Site, ct);
        var account = operation.Account ?? throw new UnreachableException($"{id} closes no account.");

        var inUse = ClosePreview.InUseOf(await sites.ReadAsync(id.Site, ct), account);
        IReadOnlyList<E164> part = [.. inUse.Take(AssignPart.NumbersInPart)];
        if (part.Count == 0)
            return new(null, HasMore: false);

        var outcome = await work.TransactAsync(
            site,
            new(
                operation, input.Step("unassign"), input.Now,
                stop => lines.LoadAsync(id.Site, [.. part], [], stop), Decide), ct);
        return outcome is SiteOutcome.Refused no
            ? new(Refusals.Reason(no.Refusals), HasMore: false)
            : new(null, HasMore: outcome is not SiteOutcome.HasEnded);

        // The first part of a close whose preview no longer holds changes nothing.
        LineDecision Decide(LineState state) =>
            ClosePreview.DecideAsShown(state.Numbers, LeaveSite.Command(operation, input.Now), operation)
                is PoolDecision.Refused refused
                ? new LineDecision.Refused(refused.Refusals)
                : LineDecider.Decide(state, new UnassignLines(
                    [.. part], operation.Order(input.Now) with { By = Party.System }));
    }
}
