using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// What the platform says of a number that is to be a main number: written down in one transaction, and whoever waits
/// for it is then told to look.
/// </summary>
public sealed class MainNumberWords(SitePartition sites, SiteQueries queries)
{
    public const string Step = "word";

    /// <summary>The number is in service.</summary>
    /// <param name="client">Durable's client.</param>
    /// <param name="operation">That says so.</param>
    /// <param name="number">Which one.</param>
    /// <param name="account">Whose main number it is.</param>
    /// <param name="keepsEarly">Whether it is kept where it comes too early; else it is refused then.</param>
    /// <param name="again">Whether an earlier try may have died before it told who waits.</param>
    /// <param name="ct">Stops before the transaction.</param>
    internal async Task<SiteOutcome> ActivateAsync(
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

    /// <summary>The number could not be put in service.</summary>
    internal async Task<SiteOutcome> FailAsync(
        DurableTaskClient client, Operation operation, E164 number, bool again, CancellationToken ct)
    {
        var outcome = await sites.TransactAsync(
            new(operation, Step, operation.At, site => PoolDecider.Decide(
                site, new FailActivation(number, operation.Order(operation.At)))), ct);
        if (IsNews(outcome, again)
            && await queries.NumberAsync(operation.Id.Site, number, ct)
                is { Role: not NumberRole.Direct, Account: { } account })
        {
            await WakeAsync(client, operation.Id.Site, account, ct);
        }

        return outcome;
    }

    /// <summary>Whether who waits has to look: numbers moved, or may have in a try whose end is not known.</summary>
    internal static bool IsNews(SiteOutcome outcome, bool again) => outcome is SiteOutcome.Done done
        && (done.Replayed ? again : done.Change is { Moves.IsEmpty: false });

    /// <summary>Tells the activation of the account's main number to look, if one runs.</summary>
    internal static async Task WakeAsync(
        DurableTaskClient client, Id<Site> site, Id<Account> account, CancellationToken ct)
    {
        var instance = OperationDriver.MainNumberInstance(site, account);
        var found = await client.GetInstanceAsync(instance, getInputsAndOutputs: true, ct);
        if (found is { IsCompleted: false } && found.ReadInputAs<string>() is { } running)
            await client.RaiseEventAsync(instance, OperationEvents.Look(running), cancellation: ct);
    }
}
