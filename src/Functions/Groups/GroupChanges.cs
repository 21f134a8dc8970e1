using Microsoft.AspNetCore.Http;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Groups;

/// <summary>
/// Writes what is configured, in one transaction with what a main number remembers of it, and answers a repeat with
/// the first result.
/// </summary>
public sealed class GroupChanges(SitePartition sites)
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

        if ((await work()).Refused(out var problem, out var wanted))
            return problem;

        return await sites.TransactAsync(wanted, ct) switch
        {
            SiteOutcome.Done done => OperationAnswers.Changed(request, done.Operation),
            // Whoever saw it before has to look at what the other one wrote.
            SiteOutcome.BesideMoved => Problems.PreconditionFailed("configuration"),
            var outcome => OperationAnswers.Of(request, outcome),
        };
    }
}
