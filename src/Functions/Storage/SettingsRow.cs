using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Settings;
using Telephony.Functions.Http;

namespace Telephony.Functions.Storage;

/// <summary>How a number is set, as it is stored.</summary>
/// <param name="Settings">As they hold for the number's present user.</param>
/// <param name="Term">The number's present term.</param>
/// <param name="Handovers">The number's, in that term.</param>
/// <param name="Row">The version of its row; null when there is none.</param>
/// <param name="WasSet">
/// Whether somebody set it for that user: else the row is of an earlier user or term, or there is none.
/// </param>
sealed record StoredSettings(NumberSettings Settings, int Term, int Handovers, ETag? Row, bool WasSet)
{
    /// <summary>The version as callers see it. What nobody set has one as well, another for each user.</summary>
    public ETag Version => WasSet ? Row!.Value : new($"unset-{Term}.{Handovers}");
}

/// <summary>
/// A number's settings as a row: <c>Term</c> and <c>Handovers</c>, in which they hold, and <c>Settings</c>, as JSON of
/// what is otherwise than when nobody sets it. A row of an earlier term says nothing, and is written over or removed;
/// of one of an earlier user only what is the next one's as well is heeded.
/// </summary>
static class SettingsRow
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters =
        {
            new JsonStringEnumConverter(),
            new TextConverter<E164>(E164.TryParse, "a number"),
            new TextConverter<CallerPattern>(CallerPattern.TryParse, "a caller"),
        },
    };

    static readonly JsonObject Default = Json(NumberSettings.Default);

    public static RowChange Write(Id<Site> site, E164 number, StoredSettings before, NumberSettings after)
    {
        var row = new TableEntity(SiteKeys.Partition(site), SiteKeys.Settings(number))
        {
            ["Term"] = before.Term,
            ["Handovers"] = before.Handovers,
            ["Settings"] = Text(after),
        };
        row.ETag = before.Row ?? default;
        return before.Row is null ? new RowChange.Insert(row) : new RowChange.Merge(row);
    }

    /// <param name="row">Null when there is none.</param>
    /// <param name="number">As it is now.</param>
    public static StoredSettings Read(TableEntity? row, Number number)
    {
        var isOf = row is not null && IsOf(row, number);
        var settings = isOf ? Parse(row!.GetString("Settings")) : NumberSettings.Default;
        // Rows that were written before handovers were counted are of the first user.
        var isHandedOver = isOf && number.Handovers != (row!.GetInt32("Handovers") ?? 0);
        return new(
            isHandedOver ? settings.HandedOver() : settings, number.Term, number.Handovers, row?.ETag,
            WasSet: isOf && !isHandedOver);
    }

    /// <summary>Whether it says something of the number as it is now.</summary>
    public static bool IsOf(TableEntity row, Number? number) =>
        number is { IsInTerm: true } && number.Term == row.GetInt32("Term");

    /// <summary>
    /// What is to become of a row, so that nothing is kept that was set of a number out of service, or for a user who
    /// does not have it any more; null for nothing.
    /// </summary>
    public static RowChange? Forgotten(Id<Site> site, E164 id, TableEntity row, Number? number)
    {
        if (number is null || !IsOf(row, number))
            return new RowChange.Delete(row);
        var stored = Read(row, number);
        return stored.WasSet ? null
            : stored.Settings == NumberSettings.Default ? new RowChange.Delete(row)
            : Write(site, id, stored, stored.Settings);
    }

    internal static string Text(NumberSettings settings)
    {
        var json = Json(settings);
        foreach (var (name, value) in Default)
        {
            if (JsonNode.DeepEquals(json[name], value))
                json.Remove(name);
        }

        return json.ToJsonString();
    }

    internal static NumberSettings Parse(string text) =>
        JsonSerializer.Deserialize<NumberSettings>(text, Options)!;

    static JsonObject Json(NumberSettings settings) => JsonSerializer.SerializeToNode(settings, Options)!.AsObject();
}
