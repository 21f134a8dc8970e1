using System.Globalization;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Tasks;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>
/// Forgets the platform's words that came too early and were kept for long enough, and asks the platform for what they
/// lacked: the task is opened in the transaction that forgets the word.
/// </summary>
public sealed class ForgetWords(SitePartition sites) : ISiteChore
{
    public const string Step = "forget-words";

    /// <summary>Transactions in one visit; the next visit goes on.</summary>
    const int RoundsMax = 20;

    public Pace Pace => Pace.Often;

    public async Task RunAsync(SiteVisit visit, CancellationToken ct)
    {
        for (var round = 1; round <= RoundsMax; round++)
        {
            var operation = visit.OperationOf("words", $"{round}");
            var command = new Domain.Pool.ForgetWords(new(operation.Id, Party.Timer, visit.Now));
            var (seen, _) = await sites.PreviewAsync(visit.Site, site => PoolDecider.Decide(site, command), ct);
            if (seen is not PoolDecision.Accepted { Change.Forgotten.IsEmpty: false })
                return;
            await sites.TransactAsync(
                new(operation, Step, visit.Now, site => PoolDecider.Decide(site, command))
                {
                    Beside = change => [.. change.Forgotten.Select(word => Task(word, visit))],
                }, ct);
        }
    }

    static RowChange.Insert Task(ForgottenWord forgotten, SiteVisit visit)
    {
        var (number, word) = (forgotten.Number, forgotten.Word);
        var shown = PhoneText.International(number);
        return new(TaskRow.Write(new(
            new(visit.Site, word.Message), TaskKind.NotNominated, word.Account,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The back office activated {shown} as the main number of {word.Account} at {visit.Site}, and by "
                + $"{word.Until:d MMMM yyyy} it was not nominated and reserved for it. Nominate it and give it to the "
                + $"account, then send the command again with a new commandId; or correct what was sent."),
            NumberSet.Of([number]), new(Actor.System.User, visit.Now))));
    }
}
