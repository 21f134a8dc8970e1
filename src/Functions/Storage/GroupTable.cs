using System.Collections.Immutable;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;

namespace Telephony.Functions.Storage;

/// <summary>What is configured at sites for their main numbers: always read from the table.</summary>
public sealed class GroupTable(ITable sites, SitePartition partition)
{
    /// <summary>The account of the site's operator.</summary>
    internal static Id<Account> OperatorOf(Site site) => Id<Account>.Parse(site.Operator.Value);

    internal async Task<Stored<GroupFeatures>> FeaturesAsync(
        Id<Site> site, Id<Account> account, CancellationToken ct) => FeaturesRow.Read(
            await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Features(account), ct),
            GroupFeatures.Default, FeaturesRow.Features);

    internal async Task<Stored<OpeningTimes>> TimesAsync(Id<Site> site, CancellationToken ct) => FeaturesRow.Read(
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.Features(null), ct),
        OpeningTimes.Default, FeaturesRow.Times);

    /// <summary>Every version that was written, newest first; those before one when it is named.</summary>
    /// <param name="site">Where.</param>
    /// <param name="account">Whose main number's; null for the site's hours and holidays.</param>
    /// <param name="before">The one before which they are; null for all.</param>
    /// <param name="pageSize">Rows of one request to the storage.</param>
    /// <param name="ct">Stops between requests.</param>
    internal IAsyncEnumerable<WrittenVersion> VersionsAsync(
        Id<Site> site, Id<Account>? account, int? before, int pageSize, CancellationToken ct) => sites.RangeAsync(
            SiteKeys.Partition(site),
            before is { } last
                ? SiteKeys.After(SiteKeys.FeaturesVersion(account, last))
                : SiteKeys.FeaturesVersionsFrom(account),
            SiteKeys.FeaturesVersionsFrom(account) + "~",
            pageSize, ct).Select(FeaturesRow.Written);

    internal async Task<T?> VersionAsync<T>(
        Id<Site> site, Id<Account>? account, int version, Func<TableEntity, T> read, CancellationToken ct)
        where T : class =>
        await sites.FindAsync(SiteKeys.Partition(site), SiteKeys.FeaturesVersion(account, version), ct) is { } row
            ? read(row)
            : null;

    /// <summary>
    /// All that an account's callers may meet: the site as it is now, and what is configured for the account and for
    /// everybody whose main number a call to it can come to: a row for each, and no more than the site has accounts.
    /// </summary>
    /// <param name="site">Which.</param>
    /// <param name="account">Whose callers.</param>
    /// <param name="wanted">Taken for the account in place of what is stored; null for that.</param>
    /// <param name="ct">Stops between rows.</param>
    internal async Task<SiteGroups> ReadAsync(
        Site site, Id<Account> account, GroupFeatures? wanted, CancellationToken ct)
    {
        var state = await partition.ReadAsync(site.Id, ct);
        var times = await TimesAsync(site.Id, ct);
        var groups = new SiteGroups(
            OperatorOf(site), site.TimeZone, times.Value, state,
            ImmutableDictionary<Id<Account>, GroupFeatures>.Empty);
        var left = new Queue<Id<Account>>([account]);
        while (left.TryDequeue(out var next))
        {
            if (groups.Features.ContainsKey(next))
                continue;
            var features = next == account && wanted is not null
                ? wanted
                : (await FeaturesAsync(site.Id, next, ct)).Value;
            groups = groups with { Features = groups.Features.Add(next, features) };
            foreach (var to in groups.LeadsTo(features))
                left.Enqueue(to);
        }

        return groups;
    }
}
