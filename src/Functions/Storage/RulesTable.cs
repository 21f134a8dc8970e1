using Azure;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;

namespace Telephony.Functions.Storage;

/// <summary>A site's rules with the version of their row; no version for a site that has the defaults.</summary>
public sealed record StoredRules(SiteRules Rules, ETag? ETag);

/// <summary>Reads and changes the rules of sites. A change counts their version up.</summary>
public sealed class RulesTable(ITable sites, SiteCache cache)
{
    public async Task<StoredRules> FindAsync(Id<Site> site, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Rules, ct) is { } row
            ? new(RulesRow.Read(row), row.ETag)
            : new(SiteRules.Default, null);

    /// <summary>Writes the rules; null when they are no longer as they were read.</summary>
    public async Task<StoredRules?> TryPutAsync(
        Id<Site> site, StoredRules before, SiteRules rules, CancellationToken ct)
    {
        var after = rules with { Version = before.Rules.Version + 1 };
        var row = RulesRow.Write(site, after);
        row.ETag = before.ETag ?? default;
        RowChange change = before.ETag is null ? new RowChange.Insert(row) : new RowChange.Replace(row);
        try
        {
            if (await sites.CommitAsync(SiteKeys.Partition(site), [change], ct) is CommitResult.Committed committed)
                return new(after, committed.ETags[0]);
        }
        finally
        {
            // Also when the outcome is unknown.
            cache.Drop(site);
        }

        // The storage client repeats a request whose answer was lost: the rival may be our own first attempt.
        return await FindAsync(site, ct) is { ETag: not null } now && now.Rules.SameAs(rules) ? now : null;
    }
}
