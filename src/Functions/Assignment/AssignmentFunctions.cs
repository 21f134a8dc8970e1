using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>To whom and what a number in service is assigned.</summary>
public sealed class AssignmentFunctions(
    LineRequests requests, LineAddress addresses, LineTable lines, PlaceTable places, Assigning assigning,
    OperationDriver driver, TimeProvider clock)
{
    const string Route = "v1/sites/{site}/numbers/{number}/assignment";

    /// <param name="User">The id of who gets it; a user of the account that has the number.</param>
    /// <param name="Handset">The address of the handset where it rings.</param>
    /// <param name="Space">Where it belongs, when it has no handset.</param>
    internal sealed record AssignmentBody(
        Id<User>? User = null, [Length(1, AssignmentInput.MacMax)] string? Handset = null, Id<Space>? Space = null);

    /// <summary>With where emergency services are sent to, and what is missing of the way there.</summary>
    [Function("GetAssignment"), Demands(Permission.SeeAccountNumbers)]
    [Summary("Read to whom a number is assigned")]
    [Answers(200, typeof(LineView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request,
        string number,
        CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!;
        if ((await addresses.NumberAsync(request, number, ct)).Refused(out var problem, out var found))
            return problem;
        if (await lines.FindAsync(site.Id, found.Id, ct) is not { } stored)
            return Problems.NotFound();

        var line = stored.Line;
        PlaceRef[] things = line.RingsAt is { } mac ? [Handset.RefOf(mac)]
            : line.Space is { } space ? [Space.RefOf(space)]
            : [];
        var at = (await places.LoadAsync(site.Id, things, ct)).Places;
        EntityTag.Write(request.HttpContext.Response, stored.ETag);
        return Json.Answer(LineView.Of(line) with
        {
            Emergency = await addresses.ToldAsync(
                request, EmergencyView.Of(site, line, which => at.Find(which)?.Item), ct),
        });
    }

    /// <summary>
    /// The number rings at the handset from then on, and its location follows it. Assigned again with another user,
    /// handset or space, it moves there.
    /// </summary>
    [Function("PutAssignment"), Demands(Permission.Assign)]
    [Summary("Assign a number")]
    [Takes(typeof(AssignmentBody))]
    [Answers(202, typeof(OperationView))]
    [Refuses("assignment-refused", "numbers-refused", "site-not-managed")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string number,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition)
            || (await Json.ReadAsync<AssignmentBody>(request, ct)).Refused(out problem, out var body)
            || (await addresses.NumberAsync(request, number, ct, mayBeOld: true)).Refused(out problem, out var found))
        {
            return problem;
        }

        var errors = new BodyErrors();
        var wish = AssignmentInput.Wish(found.Id, body.User, body.Handset, body.Space, errors, "");
        if (errors.Problem is { } wrong)
            return wrong;

        var admitted = Admitted.Of(request);
        var operation = OperationRequest.Of(
            admitted, OperationKind.Assignment, request, key, clock.GetUtcNow(), WishText.Of([wish])) with
        {
            Account = found.Number.Account,
            Wishes = [wish],
            Seen = precondition.Seen,
        };
        var started = await driver.StartAsync(
            client, operation, () => assigning.CheckAsync(admitted.Site!, operation, ct), ct);
        return OperationAnswers.Accepted(request, started);
    }

    /// <summary>Nobody has the number, and it rings nowhere; the account keeps it, in service.</summary>
    [Function("DeleteAssignment"), Demands(Permission.Assign)]
    [Summary("Unassign a number")]
    [Answers(200, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed")]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request,
        string number,
        CancellationToken ct)
    {
        if (Precondition.Of(request).Refused(out var problem, out var precondition)
            || (await addresses.NumberAsync(request, number, ct)).Refused(out problem, out var found))
        {
            return problem;
        }

        return await requests.AnswerAsync(
            request,
            new(
                OperationKind.Unassignment, found.Id.ToString(),
                stop => lines.LoadAsync(Admitted.Of(request).Site!.Id, [found.Id], [], stop),
                (state, order) => LineDecider.Decide(state, new UnassignLines([found.Id], order)))
            {
                Account = found.Number.Account,
                Expected = (found.Id, precondition),
                IsNew = false,
            }, ct);
    }
}
