using System.Collections.Immutable;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;

namespace Telephony.Functions.Storage;

/// <summary>
/// What an account has at a site as a row: <c>DirectNumbers</c>, <c>InService</c>, <c>Main</c>, <c>NextMain</c>, and
/// <c>Services</c> as JSON.
/// </summary>
static class HoldingRow
{
    const string InService = "InService";

    sealed record StoredService(string Id, string Code, int Quantity, int Version);

    public static TableEntity Write(Id<Site> site, Holding holding, ETag etag)
    {
        var services = holding.Services.Values
            .Select(s => new StoredService(s.Id.Value, s.Code, s.Quantity, s.Version));
        return new(SiteKeys.Partition(site), SiteKeys.Holding(holding.Account))
        {
            ["DirectNumbers"] = holding.DirectNumbers,
            [InService] = holding.InService,
            // A merge cannot remove a property, so no main number is written as empty text.
            ["Main"] = holding.Main?.ToString() ?? "",
            ["NextMain"] = holding.NextMain?.ToString() ?? "",
            ["LacksMain"] = holding.LacksMain,
            ["Services"] = JsonSerializer.Serialize(services),
            ETag = etag,
        };
    }

    public static Holding Read(TableEntity row)
    {
        var services = JsonSerializer.Deserialize<StoredService[]>(row.GetString("Services")) ?? [];
        return new(
            SiteKeys.Account(row.RowKey),
            services
                .Select(s => new VoiceService(Id<VoiceService>.Parse(s.Id), s.Code, s.Quantity, s.Version))
                .ToImmutableSortedDictionary(s => s.Id, s => s),
            row.GetInt32("DirectNumbers") ?? 0,
            Number(row, "Main"),
            row.GetBoolean("LacksMain") ?? false,
            Number(row, "NextMain"),
            row.GetInt32(InService) ?? 0);
    }

    /// <summary>Whether it is from before numbers in service were counted: then the blocks have to be asked.</summary>
    public static bool CountsNoService(TableEntity row) => !row.ContainsKey(InService);

    static E164? Number(TableEntity row, string name) =>
        E164.TryParse(row.GetString(name), out var number) ? number : null;
}
