using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>Numbers that a request names, and what it says about them.</summary>
/// <param name="List">Which ones; or else a range.</param>
/// <param name="Range">Which ones; or else a list.</param>
sealed record NumbersWanted(IReadOnlyList<string>? List, RangeInput? Range)
{
    /// <summary>The account that it is about; null when it is about none.</summary>
    public Id<Account>? Account { get; init; }

    /// <summary>What the caller gives as its reason; null when none is asked for.</summary>
    public string? Note { get; init; }

    /// <summary>What else the request says, in a form that never changes, by which a repeat is known.</summary>
    public string Argument { get; init; } = "";

    /// <summary>
    /// What is wrong with the request now, and may not have been when it first came; a repeat is answered all the same.
    /// </summary>
    public Problem? Problem { get; init; }
}

/// <summary>
/// The same command to all numbers that a request names, in one transaction: all of them, or a reason for each that is
/// in the way.
/// </summary>
public sealed class NumberChange(SitePartition sites, SiteClaims claims, TimeProvider clock)
{
    /// <summary>The name of its one step.</summary>
    public const string Step = "change";

    /// <summary>Characters of a reason that a caller gives.</summary>
    public const int NoteMax = 200;

    /// <param name="request">Who asks, where, and by which key.</param>
    /// <param name="kind">What for.</param>
    /// <param name="wanted">Which numbers.</param>
    /// <param name="command">What is wanted of them, by the rules that are in force.</param>
    /// <param name="ct">Stops before the transaction.</param>
    internal async Task<IResult> AnswerAsync(
        HttpRequest request, OperationKind kind, NumbersWanted wanted, Func<SiteState, Order, NumberCommand> command,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || NumberInput.Read(wanted.List, wanted.Range, admitted.Site!.Country)
                .Refused(out problem, out var numbers))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var operation = OperationRequest.Of(
            admitted, kind, request, key, now,
            wanted.Account?.Value ?? "", numbers.ToString(), wanted.Note ?? "", wanted.Argument) with
        {
            Account = wanted.Account,
            Note = wanted.Note,
        };
        if (wanted.Problem is { } wrong)
            return await OperationAnswers.RepeatOrAsync(request, sites, operation, wrong, ct);

        var outcome = await ChangeAsync(new(operation, Step, now, site => PoolDecider.Decide(
            site, new MoveNumbers(numbers, command(site, operation.Order(now))))), ct);
        return OperationAnswers.Of(request, outcome);
    }

    /// <summary>What is retired by it is then free for other sites; so is what a lost try of it retired.</summary>
    internal async Task<SiteOutcome> ChangeAsync(SiteWork work, CancellationToken ct)
    {
        var id = work.Operation.Id;
        var outcome = await sites.TransactAsync(work with { Beside = change => claims.Retired(id, change) }, ct);
        if (outcome is SiteOutcome.Done { Operation.Kind: var kind } && Retires(kind))
            await claims.SettleAsync(id, ct);
        return outcome;
    }

    static bool Retires(OperationKind kind) =>
        kind is OperationKind.Retirement or OperationKind.PortOut or OperationKind.PortIn;
}
