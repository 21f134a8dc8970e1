using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>A request about assignments.</summary>
/// <param name="Kind">What for.</param>
/// <param name="Arguments">What was asked for, in a form that stays the same.</param>
/// <param name="Load">What it rests on.</param>
/// <param name="Decide">The rule.</param>
sealed record LineRequest(
    OperationKind Kind, string Arguments, Func<CancellationToken, Task<LineSnapshot>> Load,
    Func<LineState, Order, LineDecision> Decide)
{
    /// <summary>Whose number it is about; null when that is not known.</summary>
    public Id<Account>? Account { get; init; }

    /// <summary>What must be true of a number's assignment; null for nothing.</summary>
    public (E164 Number, Precondition Has)? Expected { get; init; }

    /// <summary>201; else what was there is another from then on: 200.</summary>
    public bool IsNew { get; init; } = true;
}

/// <summary>
/// Answers requests that one transaction carries out: 201 with the result, the first time and every time.
/// </summary>
public sealed class LineRequests(LineWork work, LineTable lines, SitePartition sites, TimeProvider clock)
{
    /// <summary>What is asked of a handset that the path names, with nothing more to say.</summary>
    internal async Task<IResult> AnswerAsync(
        HttpRequest request, OperationKind kind, string mac, Func<LineState, MacAddress, Order, LineDecision> decide,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<EmptyBody>(request, ct)).Refused(out var problem, out _)
            || LineAddress.Handset(mac).Refused(out problem, out var handset))
        {
            return problem;
        }

        return await AnswerAsync(
            request,
            new(
                kind, "", stop => lines.LoadHandsetsAsync(Admitted.Of(request).Site!.Id, [handset], [], stop),
                (state, order) => decide(state, handset, order)), ct);
    }

    /// <param name="request">Who is answered.</param>
    /// <param name="wanted">What is asked for.</param>
    /// <param name="ct">Stops before the transaction.</param>
    internal async Task<IResult> AnswerAsync(HttpRequest request, LineRequest wanted, CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key))
            return problem;

        var (admitted, now) = (Admitted.Of(request), clock.GetUtcNow());
        var operation = OperationRequest.Of(admitted, wanted.Kind, request, key, now, wanted.Arguments) with
        {
            Account = wanted.Account ?? admitted.OnlyAccount,
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
            new(operation, NumberChange.Step, now, wanted.Load, state => wanted.Decide(state, operation.Order(now)))
            {
                Expected = wanted.Expected is var (number, has) ? (number, has.HoldsFor) : null,
                Only = admitted.OnlyAccount,
            }, ct);
        return outcome is SiteOutcome.Done done ? Answer(done.Operation) : OperationAnswers.Of(request, outcome);

        IResult Answer(Operation ended) => wanted.IsNew
            ? OperationAnswers.Created(request, ended)
            : OperationAnswers.Changed(request, ended);
    }
}
