using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain.Access;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Lifecycle;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// Says that a number which is nominated and reserved is in service as its account's main number: what counts as the
/// platform's message where the site's rule 'mainActivation' is OnRequest.
/// </summary>
public sealed class PostActivation(
    MainNumberWords words, SitePartition sites, SiteQueries queries, TimeProvider clock)
{
    /// <param name="Note">What there is to say about it, for its history.</param>
    internal sealed record ActivationBody([Length(1, NumberChange.NoteMax)] string? Note = null);

    [Function(nameof(PostActivation)), Demands(Permission.ActivateMain)]
    [Summary("Activate a main number")]
    [Takes(typeof(ActivationBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "no-service", "site-not-managed")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/numbers/{number}/activation")]
        HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string number,
        CancellationToken ct)
    {
        var (admitted, site) = (Admitted.Of(request), Admitted.Of(request).Site!);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<ActivationBody>(request, ct)).Refused(out problem, out var body)
            || Reasons.Note(body.Note).Refused(out problem, out var note))
        {
            return problem;
        }

        if (PhoneText.Read(number, site.Country) is not PhoneReading.Understood { Number: var id }
            || await queries.NumberAsync(site.Id, id, ct) is not { } found)
        {
            return Problems.NotFound();
        }

        var operation = OperationRequest.Of(
            admitted, OperationKind.Activation, request, key, clock.GetUtcNow(), note.Text ?? "") with
        {
            Account = found.Account,
            Note = note.Text,
        };
        if (found.Account is not { } account)
        {
            return await OperationAnswers.RepeatOrAsync(
                request, sites, operation, Refusals.Problem([NotReserved(id, found)]), ct);
        }

        return OperationAnswers.Of(request, await words.ActivateAsync(
            client, operation, id, account, keepsEarly: false, again: true, ct));
    }

    static Refusal.OfNumber NotReserved(E164 number, Number found) => new(
        number, found.Role is NumberRole.Direct ? NumberRefusal.NotNominated : NumberRefusal.NoTransition)
    {
        From = found.State, To = NumberState.Active,
    };
}
