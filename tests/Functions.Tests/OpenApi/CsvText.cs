using System.Text.Json;
using System.Text.Json.Nodes;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Places;
using Telephony.Functions.Provisioning;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>A body of CSV: there is no schema for tables, so its columns are told in words and by an example.</summary>
static class CsvText
{
    /// <summary>A file that an import takes.</summary>
    public const string ImportExample =
        $"{ImportColumns.Number},{ImportColumns.Kind},{ImportColumns.Nominated},{ImportColumns.Earmark}\n"
        + "+442079470000,,true,\n020 7947 0001,,,\n+442079470003,PortedIn,,acme\n";

    /// <summary>A file of handsets.</summary>
    public const string PlacesExample =
        "mac,model,vendor,space,port,shared\n00:1A:2B:3C:4D:5E,T58,Yealink,desk-2-14,core-2-12,false\n"
        + "001a.2b3c.4d5f,T58,Yealink,,,true\n";

    /// <summary>What a function takes as a file.</summary>
    public static JsonObject Taken(ApiFunction function) => function.Name switch
    {
        nameof(PostImport) => Media(
            "UTF-8, cells separated by commas. The first row names the columns, which stand in any order: "
                + $"{ImportColumns.Known}. Any other column is refused.",
            ImportExample),
        nameof(PostPlaceImport) => Media(
            "UTF-8, cells separated by commas. The first row names the columns, which stand in any order: "
                + string.Join("; ", Enum.GetValues<PlaceKind>().Select(kind =>
                    $"of a {kind} {string.Join(", ", PlaceFile.ColumnsOf(kind))}"))
                + ". Any other column is refused. An empty cell clears what was there; what has no column here stays.",
            PlacesExample),
        _ => throw new InvalidOperationException($"Say in CsvText.Taken which columns {function.Name} takes."),
    };

    /// <summary>A page of a list as a file.</summary>
    /// <param name="item">The type of the list's items.</param>
    /// <param name="pages">Pages that were answered, the first of which is shown.</param>
    public static JsonObject Answered(Type item, IEnumerable<JsonNode> pages)
    {
        var columns = CsvColumn.Of(item);
        var items = pages.FirstOrDefault()?["items"]?.AsArray() ?? [];
        return Media(
            "UTF-8 with a byte order mark, cells separated by commas; an apostrophe stands before what a spreadsheet "
                + $"would take for a formula. The columns are {string.Join(", ", columns.Select(c => $"`{c.Name}`"))}.",
            string.Concat(items.Select(one => columns.Select(column => column.Text(one.Deserialize<JsonElement>())))
                .Prepend(columns.Select(column => column.Name)).Select(Row)));
    }

    static string Row(IEnumerable<string> cells) => string.Join(',', cells.Select(Csv.Harmless).Select(Cell)) + "\r\n";

    static string Cell(string text) => text.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : text;

    static JsonObject Media(string description, string example) => new()
    {
        ["schema"] = new JsonObject { ["type"] = "string", ["description"] = description },
        ["example"] = example,
    };
}
