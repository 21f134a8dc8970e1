using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Lifecycle;

/// <summary>Puts Staged numbers into the site's pool. All of them, or none.</summary>
public sealed class PostOffer(NumberChange change)
{
    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    internal sealed record OfferBody(
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostOffer)), Demands(Permission.Provision)]
    [Summary("Offer staged numbers")]
    [Takes(typeof(OfferBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/offers")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<OfferBody>(request, ct)).Refused(out var problem, out var body))
            return problem;

        return await change.AnswerAsync(
            request, OperationKind.Offer, new(body.Numbers, body.Range),
            (_, order) => new NumberCommand.Offer(order), ct);
    }
}
