using System.Globalization;

namespace Telephony.Functions.Http;

/// <summary>What is wrong with a file, or with one of its rows, as a table.</summary>
static class CsvErrors
{
    public static ProblemError BadEncoding(int row) => In(row, "bad-encoding",
        "There are bytes here that are not UTF-8.", "Save the file as 'CSV UTF-8'.");

    public static ProblemError NoHeader() => In(1, "no-header",
        "The file is empty.", "Begin it with a row that names the columns.");

    /// <param name="what">What a row of the file can be.</param>
    public static ProblemError NoRows(string what) => In(2, "no-rows",
        "There is no row below the header.", $"Add a row for each {what}.");

    public static ProblemError WrongSeparator() => In(1, "wrong-separator",
        "The columns are not separated by commas.",
        "Save the file with commas between the columns; some spreadsheets write semicolons.");

    public static ProblemError UnknownColumn(string name, string known) => In(1, "unknown-column",
        $"There is no column '{Problems.Shown(name)}' here.",
        $"Take it out, or check its spelling. The columns are {known}.") with { Field = Problems.Shown(name) };

    public static ProblemError DuplicateColumn(string name) => In(1, "duplicate-column",
        $"The column '{name}' stands twice.", "Take one of them out.") with { Field = name };

    public static ProblemError MissingColumn(string name, string known) => In(1, "missing-column",
        $"The column '{name}' is missing.", $"The columns are {known}.") with { Field = name };

    public static ProblemError NumbersBesideRanges(string name) => In(1, "one-of",
        $"The column '{name}' stands beside 'from' and 'to'.",
        "Keep one of the two; a range of one number has it in both.") with { Field = name };

    public static ProblemError UnclosedQuote(int row) => In(row, "unclosed-quote",
        "A quote is opened here and never closed, so the rows after it cannot be told apart.",
        "Close it, or double a quote that belongs to the text.");

    public static ProblemError RowTooLong(int row, int bytesMax) => In(row, "row-too-long",
        Text($"The row has more than {bytesMax} bytes."), "Look for a quote that is opened and never closed.");

    public static ProblemError StrayQuote() => In(null, "stray-quote",
        "A quote stands where none can be.", "Put the whole cell into quotes, and double those within it.");

    /// <summary>What keeps a number's plus sign in a spreadsheet, and means nothing elsewhere.</summary>
    public static ProblemError Formula() => In(null, "formula",
        "A cell is a formula, such as =\"+442079460000\", which only a spreadsheet works out.",
        "Send what it shows: +442079460000. Format the column as text, and the plus sign stays without it.");

    public static ProblemError WrongColumnCount(int expected, int found) => In(null, "wrong-column-count",
        Text($"The row has {found} cells, the header {expected}."),
        "Give it as many, and put a cell with a comma in it into quotes.");

    public static ProblemError CellTooLong(int charsMax) => In(null, "cell-too-long",
        Text($"A cell has more than {charsMax} characters."), "Shorten it.");

    public static ProblemError RangeTooLong(string field, long blocks, int blocksMax) => In(null, "range-too-long",
        Text($"The range lies in {blocks} blocks of 100; one import may change {blocksMax}."),
        "Split it into several, in several files.") with { Field = field };

    public static ProblemError TooManyAccounts(string field, int accountsMax) => In(null, "too-many-accounts",
        Text($"The rows before it name {accountsMax} accounts, the most that one file may."),
        "Import the numbers of other accounts with another file.") with { Field = field };

    public static ProblemError TooManyNumbers(int row, int blocks, int blocksMax) => In(row, "too-many-blocks",
        Text($"The rows up to here name numbers in {blocks} blocks of 100; one import may change {blocksMax}."),
        "Split the file, and send each part with an Idempotency-Key of its own.");

    public static ProblemError TooManyRows(int row, int rowsMax) => In(row, "too-many-rows",
        Text($"The file has more than {rowsMax} rows."), "Split it.");

    static ProblemError In(int? row, string code, string reason, string wayOut) =>
        new(null, null, code, reason, wayOut, Row: row);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
