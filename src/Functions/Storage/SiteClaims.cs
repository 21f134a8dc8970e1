using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Functions.Storage;

/// <summary>
/// Keeps what is claimed and what sites have in step, though no transaction holds both. Whoever changes a claim writes
/// an intent beside the site's rows first; whatever dies in between leaves it, and it is settled later.
/// </summary>
/// <remarks>
/// Why a claim is never freed under an operation that needs it: that one writes its intent, then its claims, then the
/// site's rows together with the end of its intent. Who frees ends the intent (its operation then fails), reads the
/// claims, then the intents, then the site's rows, and writes the claims only if nobody has since.
/// </remarks>
public sealed class SiteClaims(ITable sites, ClaimTable claims, TimeProvider clock)
{
    /// <summary>
    /// How old an intent is before the sweep settles it: longer than any request can take, so that it meets only what
    /// was left behind. A slower one would be made to begin again, no more.
    /// </summary>
    public static readonly TimeSpan AgeMin = TimeSpan.FromMinutes(10);

    /// <summary>Intents that one sweep of a site settles; the next one goes on.</summary>
    public const int SettledMax = 100;

    /// <summary>What the transaction that retires numbers writes beside: nobody needs their claims any more.</summary>
    public IReadOnlyList<RowChange> Retired(OperationId operation, SiteChange change) => change.Retired.IsEmpty
        ? []
        : [new RowChange.Insert(IntentRow.Write(new(operation, change.Retired, clock.GetUtcNow(), HasEnded: true)))];

    /// <summary>What a transaction writes beside that brings in all the numbers of an intent, or only some.</summary>
    internal static RowChange Used(Intent intent, NumberLives used) =>
        used.Contains(intent.Lives) ? IntentRow.Delete(intent) : IntentRow.End(intent);

    /// <summary>
    /// Writes down which numbers an operation is about to claim. A repeat of it shares what is written down already;
    /// where that is no longer so it takes its place, and the earlier one has to begin again.
    /// </summary>
    internal async Task<Intent> OpenAsync(OperationId operation, NumberLives lives, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var intent = new Intent(operation, lives, clock.GetUtcNow(), HasEnded: false);
            var found = attempt == 1 ? null : await FindAsync(operation, ct);
            if (found is { HasEnded: false } && found.Lives.Contains(lives))
                return found;
            if (found is not null)
                intent = intent with { Lives = lives.Union(found.Lives), ETag = found.ETag };

            var row = IntentRow.Write(intent);
            RowChange change = found is null ? new RowChange.Insert(row) : new RowChange.Replace(row);
            if (await CommitAsync(operation.Site, change, ct) is CommitResult.Committed committed)
                return intent with { ETag = committed.ETags[0] };
        }

        throw new SiteBusyException($"Repeats of {operation} took each other's place {Rivals.AttemptsMax} times.");
    }

    /// <summary>Frees what an operation claimed and did not bring in, or has retired.</summary>
    public async Task SettleAsync(OperationId operation, CancellationToken ct)
    {
        if (await FindAsync(operation, ct) is { } intent)
            await SettleAsync(intent, ct);
    }

    /// <summary>The same for all that was left behind at a site; answers how many that were.</summary>
    public async Task<int> ReconcileAsync(Id<Site> site, TimeSpan olderThan, CancellationToken ct)
    {
        var limit = clock.GetUtcNow() - olderThan;
        var left = await IntentsAsync(site, ct).Where(intent => intent.At <= limit).Take(SettledMax).ToListAsync(ct);
        foreach (var intent in left)
            await SettleAsync(intent, ct);
        return left.Count;
    }

    async Task SettleAsync(Intent intent, CancellationToken ct)
    {
        var site = intent.Operation.Site;
        if (!intent.HasEnded)
        {
            // Turned down: it was used, or a repeat has taken its place and settles it.
            if (await CommitAsync(site, IntentRow.End(intent), ct) is not CommitResult.Committed ended)
                return;
            intent = intent with { HasEnded = true, ETag = ended.ETags[0] };
        }

        await claims.FreeAsync(site, intent.Lives, (lives, stop) => KeptAsync(site, lives, stop), ct);
        await CommitAsync(site, IntentRow.Delete(intent), ct);
    }

    /// <summary>
    /// Numbers that are live, or about to be. The intents are read first: one that is used in between shows in the
    /// blocks.
    /// </summary>
    async Task<NumberLives> KeptAsync(Id<Site> site, NumberLives lives, CancellationToken ct)
    {
        var coming = await IntentsAsync(site, ct).Where(intent => !intent.HasEnded)
            .SelectMany(intent => intent.Lives.Lives.ToAsyncEnumerable()).ToListAsync(ct);
        var blocks = await sites
            .RangeAsync(
                SiteKeys.Partition(site), SiteKeys.Block(lives.Lives[0].Block),
                SiteKeys.After(SiteKeys.Block(lives.Lives[^1].Block)), ct: ct)
            .Select(BlockRow.Read).ToListAsync(ct);
        return NumberLives.Of(blocks, block => block.Live).Union(NumberLives.Of(coming));
    }

    IAsyncEnumerable<Intent> IntentsAsync(Id<Site> site, CancellationToken ct) => sites.RangeAsync(
        SiteKeys.Partition(site), SiteKeys.IntentsFrom, SiteKeys.IntentsTo, ct: ct).Select(IntentRow.Read);

    async Task<Intent?> FindAsync(OperationId operation, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(operation.Site), SiteKeys.Intent(operation), ct) is { } row
            ? IntentRow.Read(row)
            : null;

    Task<CommitResult> CommitAsync(Id<Site> site, RowChange change, CancellationToken ct) =>
        sites.CommitAsync(SiteKeys.Partition(site), [change], ct);
}
