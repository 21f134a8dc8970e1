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
        if (Waking.IsNews(outcome, again))
            await client.WakeAsync(OperationDriver.MainNumberInstance(operation.Id.Site, account), ct);
        return outcome;
    }

    /// <summary>The number could not be put in service; the operation's note says why.</summary>
    public async Task<SiteOutcome> FailAsync(
        DurableTaskClient client, Operation operation, E164 number, bool again, CancellationToken ct)
    {
        var now = operation.At;
        var outcome = await sites.AnswerAsync(
            client,
            new(operation, Step, now, site => PoolDecider.Decide(site, new RefuseActivation(
                number, operation.Order(now)))),
            number, again, ct);
        if (Waking.IsNews(outcome, again)
            && (await queries.NumberAsync(operation.Id.Site, number, ct)) is { IsNextMain: true, Account: { } account })
        {
            await client.WakeAsync(OperationDriver.MainNumberInstance(operation.Id.Site, account), ct);
        }

        return outcome;
    }
}
