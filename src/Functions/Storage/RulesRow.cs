using System.Text.Json;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;

namespace Telephony.Functions.Storage;

/// <summary>A site's rules as a row: JSON, and a version that every allocation remembers.</summary>
static class RulesRow
{
    public static TableEntity Write(Id<Site> site, SiteRules rules) => new(SiteKeys.Partition(site), SiteKeys.Rules)
    {
        ["Version"] = rules.Version,
        ["Json"] = JsonSerializer.Serialize(rules),
    };

    public static SiteRules Read(TableEntity row) =>
        JsonSerializer.Deserialize<SiteRules>(row.GetString("Json"))
        ?? throw new FormatException("The row of rules is empty.");
}
