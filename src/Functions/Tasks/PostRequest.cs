using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Tasks;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tasks;

/// <summary>What an operator can ask the platform for.</summary>
enum RequestKind
{
    /// <summary>A number that is easy to remember, or special in another way.</summary>
    SpecialNumber,

    /// <summary>Numbers that the account has with another carrier.</summary>
    PortIn,
}

/// <summary>
/// Asks the platform for what only it can do: a special number, or one that is to come from another carrier. It becomes
/// a task of the platform's; the answer is found at the request.
/// </summary>
public sealed class PostRequest(SitePartition sites, DirectoryTable directory, TimeProvider clock)
{
    public const string Step = "ask";

    /// <param name="Kind">What is wanted.</param>
    /// <param name="Account">For whom; it works at the site.</param>
    /// <param name="Text">What the platform has to know, on one line.</param>
    /// <param name="Numbers">Which numbers are to come, for a PortIn.</param>
    internal sealed record RequestBody(
        RequestKind Kind,
        Id<Account> Account,
        [Length(1, PlatformTask.TextMax)] string Text,
        [Length(1, PlatformTask.NumbersMax)] IReadOnlyList<string>? Numbers = null);

    [Function(nameof(PostRequest)), Demands(Permission.RequestNumbers)]
    [Summary("Ask the platform for a special or a ported number")]
    [Takes(typeof(RequestBody))]
    [Answers(201, typeof(TaskView))]
    [Refuses("account-not-at-site", "site-not-managed")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/requests")] HttpRequest request,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<RequestBody>(request, ct)).Refused(out problem, out var body)
            || Read(body, admitted.Site!.Country).Refused(out problem, out var wanted))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var operation = OperationRequest.Of(
            admitted, OperationKind.Request, request, key, now,
            $"{body.Kind}", body.Account.Value, wanted.Text, wanted.Numbers.ToString()) with
        {
            Account = body.Account,
        };
        if ((await AccountsAtSite.FindAsync(directory, admitted.Site!, body.Account, "account", ct))
            .Refused(out problem, out _))
        {
            return await sites.FindAsync(operation.Id, ct) is { } earlier && earlier.Arguments == operation.Arguments
                ? Created(request, Opened(earlier))
                : problem;
        }

        var decision = new TaskDecision.Accepted(Opened(operation));
        var outcome = await sites.TransactAsync(
            new(operation, Step, now, site => PoolDecider.Decide(site, decision))
            {
                Beside = _ => [new RowChange.Insert(TaskRow.Write(decision.Next))],
            }, ct);
        return outcome switch
        {
            SiteOutcome.Done done => Created(request, Opened(done.Operation)),
            SiteOutcome.Refused refused => Refusals.Problem(refused.Refusals),
            SiteOutcome.KeyReused => Problems.IdempotencyKeyReused(),
            _ => throw new UnreachableException($"No answer for {outcome}."),
        };

        // A repeat was opened when the first try was: it answers the same.
        PlatformTask Opened(Operation by) => new(
            by.Id, body.Kind is RequestKind.PortIn ? TaskKind.PortIn : TaskKind.SpecialNumber, body.Account,
            wanted.Text, wanted.Numbers, new(by.Actor.User, by.At));
    }

    static Checked<(string Text, NumberSet Numbers)> Read(RequestBody body, string country)
    {
        var errors = new BodyErrors();
        var text = errors.Line("text", body.Text, PlatformTask.TextMax);
        if (body.Numbers is { } list)
        {
            errors.Range("numbers", list.Count, 1, PlatformTask.NumbersMax);
            if (body.Kind is not RequestKind.PortIn)
                errors.Add("numbers", "only-for-port-in", "Only a PortIn is about numbers.", "Leave them out.");
        }

        if (errors.Problem is { } problem)
            return problem;
        if (body.Numbers is null)
            return (text, NumberSet.Empty);
        return NumberInput.Read(body.Numbers, null, country).Refused(out problem, out var numbers)
            ? problem
            : (text, numbers);
    }

    static IResult Created(HttpRequest request, PlatformTask task)
    {
        request.HttpContext.Response.Headers.Location = $"{request.Path}/{task.Id.Hash}";
        return Json.Answer(TaskView.Of(task), StatusCodes.Status201Created);
    }
}
