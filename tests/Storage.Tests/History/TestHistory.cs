using Azure.Data.Tables;
using Microsoft.Extensions.Logging.Abstractions;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Functions.History;
using Telephony.Functions.Messaging;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;

namespace Telephony.Storage.Tests.History;

/// <summary>The two tables that a history is in, what moves and reads it, and what is sent meanwhile.</summary>
sealed class TestHistory(ITable sites, ITable history, TimeProvider? clock = null, RecordingBus? bus = null)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public EventMover Mover { get; } =
        new(sites, history, Sender(bus ?? new(), clock), clock ?? TimeProvider.System, NullLogger<EventMover>.Instance);

    public HistoryTable Table { get; } = new(sites, history);

    public HistoryTrimmer Trimmer { get; } = new(new SiteQueries(sites), history);

    public async Task<NumberHistory> OfAsync(Id<Site> site, E164 number, DateTimeOffset? now = null) =>
        await Table.OfAsync(site, number, now ?? TestSite.Noon.AddYears(100), Ct);

    public async Task<IReadOnlyList<TableEntity>> EventsAsync(Id<Site> site) => await sites.RangeAsync(
        SiteKeys.Partition(site), SiteKeys.EventsFrom, SiteKeys.EventsTo, ct: Ct).ToListAsync(Ct);

    public async Task<IReadOnlyList<TableEntity>> RowsAsync(Id<Site> site, BlockId block) => await history.RangeAsync(
        HistoryKeys.Partition(site, block), HistoryKeys.First, HistoryKeys.End, ct: Ct).ToListAsync(Ct);

    /// <summary>A process's own: what one knows of the topic, another does not.</summary>
    public static EventSender Sender(RecordingBus bus, TimeProvider? clock = null) => new(
        bus.CreateSender(EntityNames.Events), clock ?? TimeProvider.System, NullLogger<EventSender>.Instance);

    /// <summary>All that is kept of some blocks, without versions and the site's name.</summary>
    public async Task<string> TextAsync(Id<Site> site, NumberSet numbers)
    {
        var lines = new List<string>();
        foreach (var (block, _) in numbers.Blocks)
        {
            lines.AddRange((await RowsAsync(site, block)).Select(row => $"{row.PartitionKey} {row.RowKey} "
                + string.Join(", ", TransactionGuard.OwnProperties(row)
                    .OrderBy(property => property.Key, StringComparer.Ordinal)
                    .Select(property => FormattableString.Invariant($"{property.Key}={property.Value}")))));
        }

        return string.Join('\n', lines).Replace(site.Value, "site", StringComparison.Ordinal);
    }
}
