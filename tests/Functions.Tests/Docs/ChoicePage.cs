using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Telephony.Functions.Tests.Docs;

/// <summary>
/// The page that shows rule by rule what a change does to one request, written from what the app answers.
/// </summary>
sealed class ChoicePage(Place place)
{
    const int Shown = 80;
    const int Row = 20;
    const int FirstShown = 100;

    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    readonly StringBuilder text = new();

    public string Text => text.ToString();

    public static object Request => new { code = "voice", quantity = 8 };

    /// <summary>A hundred numbers in which each rule makes a difference.</summary>
    public static async Task<ChoicePage> OpenAsync(TestApp app)
    {
        var place = await World.PlaceAsync(app, index: 1, numbers: 0);
        (await place.ImportAsync(new
        {
            lines = new object[]
            {
                new { range = place.Range(100, 169) },
                new { numbers = place.Numbers(170), nominated = true },
                new { numbers = place.Numbers(171), kind = "Special" },
                new { range = place.Range(172, 173), earmark = place.Tenant },
                new { numbers = place.Numbers(174), earmark = place.Neighbour },
            },
        })).Is(201);
        foreach (var (from, to) in new[] { (100, 106), (118, 129), (136, 149) })
            (await place.AllocateAsync(new { account = place.Neighbour, range = place.Range(from, to) })).Is(201);
        (await place.AllocateAsync(place.Tenant, 107, 108)).Is(201);
        return new(place);
    }

    public ChoicePage Write(string words)
    {
        text.Append(words.ReplaceLineEndings("\n")).Append('\n');
        return this;
    }

    /// <summary>What the request comes to with the default rules but for these.</summary>
    public async Task ShowAsync(string title, string words, params (string Rule, JsonNode? Value)[] changes)
    {
        await place.RulesAsync(rules => Change(rules, changes));
        var answer = await place.App.PostAsync(
            $"sites/{place.Site}/accounts/{place.Tenant}/voice-services/phones/preview", place.Admin, Request);

        Write($"\n## {title}\n\n{words}\n");
        if (changes.Length > 0)
            Write($"Changed: `{string.Join(", ", changes.Select(Shortly))}`\n");
        if (answer.Status != 200)
        {
            Write($"Refused with `{answer.Code}`: {answer.Body["detail"]}");
            return;
        }

        await DrawAsync([.. answer.Body["numbers"]!.AsArray().Select(number => (string)number!["number"]!)]);
        Explain(answer.Body);
    }

    /// <summary>The neighbour takes the only nominated number.</summary>
    public async Task TakeMainAsync()
    {
        await place.RulesAsync(rules => Change(rules, []));
        await place.AssignAsync(place.Neighbour, "first", new { code = "voice", quantity = 1 });
    }

    /// <summary>Such as 0107, 0109–0112.</summary>
    static string Shortly(int[] numbers) => string.Join(", ", numbers.Index()
        .GroupBy(at => at.Item - at.Index, at => at.Item)
        .Select(run => run.Count() == 1 ? $"{run.First():D4}" : $"{run.First():D4}–{run.Last():D4}"));

    static string Shortly((string Rule, JsonNode? Value) change) =>
        $"\"{change.Rule}\": {change.Value?.ToJsonString(Readable) ?? "null"}";

    static void Change(JsonObject rules, (string Rule, JsonNode? Value)[] changes)
    {
        foreach (var (rule, value) in Defaults().Concat(changes.Select(change => (change.Rule, change.Value))))
            rules[rule] = value?.DeepClone();
    }

    static IEnumerable<(string, JsonNode?)> Defaults() =>
    [
        ("services", JsonNode.Parse("""[{"code":"voice","name":"Voice"}]""")),
        ("autoAllocate", true),
        ("onNoNominatedMain", "AllocateDirect"),
        ("contiguity", "Preferred"),
        ("nearExisting", true),
        ("premiumPatterns", JsonNode.Parse("""{"repeats":true,"steps":true,"mirrors":true}""")),
        ("keepForOperator", 0),
        ("maxPerAccount", null),
        ("allOrNothing", true),
    ];

    async Task DrawAsync(HashSet<string> chosen)
    {
        var numbers = (await place.ListAsync($"sites/{place.Site}/numbers"))
            .ToDictionary(number => (string)number["number"]!);
        Write("```");
        for (var first = FirstShown; first < FirstShown + Shown; first += Row)
            Write($"{first:D4}  " + string.Concat(Enumerable.Range(first, Row).Select(at =>
                (at % 10 == 0 && at != first ? " " : "") + Sign(at, numbers, chosen))));
        Write("```\n");
    }

    char Sign(int at, Dictionary<string, JsonNode> numbers, HashSet<string> chosen)
    {
        if (!numbers.TryGetValue(place.Number(at), out var number))
            return ' ';
        if (chosen.Contains(place.Number(at)))
            return '*';
        var (account, earmark) = ((string?)number["account"], (string?)number["earmark"]);
        return account == place.Tenant ? 'A'
            : account is not null ? '#'
            : (string?)number["role"] == "NominatedMain" ? 'M'
            : (string?)number["kind"] != "Standard" ? 'S'
            : earmark == place.Tenant ? 'K'
            : earmark is not null ? 'k'
            : '.';
    }

    void Explain(JsonObject preview)
    {
        var numbers = preview["numbers"]!.AsArray().Select(number => (
            Number: ((string)number!["number"]!)[^4..], Reason: (string)number["reason"]!)).ToList();
        if (numbers.Count > 0)
            Write("| numbers | why |\n|---|---|");
        foreach (var group in numbers.GroupBy(number => number.Reason))
            Write($"| {Shortly([.. group.Select(number => int.Parse(number.Number, Invariant))])} | {group.Key} |");
        if (preview["missing"] is { } missing)
            Write($"\nNot done (`{missing["code"]}`): {missing["text"]}");
    }
}
