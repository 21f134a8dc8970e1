using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Telephony.Functions.Http;

namespace Telephony.Functions.Places;

/// <summary>
/// Reads a body with things of all kinds. Each entry is read by itself, as a row of a file is: what is wrong with one
/// keeps no other out.
/// </summary>
sealed class PlaceBody
{
    readonly PlaceEntries entries = new();
    readonly List<PlaceEntry> good = [];
    readonly List<ProblemError> errors = [];

    /// <summary>As <see cref="PostPlaceImport.Body"/>, whose entries are yet to be read.</summary>
    sealed record Lists(
        IReadOnlyList<JsonElement>? Spaces = null,
        IReadOnlyList<JsonElement>? Switches = null,
        IReadOnlyList<JsonElement>? Ports = null,
        IReadOnlyList<JsonElement>? Handsets = null);

    public static async Task<Checked<PlaceLines>> ReadAsync(HttpRequest request, CancellationToken ct) =>
        (await Json.ReadPatchAsync<Lists>(request, ct)).Refused(out var problem, out var read)
            ? problem
            : new PlaceBody().Read(read.Body, read.Text.Span);

    Checked<PlaceLines> Read(Lists body, ReadOnlySpan<byte> text)
    {
        (string Name, Type Type, IReadOnlyList<JsonElement> Lines)[] lists =
        [
            ("spaces", typeof(SpaceLine), body.Spaces ?? []), ("switches", typeof(SwitchLine), body.Switches ?? []),
            ("ports", typeof(PortLine), body.Ports ?? []), ("handsets", typeof(HandsetLine), body.Handsets ?? []),
        ];
        var count = lists.Sum(list => list.Lines.Count);
        if (count is 0 or > PostPlaceImport.RowsMax)
        {
            return Problems.Invalid(ProblemError.OfField(
                "$", "out-of-range", $"There are {count} in it.",
                $"Send 1 to {PostPlaceImport.RowsMax} of all kinds together."));
        }

        foreach (var (name, type, lines) in lists)
        {
            foreach (var (index, line) in lines.Index())
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"{name}[{index}]");
                if (line.ValueKind is not JsonValueKind.Object)
                    return Problems.BadJson(place, "It is no object.", "Send an object, or leave it out.");
                Read(line, type, place);
            }
        }

        return new PlaceLines(good, errors, count, Convert.ToHexStringLower(SHA256.HashData(text)));
    }

    void Read(JsonElement line, Type type, string place)
    {
        try
        {
            var found = new BodyErrors();
            var read = line.Deserialize(type, Json.Options)!;
            // A member that is null says something else than one that is absent.
            ImmutableHashSet<string> given = [.. line.EnumerateObject().Select(member => member.Name)];
            if (entries.Read(read, given, found, place + ".") is { } entry)
                good.Add(entry);
            errors.AddRange(found.Problem?.Errors ?? []);
        }
        catch (JsonException e)
        {
            errors.AddRange(Json.Explain(e).Errors.Select(error => error with { Field = At(place, error.Field!) }));
        }
    }

    /// <summary>A path begins with a dollar sign where it is the entry itself, or an odd name in it.</summary>
    static string At(string place, string path) => path[0] is '$' ? place + path[1..] : $"{place}.{path}";
}
