using System.Diagnostics;
using Azure;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>A site's rules with the version of their row; no version for a site that has the defaults.</summary>
public sealed record StoredRules(RuleBook Book, ETag? ETag);

/// <summary>Reads the rules of sites, and writes versions of them.</summary>
public sealed class RulesTable(ITable sites, SiteCache cache)
{
    public async Task<StoredRules> FindAsync(Id<Site> site, CancellationToken ct)
    {
        var row = await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Rules, ct);
        return new(RulesRow.Read(row), row?.ETag);
    }

    /// <summary>Every version that was written, newest first; those before one when it is named.</summary>
    public IAsyncEnumerable<WrittenRules> VersionsAsync(
        Id<Site> site, int? before, int pageSize, CancellationToken ct) => sites.RangeAsync(
            SiteKeys.Partition(site),
            before is { } last ? SiteKeys.After(SiteKeys.RuleVersion(last)) : SiteKeys.RuleVersionsFrom,
            SiteKeys.RuleVersionsTo,
            pageSize, ct).Select(RuleVersionRow.Read);

    public async Task<WrittenRules?> FindVersionAsync(Id<Site> site, int version, CancellationToken ct) =>
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.RuleVersion(version), ct) is { } row
            ? RuleVersionRow.Read(row)
            : null;

    /// <summary>Writes a new version; null when the rules are no longer as they were read.</summary>
    /// <param name="site">Whose rules.</param>
    /// <param name="before">As they were read.</param>
    /// <param name="change">What was decided on them.</param>
    /// <param name="writer">Who wants it.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Stops before the transaction.</param>
    public async Task<StoredRules?> TryPutAsync(
        Id<Site> site, StoredRules before, RulesDecision.Accepted change, Actor writer, DateTimeOffset now,
        CancellationToken ct)
    {
        var rows = await RowsAsync(site, before, change, writer, now, ct);
        try
        {
            if (await sites.CommitAsync(SiteKeys.Partition(site), rows, ct) is CommitResult.Committed committed)
                return new(change.Book, committed.ETags[0]);
        }
        finally
        {
            // Also when the outcome is unknown.
            cache.Drop(site);
        }

        // The storage client repeats a request whose answer was lost: the rival may be our own first attempt.
        var (mine, found) = (change.Book.Last, await FindAsync(site, ct));
        return found.Book.Last is { } theirs
            && theirs.Rules.Version == mine.Rules.Version
            && theirs.EffectiveFrom == mine.EffectiveFrom
            && theirs.Rules.SameAs(mine.Rules) ? found : null;
    }

    /// <summary>What can still matter, the new version as it was written, and what it takes the place of.</summary>
    async Task<List<RowChange>> RowsAsync(
        Id<Site> site, StoredRules before, RulesDecision.Accepted change, Actor writer, DateTimeOffset now,
        CancellationToken ct)
    {
        var (version, book) = (change.Book.Last, RulesRow.Write(site, change.Book));
        book.ETag = before.ETag ?? default;
        var changed = RuleFields.Changed(change.Instead.Rules, version.Rules);
        List<RowChange> rows =
        [
            before.ETag is null ? new RowChange.Insert(book) : new RowChange.Replace(book),
            new RowChange.Insert(RuleVersionRow.Write(
                site, new(version, writer, now, change.Instead.Rules.Version, changed))),
        ];
        foreach (var replaced in change.Replaced)
        {
            var row = await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.RuleVersion(replaced), ct)
                ?? throw new UnreachableException($"Version {replaced} of the rules of {site} has no row.");
            rows.Add(new RowChange.Merge(RuleVersionRow.Replaced(row, version.Rules.Version)));
        }

        return rows;
    }
}
