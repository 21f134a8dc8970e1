using System.Collections.Immutable;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>A version of a site's rules as somebody wrote it.</summary>
/// <param name="Version">What it says, and from when.</param>
/// <param name="Writer">Who wrote it.</param>
/// <param name="WrittenAt">When.</param>
/// <param name="Follows">The version that would have been in force, had this one not been written.</param>
/// <param name="Changed">The fields that it says otherwise than that one.</param>
public sealed record WrittenRules(
    RuleVersion Version, Actor Writer, DateTimeOffset WrittenAt, int Follows, ImmutableArray<string> Changed)
{
    /// <summary>The newer version that took its place before it took effect.</summary>
    public int? ReplacedBy { get; init; }
}

/// <summary>
/// A version of the rules as a row, kept for good. Nothing in it changes but <c>ReplacedBy</c>, once.
/// </summary>
static class RuleVersionRow
{
    public static TableEntity Write(Id<Site> site, WrittenRules written)
    {
        var row = new TableEntity(
            SiteKeys.Partition(site), SiteKeys.RuleVersion(written.Version.Rules.Version))
        {
            ["Json"] = RulesRow.Text(written.Version),
            ["At"] = written.WrittenAt,
            ["Follows"] = written.Follows,
            ["Changed"] = string.Join(',', written.Changed),
        };
        ActorProperties.Write(row, written.Writer);
        return row;
    }

    /// <summary>The merge that notes which version took its place.</summary>
    public static TableEntity Replaced(TableEntity row, int by) =>
        new(row.PartitionKey, row.RowKey) { ["ReplacedBy"] = by, ETag = row.ETag };

    public static WrittenRules Read(TableEntity row) => new(
        RulesRow.Version(row.GetString("Json")),
        ActorProperties.Read(row),
        row.GetDateTimeOffset("At")!.Value,
        row.GetInt32("Follows")!.Value,
        [.. row.GetString("Changed").Split(',', StringSplitOptions.RemoveEmptyEntries)])
    {
        ReplacedBy = row.GetInt32("ReplacedBy"),
    };
}
