using System.Text.RegularExpressions;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>The page for people says what the decider does.</summary>
public sealed partial class LifePageTests
{
    static readonly string[] Page = File.ReadAllLines(Path.Combine(StyleTests.Root, "docs", "number-states.md"));

    static readonly (string Number, string[] From, string[] To, string[] Who)[] Rows =
    [
        .. Page.Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 7 && int.TryParse(cells[1], out _))
            .Select(cells => (cells[1], cells[2].Split(", "), cells[3].Split(", "), cells[5].Split(", "))),
    ];

    [Fact]
    public void Its_table_leads_where_the_decider_leads_and_names_who_may()
    {
        var written =
            from row in Rows
            from edge in from one in row.From from other in row.To from who in row.Who select (one, other, who)
            select edge;
        var decided =
            from change in LifeTableTests.Accepted()
            let step = (change.Before?.State.ToString() ?? "new", change.After.State.ToString())
            where step.Item1 != step.Item2
            select (step.Item1, step.Item2, change.Command.Order.By.ToString().ToLowerInvariant());

        // That a hold has lapsed nobody has to say.
        Assert.Equal(
            decided.Append(("Held", "Available", "timer")).Distinct().Order(), written.Distinct().Order());
    }

    [Fact]
    public void Its_diagram_shows_its_table()
    {
        var shown =
            from line in Page
            let arrow = Arrow().Match(line)
            where arrow.Success
            from number in arrow.Groups["numbers"].Value.Split(", ")
            select (Of(arrow, "from"), Of(arrow, "to"), number);
        var rows =
            from row in Rows
            from edge in from one in row.From from other in row.To select (one, other, row.Number)
            where edge.one != nameof(NumberState.Retired)
            select edge;

        Assert.Equal(rows.Order(), shown.Order());

        static string Of(Match arrow, string group) =>
            arrow.Groups[group].Value is "[*]" ? "new" : arrow.Groups[group].Value;
    }

    [Fact]
    public void Its_numbers_are_those_of_the_code_and_its_states_all_there_are()
    {
        var code = File.ReadAllText(Path.Combine(StyleTests.Root, "src", "Domain", "Numbers", "NumberDecider.cs"));
        var numbers = Marker().Matches(code).Select(match => int.Parse(match.Groups[1].ValueSpan, null)).ToList();

        Assert.Equal(Enumerable.Range(1, 24), numbers.Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 24).Select(number => $"{number}"), Rows.Select(row => row.Number).Distinct());
        Assert.All(Enum.GetNames<NumberState>(), state => Assert.Single(
            Page, line => line.StartsWith($"| {state} |", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^  (?<from>\S+) --> (?<to>\w+): (?<numbers>[\d, ]+)$")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"/\*\s+(\d+) \*/")]
    private static partial Regex Marker();
}
