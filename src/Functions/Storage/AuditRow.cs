using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Audits;

namespace Telephony.Functions.Storage;

/// <summary>A report and the version that it was read at.</summary>
sealed record StoredReport(AuditReport Report, ETag ETag);

/// <summary>
/// An audit's report as a row: counts, and <c>Findings</c> as JSON in the words of its time, packed when they are long.
/// </summary>
static class AuditRow
{
    public static TableEntity Write(AuditReport report)
    {
        var row = new TableEntity(SiteKeys.Partition(report.Id.Site), SiteKeys.Audit(report.Id))
        {
            ["At"] = report.At,
            ["User"] = report.By,
            ["RulesVersion"] = report.RulesVersion,
            ["NumberCount"] = report.NumberCount,
            ["FindingCount"] = report.FindingCount,
            ["CriticalCount"] = report.CriticalCount,
            ["WarningCount"] = report.WarningCount,
        };
        var text = JsonSerializer.Serialize(report.Findings, JsonSerializerOptions.Web);
        if (text.Length <= TableLimits.TextMax)
            row["Findings"] = text;
        else
            row["Packed"] = PackedJson.Pack(report.Findings);
        if (report.Note is { } note)
            row["Note"] = note;
        return row;
    }

    public static StoredReport Read(Id<Site> site, TableEntity row) => new(
        new(
            new(site, row.RowKey[2..]),
            row.GetDateTimeOffset("At")!.Value,
            row.GetString("User"),
            row.GetString("Note"),
            row.GetInt32("RulesVersion")!.Value,
            row.GetInt32("NumberCount")!.Value,
            row.GetInt32("FindingCount")!.Value,
            row.GetInt32("CriticalCount")!.Value,
            row.GetInt32("WarningCount")!.Value,
            [
                .. row.GetString("Findings") is { } text
                    ? JsonSerializer.Deserialize<FindingView[]>(text, JsonSerializerOptions.Web)!
                    : PackedJson.Unpack<FindingView>(row.GetBinary("Packed")),
            ]),
        row.ETag);
}
