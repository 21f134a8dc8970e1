using Microsoft.AspNetCore.Http;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Settings;

/// <summary>
/// Carries out a change of one number's settings in one transaction with the rows that say them, and answers a repeat
/// with the first result.
/// </summary>
public sealed class SettingsChanges(
    SitePartition sites, SettingsTable table, CallTable calls, SiteQueries queries, TimeProvider clock)
{
    /// <summary>The name of its one step.</summary>
    public const string Step = "set";

    /// <param name="request">Who is answered.</param>
    /// <param name="operation">As it was asked for.</param>
    /// <param name="plan">What to write of how things are now, or the problem; called unless it is a repeat.</param>
    /// <param name="answer">How it is answered when all is well.</param>
    /// <param name="ct">Stops before the transaction.</param>
    internal async Task<IResult> AnswerAsync(
        HttpRequest request, Operation operation, Func<SettingsPlan, Task<Problem?>> plan,
        Func<HttpRequest, Operation, IResult> answer, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var came = await TransactAsync(admitted.Site!, Setter.Of(admitted), operation, plan, ct);
        if (came.Refused(out var problem, out var outcome))
            return problem;
        return outcome is SiteOutcome.Done done
            ? answer(request, done.Operation)
            : OperationAnswers.Of(request, outcome);
    }

    internal async Task<Checked<SiteOutcome>> TransactAsync(
        Site site, Setter by, Operation operation, Func<SettingsPlan, Task<Problem?>> plan, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            if (await sites.FindAsync(operation.Id, ct) is { } earlier)
            {
                return earlier.Arguments == operation.Arguments
                    ? new SiteOutcome.Done(earlier, Replayed: true)
                    : new SiteOutcome.KeyReused(earlier);
            }

            var rules = await sites.RulesAsync(site.Id, ct);
            var planned = new SettingsPlan(table, calls.MapOf(site), queries, site, by, rules.Policies);
            if (await plan(planned) is { } problem)
                return problem;

            var outcome = await sites.TransactAsync(
                planned.Work(operation with { Account = planned.Account }, Step, operation.At), ct);
            if (!HasMoved(outcome))
                return outcome;
            await Rivals.PauseAsync(attempt, clock, ct);
        }

        throw new SiteBusyException(
            $"Others changed what {operation.Id} sets under {Rivals.AttemptsMax} tries.");
    }

    /// <summary>Whether somebody else changed what the plan rests on, so that it has to be made anew.</summary>
    internal static bool HasMoved(SiteOutcome outcome) => outcome
        is SiteOutcome.BesideMoved
        or SiteOutcome.Refused { Refusals: [Refusal.OfNumber { Reason: NumberRefusal.ChangedSince }, ..] };
}
