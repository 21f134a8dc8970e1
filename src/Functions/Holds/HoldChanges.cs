using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Holds;

/// <summary>
/// Carries out a change of a hold in one transaction with the row that names its starter, and answers a repeat with the
/// first result.
/// </summary>
public sealed class HoldChanges(SitePartition sites, HoldTable holds)
{
    /// <summary>The name of its one step.</summary>
    public const string Step = "hold";

    /// <summary>Tries against others who change the same hold; each reads it first.</summary>
    const int AttemptsMax = 4;

    /// <param name="request">Who is answered.</param>
    /// <param name="operation">As it was asked for.</param>
    /// <param name="hold">Which hold it is about.</param>
    /// <param name="name">The name that it gives the starter; null when it gives none.</param>
    /// <param name="work">What to do to the hold as it is now, or the problem; called unless it is a repeat.</param>
    /// <param name="answer">How it is answered when all is well.</param>
    /// <param name="ct">Stops before the transaction.</param>
    internal async Task<IResult> AnswerAsync(
        HttpRequest request, Operation operation, OperationId hold, string? name,
        Func<Task<Checked<SiteWork>>> work, Func<Operation, Task<IResult>> answer, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            if (await sites.FindAsync(operation.Id, ct) is { } earlier)
            {
                return earlier.Arguments == operation.Arguments && !await HasOtherNameAsync(operation, hold, name, ct)
                    ? await answer(earlier)
                    : Problems.IdempotencyKeyReused();
            }

            if ((await work()).Refused(out var problem, out var wanted))
                return problem;

            switch (await sites.TransactAsync(wanted, ct))
            {
                case SiteOutcome.Done done:
                    return await answer(done.Operation);
                case SiteOutcome.BesideMoved:
                    break;
                case var outcome:
                    return OperationAnswers.Of(request, outcome);
            }
        }

        throw new SiteBusyException($"The hold of {operation.Id} changed under {AttemptsMax} tries.");
    }

    /// <summary>
    /// Whether the request that wrote the name had another one. Names are left out of what operations remember, even as
    /// a hash: few names would have to be tried to find it.
    /// </summary>
    async Task<bool> HasOtherNameAsync(
        Operation operation, OperationId hold, string? name, CancellationToken ct) =>
        name is not null && await holds.FindAsync(hold, ct) is { } named
        && named.Named == operation.Id && named.Name != name;
}
