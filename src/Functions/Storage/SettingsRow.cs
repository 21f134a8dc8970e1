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
/// <param name="Settings">As they hold in the number's present term.</param>
/// <param name="Term">Which term that is.</param>
/// <param name="Row">The version of its row; null when there is none.</param>
/// <param name="WasSet">Whether somebody set it in that term: else the row is of an earlier one, or there is none.
/// </param>
sealed record StoredSettings(NumberSettings Settings, int Term, ETag? Row, bool WasSet)
{
    /// <summary>The version as callers see it. What nobody set has one as well, another in each term.</summary>
    public ETag Version => WasSet ? Row!.Value : new($"unset-{Term}");
}

/// <summary>
/// A number's settings as a row: <c>Term</c>, in which they hold, and <c>Settings</c>, as JSON of what is otherwise
/// than when nobody sets it. A row of an earlier term says nothing, and is written over or removed.
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
            ["Settings"] = Text(after),
        };
        row.ETag = before.Row ?? default;
        return before.Row is null ? new RowChange.Insert(row) : new RowChange.Merge(row);
    }

    /// <param name="row">Null when there is none.</param>
    /// <param name="number">As it is now.</param>
    public static StoredSettings Read(TableEntity? row, Number number) => row is not null && IsOf(row, number)
        ? new(Parse(row.GetString("Settings")), number.Term, row.ETag, WasSet: true)
        : new(NumberSettings.Default, number.Term, row?.ETag, WasSet: false);

    /// <summary>Whether it says something of the number as it is now.</summary>
    public static bool IsOf(TableEntity row, Number? number) =>
        number is { IsInTerm: true } && number.Term == row.GetInt32("Term");

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
