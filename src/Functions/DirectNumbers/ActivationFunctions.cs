using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain.Access;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.DirectNumbers;

/// <summary>Whether one number is in service; which rule counts depends on what the number is for.</summary>
public sealed class ActivationFunctions(
    DirectChange change, MainNumberWords words, SiteQueries queries, TimeProvider clock)
{
    const string Route = "v1/sites/{site}/numbers/{number}/activation";

    /// <param name="Note">What there is to say about it, for its history.</param>
    internal sealed record ActivationBody([Length(1, NumberChange.NoteMax)] string? Note = null);

    /// <summary>
    /// Puts a direct number in service, when its account is entitled to one more. Of a number that is nominated and
    /// reserved it says that it is in service as its account's main number: what counts as the platform's message where
    /// the site's rule 'mainActivation' is OnRequest.
    /// </summary>
    [Function("PostActivation"), Demands(Permission.ActivateDirect)]
    [Summary("Activate a number")]
    [Takes(typeof(ActivationBody))]
    [Answers(201, typeof(OperationView)), Answers(202, typeof(OperationView))]
    [Refuses("numbers-refused", "no-service", "site-not-managed")]
    public async Task<IResult> Activate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string number,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<ActivationBody>(request, ct)).Refused(out problem, out var body)
            || Reasons.Note(body.Note).Refused(out problem, out var note))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        if (await FindAsync(admitted, number, ct) is not var (id, found))
            return Problems.NotFound();

        var operation = OperationRequest.Of(
            admitted, OperationKind.DirectActivation, request, key, clock.GetUtcNow(), note.Text ?? "") with
        {
            Account = found.Account,
            Numbers = NumberSet.Of([id]),
            Note = note.Text,
        };
        return found.Role is NumberRole.Direct
            ? await change.AnswerAsync(request, client, operation, ct)
            : await change.RepeatAsync(request, client, operation, ct)
                ?? await ActivateMainAsync(request, client, operation, id, found, ct);
    }

    /// <summary>Takes a direct number out of service. Its account keeps it, reserved.</summary>
    [Function("DeleteActivation"), Demands(Permission.ActivateDirect)]
    [Summary("Deactivate a number")]
    [Answers(200, typeof(OperationView)), Answers(202, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed")]
    public async Task<IResult> Deactivate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string number,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        if (await FindAsync(admitted, number, ct) is not var (id, found))
            return Problems.NotFound();

        var operation = OperationRequest.Of(
            admitted, OperationKind.DirectDeactivation, request, key, clock.GetUtcNow()) with
        {
            Account = found.Account,
            Numbers = NumberSet.Of([id]),
            Seen = precondition.Seen,
        };
        return await change.AnswerAsync(request, client, operation, ct);
    }

    async Task<IResult> ActivateMainAsync(
        HttpRequest request, DurableTaskClient client, Operation operation, E164 number, Number found,
        CancellationToken ct)
    {
        if (!Admitted.Of(request).MayAlso(Permission.ActivateMain))
        {
            return Problems.Forbidden(
                "At this site a request does not put a main number in service.",
                "The site's rule mainActivation would allow it to the platform and the operator's admins; else the "
                + "platform says so on its queue.");
        }

        operation = operation with { Kind = OperationKind.Activation, Numbers = NumberSet.Empty };
        return found.Account is { } account
            ? OperationAnswers.Of(request, await words.ActivateAsync(
                client, operation, number, account, keepsEarly: false, again: true, ct))
            : Refusals.Problem(
            [
                new Refusal.OfNumber(number, NumberRefusal.NoTransition)
                {
                    From = found.State, To = NumberState.Active,
                },
            ]);
    }

    async Task<(E164 Id, Number Found)?> FindAsync(Admitted admitted, string number, CancellationToken ct) =>
        PhoneText.Read(number, admitted.Site!.Country) is PhoneReading.Understood { Number: var id }
        && await queries.NumberAsync(admitted.Site.Id, id, ct) is { } found
            ? (id, found)
            : null;
}
