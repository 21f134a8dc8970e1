using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;
using Telephony.Functions.Access;
using Telephony.Functions.Allocation;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.VoiceServices;

/// <summary>
/// Assigns a voice service to an account at a site, or changes its quantity; the numbers it lacks follow.
/// </summary>
public sealed class PutVoiceService(
    SitePartition sites, DirectoryTable directory, OperationDriver driver, TimeProvider clock)
{
    internal const string Route = "v1/sites/{site}/accounts/{account}/voice-services/{service}";

    /// <param name="Code">One of the site's services.</param>
    /// <param name="Quantity">Units, 1 to 10,000.</param>
    /// <param name="Preview">A preview's token: take what it showed, or nothing.</param>
    internal sealed record Body(
        [Length(1, Id<object>.LengthMax), RegularExpression(Id<object>.Pattern)] string Code,
        [Range(1, VoiceService.QuantityMax)] int Quantity,
        [RegularExpression(PreviewToken.Pattern)] string? Preview = null);

    [Function(nameof(PutVoiceService)), Demands(Permission.AssignVoiceService)]
    [Summary("Assign a voice service, or change its quantity")]
    [Takes(typeof(Body))]
    [Answers(202, typeof(OperationView))]
    [Refuses(
        "account-not-at-site", "bad-id", "operation-running", "pool-exhausted", "service-changed", "site-not-managed",
        "too-many-blocks", "too-many-services", "unknown-service", "no-run", "account-full", "kept-for-operator",
        "no-nominated-main", "preview-stale")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string service,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition)
            || (await Json.ReadAsync<Body>(request, ct)).Refused(out problem, out var body)
            || Check(service, body, precondition).Refused(out problem, out var wanted)
            || PreviewToken.Read(body.Preview).Refused(out problem, out var preview))
        {
            return problem;
        }

        string[] arguments = [wanted.Code, $"{wanted.Quantity}", .. preview is null ? [] : new[] { preview }];
        var operation = OperationRequest.Of(
            admitted, OperationKind.VoiceService, request, key, clock.GetUtcNow(), arguments) with
        {
            Account = admitted.Account!.Id,
            AccountKind = admitted.Account.Kind,
            Service = wanted,
            Preview = preview,
        };

        var started = await driver.StartAsync(
            client, operation, () => CheckAsync(admitted, operation, ct), ct);
        return OperationAnswers.Accepted(request, started);
    }

    /// <summary>What can be refused at once; the step decides again when it takes the numbers.</summary>
    async Task<Checked<Operation>> CheckAsync(Admitted admitted, Operation operation, CancellationToken ct)
    {
        if ((await AccountsAtSite.FindAsync(directory, admitted.Site!, admitted.Account!.Id, "account", ct))
            .Refused(out var notThere, out _))
        {
            return notThere;
        }

        var command = TakeShortfall.Command(operation, operation.At);
        var refusals = await sites.InTheWayAsync(
            operation.Id.Site, site => PreviewToken.AsShown(PoolDecider.Decide(site, command), operation), ct);
        return refusals.Length > 0 ? Refusals.Problem(refusals) : operation;
    }

    static Checked<ServiceRequest> Check(string service, Body body, Precondition precondition)
    {
        if (Wanted(service, body.Code, body.Quantity).Refused(out var problem, out var wanted))
            return problem;

        return precondition switch
        {
            Precondition.Create => wanted,
            Precondition.Match match when ServiceVersion.TryRead(match.Version, out var version) =>
                wanted with { ExpectedVersion = version },
            _ => Problems.PreconditionFailed("voice service"),
        };
    }

    /// <summary>What is asked for, whatever is there already.</summary>
    internal static Checked<ServiceRequest> Wanted(string service, string code, int quantity)
    {
        if (!Id<VoiceService>.TryParse(service, out var id))
            return Problems.BadId("service", service);
        if (!Id<ServiceRule>.TryParse(code, out _))
            return Problems.BadId("code", code);
        return quantity is >= 1 and <= VoiceService.QuantityMax
            ? new ServiceRequest(id, code, quantity, ExpectedVersion: null)
            : Problems.Invalid(ProblemError.OfField(
                "quantity", "out-of-range", $"{quantity} is not 1 to {VoiceService.QuantityMax}.",
                "Send a number in range."));
    }
}
