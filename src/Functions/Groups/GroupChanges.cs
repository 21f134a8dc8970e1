using Microsoft.AspNetCore.Http;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Groups;

/// <summary>
/// Writes what is configured, in one transaction with what a main number remembers of it, and answers a repeat with
/// the first result.
/// </summary>
public sealed class GroupChanges(SitePartition sites, TimeProvider clock)
{
    /// <summary>The name of its one step.</summary>
    public const string Step = "configure";

    /// <param name="request">Who is answered.</param>
    /// <param name="operation">As it was asked for.</param>
    /// <param name="work">What to do, or the problem; called unless it is a repeat.</param>
    /// <param name="ct">Stops before the transaction.</param>
    internal async Task<IResult> AnswerAsync(
        HttpRequest request, Operation operation, Func<Task<Checked<SiteWork>>> work, CancellationToken ct)
    {
        if (await sites.FindAsync(operation.Id, ct) is { } earlier)
        {
            return earlier.Arguments == operation.Arguments
                ? OperationAnswers.Changed(request, earlier)
                : Problems.IdempotencyKeyReused();
        }

        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            // Where what the caller saw has changed, this says so; where others' calls go elsewhere, it looks again.
            if ((await work()).Refused(out var problem, out var wanted))
                return problem;

            switch (await sites.TransactAsync(wanted, ct))
            {
                case SiteOutcome.BesideMoved:
                    await Rivals.PauseAsync(attempt, clock, ct);
                    break;
                case SiteOutcome.Done done:
                    return OperationAnswers.Changed(request, done.Operation);
                case var outcome:
                    return OperationAnswers.Of(request, outcome);
            }
        }

        throw new SiteBusyException($"Other changes won {Rivals.AttemptsMax} tries of {operation.Id} in a row.");
    }
}
