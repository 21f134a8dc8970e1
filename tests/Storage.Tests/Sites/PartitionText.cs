using System.Globalization;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;
using Telephony.Domain.Tasks;
using Telephony.Functions.Audits;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Sites;

/// <summary>All rows of a site: as text to compare, and as what they mean to check.</summary>
sealed class PartitionText(IReadOnlyList<TableEntity> rows, Id<Site> site)
{
    /// <summary>
    /// What is stored, without versions and the site's name: equal for two sites that went the same way.
    /// </summary>
    public string Normalised =>
        string.Join('\n', rows.Select(row => Text(row, ""))).Replace(site.Value, "site", StringComparison.Ordinal);

    /// <summary>What is stored, with versions: equal only when nothing was written in between.</summary>
    public string Exact => string.Join('\n', rows.Select(row => Text(row, row.ETag.ToString())));

    public IReadOnlyList<Operation> Operations => [.. Of("O|").Select(OperationRow.Read)];

    public IReadOnlyDictionary<string, Holding> Holdings =>
        Of("A|").Select(HoldingRow.Read).ToDictionary(h => h.Account.Value);

    public IReadOnlyList<TableEntity> Events => Of("E|");

    public IReadOnlyList<PlatformTask> Tasks => [.. Of("T|").Select(row => TaskRow.Read(site, row).Task)];

    public IReadOnlyList<AuditReport> Reports => [.. Of("S|").Select(row => AuditRow.Read(site, row).Report)];

    public IReadOnlyList<Block> Blocks => [.. Of("B|").Select(BlockRow.Read)];

    public IReadOnlyDictionary<E164, Number> Numbers => Blocks
        .SelectMany(block => block.Provisioned.Select(slot => KeyValuePair.Create(block.Id[slot], block[slot]!)))
        .ToDictionary();

    public NumberSet Reserved(string account) => NumberSet.Of(Numbers
        .Where(n => n.Value.State == NumberState.Reserved && n.Value.Account?.Value == account)
        .Select(n => n.Key));

    public Operation Operation(OperationId id) => Operations.Single(operation => operation.Id == id);

    /// <summary>
    /// No leak, no double, no part of a change: the numbers, the counts, the operations and the events agree.
    /// </summary>
    public void AssertConsistent()
    {
        foreach (var row in Of("B|"))
            Assert.Equal(row.GetString("State").Count(letter => letter == 'a'), row.GetInt32("Free"));

        var reserved = Numbers.Where(n => n.Value.State == NumberState.Reserved).ToList();
        Assert.Equal(
            reserved.GroupBy(n => n.Value.Account!.Value.Value)
                .ToDictionary(g => g.Key, g => g.Count()).OrderBy(h => h.Key),
            Holdings.ToDictionary(h => h.Key, h => h.Value.DirectNumbers).Where(h => h.Value > 0)
                .OrderBy(h => h.Key));

        Assert.Equal(
            Operations.Where(o => o.Kind != OperationKind.Import && o.Changed.Count > 0).Select(o => (o.Id, o.Changed)),
            reserved.GroupBy(n => n.Value.Operation!.Value).OrderBy(g => g.Key.Value, StringComparer.Ordinal)
                .Select(g => (g.Key, NumberSet.Of(g.Select(n => n.Key)))));

        var imported = Operations.Where(o => o.Kind == OperationKind.Import).SelectMany(o => o.Changed).Order();
        Assert.Equal(Numbers.Keys.Order(), imported);

        foreach (var operation in Operations)
        {
            var announced = Events
                .Where(e => operation.Steps.Any(step => e.RowKey == SiteKeys.Event(operation.Id, step.Name)))
                .SelectMany(e => NumberSet.Parse(e.GetString("Numbers"))).Order();
            Assert.Equal(operation.Changed, announced);
        }

        Assert.Equal(
            Operations.Sum(o => o.Changed.Count), Events.Sum(e => NumberSet.Parse(e.GetString("Numbers")).Count));
    }

    List<TableEntity> Of(string prefix) =>
        [.. rows.Where(row => row.RowKey.StartsWith(prefix, StringComparison.Ordinal))];

    static string Text(TableEntity row, string version) => $"{row.RowKey} {version} " + string.Join(
        ", ", TransactionGuard.OwnProperties(row).OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"{p.Key}={Value(p.Value)}"));

    static string Value(object value) => value is DateTimeOffset time
        ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
