using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>
/// Answers requests that one transaction carries out: 201 with the result, the first time and every time.
/// </summary>
public sealed class LineRequests(LineWork work, SitePartition sites, TimeProvider clock)
{
    /// <param name="request">Who is answered.</param>
    /// <param name="kind">What for.</param>
    /// <param name="account">Whose number it is about; null when that is not known.</param>
    /// <param name="arguments">What was asked for, in a form that stays the same.</param>
    /// <param name="load">What it rests on.</param>
    /// <param name="decide">The rule.</param>
    /// <param name="ct">Stops before the transaction.</param>
    /// <param name="isNew">201; else what was there is another from then on: 200.</param>
    /// <param name="expected">What must be true of a number's assignment; null for nothing.</param>
    internal async Task<IResult> AnswerAsync(
        HttpRequest request, OperationKind kind, Id<Account>? account, string arguments,
        Func<CancellationToken, Task<LineSnapshot>> load, Func<LineState, Order, LineDecision> decide,
        CancellationToken ct, bool isNew = true, (E164 Number, Precondition Has)? expected = null)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key))
            return problem;

        var (admitted, now) = (Admitted.Of(request), clock.GetUtcNow());
        var operation = OperationRequest.Of(admitted, kind, request, key, now, arguments) with
        {
            Account = account ?? admitted.OnlyAccount,
        };
        // What has changed since does not change what came of it.
        if (await sites.FindAsync(operation.Id, ct) is { } earlier)
        {
            return earlier.Arguments == operation.Arguments
                ? Answer(earlier)
                : Problems.IdempotencyKeyReused();
        }

        var outcome = await work.TransactAsync(
            admitted.Site!,
            new(operation, NumberChange.Step, now, load, state => decide(state, operation.Order(now)))
            {
                Expected = expected is var (number, has) ? (number, has.HoldsFor) : null,
                Only = admitted.OnlyAccount,
            }, ct);
        return outcome is SiteOutcome.Done done ? Answer(done.Operation) : OperationAnswers.Of(request, outcome);

        IResult Answer(Operation ended) => isNew
            ? OperationAnswers.Created(request, ended)
            : OperationAnswers.Changed(request, ended);
    }
}
