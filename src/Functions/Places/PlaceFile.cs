using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Telephony.Domain.Places;
using Telephony.Functions.Http;

namespace Telephony.Functions.Places;

/// <summary>
/// Reads a file with things of one kind. Its columns are the members of such a thing in JSON, and a row is read as one:
/// what JSON would refuse, a row is refused for.
/// </summary>
sealed class PlaceFile(PlaceKind kind)
{
    readonly Type type = TypeOf(kind);
    readonly PlaceEntries entries = new();
    readonly List<PlaceEntry> good = [];
    readonly List<ProblemError> errors = [];
    ImmutableArray<JsonPropertyInfo> columns = [];
    ImmutableHashSet<string> given = [];
    int rows;

    public static IEnumerable<string> ColumnsOf(PlaceKind kind) =>
        Json.Options.GetTypeInfo(TypeOf(kind)).Properties.Select(property => property.Name);

    public static async Task<Checked<PlaceLines>> ReadAsync(
        HttpRequest request, PlaceKind kind, CancellationToken ct)
    {
        await using var body = new CsvBody(request.Body, Json.BodyBytesMax);
        var file = new PlaceFile(kind);
        if (await CsvRows.ReadAsync(body, file.Header, file.Take, ct) is { } problem)
            return problem;
        return file.rows == 0
            ? Problems.BadCsv(CsvErrors.NoRows("space, switch, port or handset"))
            : new PlaceLines(file.good, file.errors, file.rows, body.Hash);
    }

    static Type TypeOf(PlaceKind kind) => kind switch
    {
        PlaceKind.Space => typeof(SpaceLine),
        PlaceKind.Switch => typeof(SwitchLine),
        PlaceKind.Port => typeof(PortLine),
        _ => typeof(HandsetLine),
    };

    Problem? Header(IReadOnlyList<string> cells)
    {
        if (cells is [var only] && only.AsSpan().ContainsAny(';', '\t'))
            return Problems.BadCsv(CsvErrors.WrongSeparator());

        var members = Json.Options.GetTypeInfo(type).Properties;
        var known = string.Join(", ", ColumnsOf(kind));
        List<ProblemError> wrong =
        [
            .. from name in cells.CountBy(name => name)
               where name.Value > 1 || members.All(member => member.Name != name.Key)
               select name.Value > 1
                   ? CsvErrors.DuplicateColumn(name.Key)
                   : CsvErrors.UnknownColumn(name.Key, known),
            .. members.Where(member => member.IsRequired && !cells.Contains(member.Name))
                .Select(member => CsvErrors.MissingColumn(member.Name, known)),
        ];
        if (wrong.Count > 0)
            return Problems.BadCsv([.. wrong.Take(members.Count)]);

        columns = [.. cells.Select(name => members.Single(member => member.Name == name))];
        given = [.. cells];
        return null;
    }

    ValueTask<ProblemError?> Take(CsvRow row, CancellationToken ct)
    {
        if (++rows > PostPlaceImport.RowsMax)
            return new(CsvErrors.TooManyRows(row.Line, PostPlaceImport.RowsMax));

        var wrong = row.Malformed
            ?? (row.Cells.Count == columns.Length
                ? null
                : CsvErrors.WrongColumnCount(columns.Length, row.Cells.Count));
        if (wrong is null)
            Read(row);
        else
            errors.Add(wrong with { Row = row.Line });
        return default;
    }

    void Read(CsvRow row)
    {
        // An empty cell stays out of it, and is as if it were null: its column is given, so what was there goes.
        var json = new JsonObject();
        foreach (var (column, cell) in columns.Zip(row.Cells).Where(pair => pair.Second.Length > 0))
            json[column.Name] = Value(column.PropertyType, cell);
        try
        {
            var found = new BodyErrors();
            if (entries.Read(json.Deserialize(type, Json.Options)!, given, found, row: row.Line) is { } entry)
                good.Add(entry);
            errors.AddRange((found.Problem?.Errors ?? []).Select(error => error with { Row = row.Line }));
        }
        catch (JsonException e)
        {
            errors.AddRange(Json.Explain(e).Errors.Select(error => error with { Row = row.Line }));
        }
    }

    /// <summary>As JSON has it; what fits no type stays a text, and is refused as one.</summary>
    static JsonValue Value(Type type, string cell) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        // Spreadsheets write them in capitals.
        var flag when flag == typeof(bool) && bool.TryParse(cell, out var yes) => JsonValue.Create(yes),
        var whole when whole == typeof(int)
            && int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        _ => JsonValue.Create(cell),
    };
}
