using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Tests.Http;

/// <summary>CSV that every reader reads as the same, and that a spreadsheet opens without harm.</summary>
public sealed class CsvTests
{
    const string Starts = "=+-@\t\r\n'＝＋－＠\"";

    /// <summary>Text that must be quoted, that looks like a formula, of every script; no half pairs.</summary>
    static readonly Gen<string> Texts = Gen.OneOf(
        Gen.Char["=+-@'\t\r\n\",; a1"].Array[0, 12].Select(chars => new string(chars)),
        Gen.Char[Starts].Select(Gen.String[0, 8], (start, rest) => start + rest),
        Gen.OneOf("é", "名前", "Zoë \"Z\" O'Neil, Ltd.", "🏢", "\u202E", "\0", "﷽", "=cmd|' /C calc'!A0", "+4420"))
        .Where(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text);

    [Fact]
    public void What_is_written_is_read_back_the_same_and_no_cell_opens_as_a_formula() =>
        Gen.Select(Texts, Texts, Texts).Array[0, 5].Sample(rows =>
        {
            var text = Write([.. rows.Select(row => new Row(row.Item1, row.Item2, new(row.Item3)))]);

            var records = CsvFile.Read(text);

            Assert.Equal(["a", "b", "c.d"], records[0]);
            Assert.Equal(
                rows.Select(row => new[] { row.Item1, row.Item2, row.Item3 }),
                records.Skip(1).Select(record => record.Select(Csv.Plain).ToArray()));
            Assert.All(
                records.SelectMany(record => record).Where(cell => cell.Length > 0),
                cell => Assert.DoesNotContain(cell[0], "=+-@\t\r\n＝＋－＠"));
        }, iter: 3_000);

    [Theory]
    [InlineData("'+44", "+44")]
    [InlineData("''", "'")]
    [InlineData("''+44", "'+44")]
    [InlineData("'quoted'", "'quoted'")]
    [InlineData("'", "'")]
    [InlineData("", "")]
    public void Only_an_apostrophe_before_what_would_be_a_formula_is_taken_off(string cell, string text) =>
        Assert.Equal(text, Csv.Plain(cell));

    [Fact]
    public void Columns_are_the_members_of_the_JSON_in_its_order()
    {
        Assert.Equal(
            ["number", "national", "site", "state", "role", "kind", "account", "source", "operation", "since",
                "until", "restsUntil", "earmark", "generation", "version"],
            CsvColumn.Of(typeof(NumberView)).Select(column => column.Name));
        Assert.Equal(
            ["id", "operator", "kind", "name", "sites"], CsvColumn.Of(typeof(Account)).Select(column => column.Name));
    }

    [Fact]
    public void Columns_of_an_operation_have_no_steps_numbers_and_progress()
    {
        var columns = CsvColumn.Of(typeof(OperationView)).Select(column => column.Name).ToList();

        Assert.Superset(
            new HashSet<string> { "id", "service.id", "service.quantity", "reason.code", "reason.text", "numberCount" },
            columns.ToHashSet());
        Assert.DoesNotContain(columns, name => name.Split('.')[0] is "steps" or "numbers" or "progress");
    }

    [Fact]
    public void Several_simple_values_stand_in_one_cell() => Assert.Equal(
        [["names", "count", "yes"], ["a b", "7", "true"], ["", "", ""]],
        CsvFile.Read(Write([new Several(["a", "b"], 7, true), new Several([], null, null)])));

    static string Write<T>(IReadOnlyList<T> items)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        Assert.True(new CsvAnswer<T>(items, "test.csv").ExecuteAsync(context).IsCompletedSuccessfully);
        Assert.Equal(body.Length, context.Response.ContentLength);
        return Encoding.UTF8.GetString(body.ToArray());
    }

    sealed record Row(string A, string B, Inner C);

    sealed record Inner(string D);

    sealed record Several(ImmutableArray<string> Names, int? Count, bool? Yes);
}
