using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain.Access;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;

namespace Telephony.Functions.DirectNumbers;

/// <summary>Many direct numbers into service or out of it, of one account or of several.</summary>
public sealed class ManyActivations(DirectChange change, TimeProvider clock)
{
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    /// <param name="Note">What there is to say about it, for their history.</param>
    internal sealed record DirectNumbersBody(
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null,
        [Length(1, NumberChange.NoteMax)] string? Note = null);

    /// <summary>
    /// Puts direct numbers in service, as far as their accounts are entitled to it. Those in the way are left out, each
    /// with a reason; where all are, nothing is changed.
    /// </summary>
    [Function("PostActivations"), Demands(Permission.ActivateDirect)]
    [Summary("Activate direct numbers")]
    [Takes(typeof(DirectNumbersBody))]
    [Answers(201, typeof(OperationView)), Answers(202, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public Task<IResult> Activate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/activations")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct) => AnswerAsync(request, client, OperationKind.DirectActivation, ct);

    /// <summary>
    /// Takes direct numbers out of service; their accounts keep them, reserved. Those in the way are left out, each
    /// with a reason; where all are, nothing is changed.
    /// </summary>
    [Function("PostDeactivations"), Demands(Permission.ActivateDirect)]
    [Summary("Deactivate direct numbers")]
    [Takes(typeof(DirectNumbersBody))]
    [Answers(201, typeof(OperationView)), Answers(202, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public Task<IResult> Deactivate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/deactivations")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct) => AnswerAsync(request, client, OperationKind.DirectDeactivation, ct);

    async Task<IResult> AnswerAsync(
        HttpRequest request, DurableTaskClient client, OperationKind kind, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<DirectNumbersBody>(request, ct)).Refused(out problem, out var body)
            || Reasons.Note(body.Note).Refused(out problem, out var note)
            || NumberInput.Read(body.Numbers, body.Range, admitted.Site!.Country).Refused(out problem, out var numbers))
        {
            return problem;
        }

        var operation = OperationRequest.Of(
            admitted, kind, request, key, clock.GetUtcNow(), numbers.ToString(), note.Text ?? "") with
        {
            Numbers = numbers,
            Note = note.Text,
        };
        return await change.AnswerAsync(request, client, operation, ct);
    }
}
