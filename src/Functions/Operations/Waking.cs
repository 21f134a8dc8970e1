using System.Diagnostics.CodeAnalysis;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>Has operations look that wait for what was just written down.</summary>
static class Waking
{
    /// <summary>Has the operation look that the instance carries out; nothing when it carries out none.</summary>
    public static async Task WakeAsync(this DurableTaskClient client, string instance, CancellationToken ct)
    {
        if (await client.GetInstanceAsync(instance, getInputsAndOutputs: true, ct) is { IsCompleted: false } found
            && found.ReadInputAs<string>() is { } waiting)
        {
            await RaiseAsync(client, instance, waiting, ct);
        }
    }

    /// <summary>
    /// Whether who waits has to look: numbers moved, or may have in a try whose end is not known. What is kept moves
    /// none.
    /// </summary>
    public static bool IsNews(SiteOutcome outcome, bool again) => outcome is SiteOutcome.Done done
        && (done.Replayed ? again : done.Change is { Moves.IsEmpty: false });

    /// <summary>
    /// Carries out the platform's word on a number. The operation that waited for it looks when it waits for no other
    /// number any more, as far as this process knows; where it knows too little, the sweep finds out.
    /// </summary>
    /// <param name="sites">Where.</param>
    /// <param name="client">Durable's client.</param>
    /// <param name="work">The word, as a step of its own operation.</param>
    /// <param name="number">Which number it is about.</param>
    /// <param name="again">Whether an earlier try may have written it down and woken nobody.</param>
    /// <param name="ct">Stops before the transaction.</param>
    public static async Task<SiteOutcome> AnswerAsync(
        this SitePartition sites, DurableTaskClient client, SiteWork work, E164 number, bool again,
        CancellationToken ct)
    {
        OperationId? answered = null;
        var outcome = await sites.TransactAsync(
            work with
            {
                Decide = site =>
                {
                    answered = LastAwaitedBy(site, number);
                    return work.Decide(site);
                },
                Note = (seen, change) => work.Note(seen, change) with { Answers = answered },
            }, ct);
        if (outcome is SiteOutcome.Done { Operation.Answers: { } waiting } && IsNews(outcome, again))
            await client.WakeAsync(OperationDriver.NumbersInstance(waiting), ct);
        return outcome;
    }

    /// <summary>The operation that waits for this direct number and for no other; null when none does.</summary>
    static OperationId? LastAwaitedBy(SiteState site, E164 number)
    {
        if (site.Pool.Find(number) is not { Role: NumberRole.Direct, Waits: true, Operation: { } waiting })
            return null;
        var waits = site.Pool.Blocks.Sum(block =>
            block.Where(block.Provisioned, other => other.Waits && other.Operation == waiting).Count);
        return waits == 1 ? waiting : null;
    }

    static async Task RaiseAsync(DurableTaskClient client, string instance, string waiting, CancellationToken ct)
    {
        try
        {
            await client.RaiseEventAsync(instance, OperationEvents.Look(waiting), null, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // It may have looked by itself and ended in between: then it takes no event, and needs none.
            if (await client.GetInstanceAsync(instance, getInputsAndOutputs: true, ct) is { IsCompleted: false } still
                && still.ReadInputAs<string>() == waiting)
            {
                throw new NotWokenException($"{waiting} waits and could not be told to look.", e);
            }
        }
    }
}

/// <summary>
/// What was said is written down, and who waits for it does not know: a repeat tells it, and so does the sweep.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Made here only.")]
sealed class NotWokenException(string message, Exception inner) : Exception(message, inner);
