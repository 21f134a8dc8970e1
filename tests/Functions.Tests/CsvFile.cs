using System.Text;

namespace Telephony.Functions.Tests;

/// <summary>
/// Reads CSV strictly as RFC 4180 says it, by hand: what it reads, every other reader should, too.
/// </summary>
static class CsvFile
{
    /// <summary>Every record with its cells; the byte order mark is no part of them.</summary>
    public static List<List<string>> Read(string text)
    {
        Assert.Equal('\uFEFF', text[0]);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var (records, at) = (new List<List<string>>(), 1);
        while (at < text.Length)
            records.Add(Record(text, ref at));
        return records;
    }

    /// <summary>Every record under its header, by the names of the columns.</summary>
    public static List<Dictionary<string, string>> Rows(string text)
    {
        var records = Read(text);
        return [.. records.Skip(1).Select(record => records[0].Zip(record).ToDictionary(c => c.First, c => c.Second))];
    }

    static List<string> Record(string text, ref int at)
    {
        var cells = new List<string> { Cell(text, ref at) };
        for (; text[at] == ','; cells.Add(Cell(text, ref at)))
            at++;
        Assert.Equal("\r\n", text.Substring(at, 2));
        at += 2;
        return cells;
    }

    static string Cell(string text, ref int at)
    {
        var cell = new StringBuilder();
        if (text[at] != '"')
        {
            for (; text[at] is not (',' or '\r'); at++)
                cell.Append(text[at] is '"' or '\n' ? throw new FormatException($"A bare {text[at]}.") : text[at]);
            return cell.ToString();
        }

        for (at++; text[at] != '"' || text[at + 1] == '"'; at++)
            cell.Append(text[text[at] == '"' ? ++at : at]);
        at++;
        return cell.ToString();
    }
}
