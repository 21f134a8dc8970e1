using System.Diagnostics;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>Why the waiting is over, or may be.</summary>
/// <remarks>A message to the activity has the number: a member keeps its own.</remarks>
public enum Cause
{
    /// <summary>Something happened to a number.</summary>
    Look = 0,

    /// <summary>Somebody calls it off.</summary>
    Cancel = 1,

    /// <summary>Nobody answered in time.</summary>
    Deadline = 2,

    /// <summary>A step failed for good, and what it may have begun is to be undone.</summary>
    Fault = 3,
}

/// <summary>How the beginning went.</summary>
/// <param name="Refusal">Why nothing was changed; null when something was, or nothing had to be.</param>
/// <param name="Wait">What is waited for; null when that is there already.</param>
public sealed record Begun(OperationReason? Refusal, OperationWait? Wait);

/// <summary>What may be over, why, and when.</summary>
public sealed record SettleInput(string Operation, Cause Cause, DateTimeOffset Now);

/// <summary>How it ended.</summary>
/// <param name="State">Null when it has not: it goes on waiting.</param>
/// <param name="Reason">Why, when it did not succeed.</param>
public sealed record Settled(OperationState? State, OperationReason? Reason);

/// <summary>What operations that wait for the platform have in common.</summary>
static class Waiting
{
    /// <summary>The step that asks the platform.</summary>
    public const string BeginStep = "begin";

    /// <summary>Asks the platform, in one transaction with the operation's row.</summary>
    /// <param name="sites">Where.</param>
    /// <param name="input">Which operation, and when.</param>
    /// <param name="decide">What it changes.</param>
    /// <param name="waitsFor">What is waited for after the change, in words; null for nothing.</param>
    /// <param name="ct">Stops before the transaction.</param>
    public static async Task<Begun> BeginAsync(
        this SitePartition sites, OperationStepInput input, Func<SiteState, Operation, PoolDecision> decide,
        Func<Operation, SiteChange, string?> waitsFor, CancellationToken ct)
    {
        var operation = await sites.ExistingAsync(OperationId.Parse(input.Operation), ct);
        var rules = SiteRules.Default;
        var work = new SiteWork(operation, BeginStep, input.Now, site =>
        {
            rules = site.Rules;
            return decide(site, operation);
        })
        {
            Note = (seen, change) => LeftOut.Note(seen, change) with
            {
                Wait = waitsFor(seen, change) is { } what ? WaitFor(what, rules, input.Now) : null,
            },
        };
        return await sites.TransactAsync(work, ct) switch
        {
            SiteOutcome.Done done => new(null, done.Operation.Wait),
            SiteOutcome.Refused refused => new(Refusals.Reason(refused.Refusals), null),
            SiteOutcome.HasEnded => new(null, null),
            var outcome => throw new UnreachableException($"A beginning cannot come to {outcome}."),
        };
    }

    /// <summary>Whether an operation still waits for this number.</summary>
    public static bool IsAwaitedBy(this Number? number, Operation operation) =>
        number is { Waits: true } && number.Operation == operation.Id;

    static OperationWait WaitFor(string what, SiteRules rules, DateTimeOffset now) => new(
        what, now.AddHours(rules.ActivationReminderHours), now.AddDays(rules.ActivationDeadlineDays));
}
