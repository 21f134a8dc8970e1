using System.Diagnostics.CodeAnalysis;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// What the platform says of a number that is to be a main number, on its queue or over HTTP. One transaction writes it
/// down, and with it the number's new state; then whoever waits for it is woken.
/// </summary>
public sealed class MainNumberWords(SitePartition sites, SiteQueries queries)
{
    public const string Step = "word";

    /// <summary>The number is in service.</summary>
    /// <param name="client">Durable's client.</param>
    /// <param name="operation">The message's, or the request's.</param>
    /// <param name="number">Which number.</param>
    /// <param name="account">Whose main number it is.</param>
    /// <param name="keepsEarly">Whether a word that comes too early is kept, and not refused.</param>
    /// <param name="again">Whether an earlier try may have written it down and woken nobody.</param>
    /// <param name="ct">Stops before the transaction.</param>
    public async Task<SiteOutcome> ActivateAsync(
        DurableTaskClient client, Operation operation, E164 number, Id<Account> account, bool keepsEarly, bool again,
        CancellationToken ct)
    {
        var now = operation.At;
        var outcome = await sites.TransactAsync(
            new(operation, Step, now, site => PoolDecider.Decide(site, new ActivateMain(
                number, account, operation.Order(now),
                keepsEarly ? now.AddDays(site.Rules.EarlyMessageDays) : null))), ct);
        if (IsNews(outcome, again))
            await WakeAsync(client, operation.Id.Site, account, ct);
        return outcome;
    }

    /// <summary>The number could not be put in service; the operation's note says why.</summary>
    public async Task<SiteOutcome> FailAsync(
        DurableTaskClient client, Operation operation, E164 number, bool again, CancellationToken ct)
    {
        var now = operation.At;
        var outcome = await sites.TransactAsync(
            new(operation, Step, now, site => PoolDecider.Decide(site, new RefuseActivation(
                number, operation.Order(now)))), ct);
        if (IsNews(outcome, again)
            && (await queries.NumberAsync(operation.Id.Site, number, ct))?.Account is { } account)
        {
            await WakeAsync(client, operation.Id.Site, account, ct);
        }

        return outcome;
    }

    /// <summary>Has the operation look that waits for a main number of the account; nothing when none does.</summary>
    internal static async Task WakeAsync(
        DurableTaskClient client, Id<Site> site, Id<Account> account, CancellationToken ct)
    {
        var instance = OperationDriver.MainNumberInstance(site, account);
        if (await client.GetInstanceAsync(instance, getInputsAndOutputs: true, ct) is { IsCompleted: false } found
            && found.ReadInputAs<string>() is { } waiting)
        {
            await RaiseAsync(client, instance, waiting, ct);
        }
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

    /// <summary>
    /// Whether who waits has to look: numbers moved, or may have in a try whose end is not known. What is kept moves
    /// none.
    /// </summary>
    internal static bool IsNews(SiteOutcome outcome, bool again) => outcome is SiteOutcome.Done done
        && (done.Replayed ? again : done.Change is { Moves.IsEmpty: false });
}

/// <summary>
/// What was said is written down, and who waits for it does not know: a repeat tells it, and so does the sweep.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Made here only.")]
sealed class NotWokenException(string message, Exception inner) : Exception(message, inner);
