using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Allocation;
using Telephony.Functions.Assignment;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Releases;

/// <summary>
/// Ends all that an occupier has at a site: holds, services and numbers, which are taken from whoever has them. A
/// number that cannot leave now stays, with a reason. Leases of spaces stay, and what is configured for its main
/// number, should it come back. Without numbers and leases, the site can be taken off the account.
/// </summary>
public sealed class PostClose(
    SitePartition sites, LineTable lines, PlaceTable places, OperationDriver driver, TimeProvider clock)
{
    const string Route = "v1/sites/{site}/accounts/{account}/close";

    /// <param name="Preview">A preview's token: do what it showed, or nothing.</param>
    internal sealed record CloseBody([RegularExpression(PreviewToken.Pattern)] string? Preview = null);

    /// <param name="Top">How many numbers to name at most; absent for as many as may be.</param>
    internal sealed record PreviewCloseBody([Range(1, ClosePreview.NumbersMax)] int? Top = null);

    [Function(nameof(PostClose)), Demands(Permission.Allocate)]
    [Summary("Close an account at a site")]
    [Takes(typeof(CloseBody))]
    [Answers(202, typeof(OperationView))]
    [Refuses("operation-running", "operators-own-account", "preview-stale", "site-not-managed")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<CloseBody>(request, ct)).Refused(out problem, out var body)
            || PreviewToken.Read(body.Preview).Refused(out problem, out var preview))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var account = admitted.Account!;
        if (account.Kind is AccountKind.Operator)
            return Problems.OperatorsOwnAccount(account.Id.Value);

        var operation = OperationRequest.Of(
            admitted, OperationKind.Closing, request, key, clock.GetUtcNow(), preview is null ? [] : [preview]) with
        {
            Account = account.Id,
            AccountKind = account.Kind,
            Preview = preview,
        };
        var started = await driver.StartAsync(
            client, operation, () => CheckAsync(operation, ct), ct);
        return OperationAnswers.Accepted(request, started);
    }

    /// <summary>
    /// Shows what closing an account would do to each of its numbers, who would lose one, and which spaces it still
    /// leases. Nothing is changed.
    /// </summary>
    [Function("PreviewClose"), Demands(Permission.Allocate)]
    [Summary("Show what closing an account would do", ChangesNothing = true)]
    [Takes(typeof(PreviewCloseBody))]
    [Answers(200, typeof(ClosePreview))]
    [Refuses("operators-own-account", "site-not-managed")]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/preview")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<PreviewCloseBody>(request, ct)).Refused(out var problem, out var body))
            return problem;

        var (top, errors) = (body.Top ?? ClosePreview.NumbersMax, new BodyErrors());
        errors.Range("top", top, 1, ClosePreview.NumbersMax);
        if (errors.Problem is { } bad)
            return bad;

        var admitted = Admitted.Of(request);
        var account = admitted.Account!;
        if (account.Kind is AccountKind.Operator)
            return Problems.OperatorsOwnAccount(account.Id.Value);

        var (site, command) = (
            admitted.Site!.Id, new CloseAtSite(account.Id, OperationRequest.Preview(admitted, clock.GetUtcNow())));
        // First: who is shown too little is then turned away by the token.
        var state = await sites.ReadAsync(site, ct);
        var inUse = await lines.AllAsync(site, null, ct)
            .Where(stored => stored.Line.Account == account.Id)
            .Take(top).Select(stored => LineView.Of(stored.Line)).ToListAsync(ct);
        var leases = await places.AllAsync(site, PlaceKind.Space, null, ct)
            .Select(stored => (Space)stored.Placed.Item)
            .Where(space => space.LeasedTo == account.Id).Select(space => space.Id.Value).ToListAsync(ct);
        return ClosePreview.Answer(site, state, command, [.. inUse], [.. leases], top);
    }

    /// <summary>What can be refused at once; each part decides again.</summary>
    async Task<Checked<Operation>> CheckAsync(Operation operation, CancellationToken ct)
    {
        var command = LeaveSite.Command(operation, operation.At);
        var refusals = await sites.InTheWayAsync(
            operation.Id.Site, state => ClosePreview.DecideAsShown(state, command, operation), ct);
        return refusals.Length > 0 ? Refusals.Problem(refusals) : operation;
    }
}
