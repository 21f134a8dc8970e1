using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Provisioning;

/// <summary>Makes lines of the rows of one file, and remembers which of its rows named a number first.</summary>
sealed class ImportRowReader(string country)
{
    const int CellCharsMax = 200;

    readonly Dictionary<BlockId, (Slots All, List<(Slots Slots, int Row)> Rows)> named = [];

    /// <summary>Blocks that the rows so far lie in.</summary>
    public int BlockCount => named.Count;

    /// <summary>The same, counted for each row: what remembering them costs.</summary>
    public int PartCount { get; private set; }

    /// <summary>The row's line, or all that is wrong with it.</summary>
    /// <param name="columns">What stands where.</param>
    /// <param name="row">Its place in the file.</param>
    /// <param name="cells">Without space around them.</param>
    public (ProvisionLine? Line, List<ProblemError> Errors) Read(
        ImportColumns columns, int row, IReadOnlyList<string> cells)
    {
        if (cells.Count != columns.Count)
            return (null, [CsvErrors.WrongColumnCount(columns.Count, cells.Count)]);
        if (cells.Any(cell => cell.Length > CellCharsMax))
            return (null, [CsvErrors.CellTooLong(CellCharsMax)]);

        var errors = new List<ProblemError>();
        var numbers = columns.AreRanges
            ? Range(columns.Cell(cells, ImportColumns.From), columns.Cell(cells, ImportColumns.To), errors)
            : Number(columns.Cell(cells, ImportColumns.Number), errors);
        if (numbers is not null && Earlier(numbers, row) is { } twice)
        {
            errors.Add(ProblemError.OfField(
                columns.AreRanges ? ImportColumns.From : ImportColumns.Number, "named-twice",
                $"{twice.Number} already stands in row {twice.Row}.", "Name each number once."));
        }

        var kind = OneOf(
            columns.Cell(cells, ImportColumns.Kind), NumberKind.Standard, ImportColumns.Kind, "unknown-kind", errors);
        var nominated = Nominated(columns.Cell(cells, ImportColumns.Nominated), errors);
        var earmark = Earmark(columns.Cell(cells, ImportColumns.Earmark), errors);
        var state = OneOf(
            columns.Cell(cells, ImportColumns.State), ImportedAs.Available, ImportColumns.State, "unknown-state",
            errors);
        return errors.Count > 0 ? (null, errors) : (new(numbers!, kind, nominated, earmark, state.Of()), errors);
    }

    NumberSet? Number(string text, List<ProblemError> errors)
    {
        if (NumberInput.Read(text, country, ImportColumns.Number, out var number) is not { } wrong)
            return NumberSet.Of([number]);

        errors.Add(wrong);
        return null;
    }

    NumberSet? Range(string fromText, string toText, List<ProblemError> errors)
    {
        var wrong = NumberInput.Read(fromText, country, ImportColumns.From, out var from);
        var wrongTo = NumberInput.Read(toText, country, ImportColumns.To, out var to);
        if (wrong is null && wrongTo is null)
        {
            if (NumberRange.TryCreate(from, to, out var range) is { } fault)
                wrong = NumberInput.Wrong(ImportColumns.From, from, to, fault);
            else if (range.BlockCount > PoolDecider.BlocksMax)
                wrong = CsvErrors.RangeTooLong(ImportColumns.To, range.BlockCount, PoolDecider.BlocksMax);
            else
                return range.ToSet();
        }

        errors.AddRange(new[] { wrong, wrongTo }.OfType<ProblemError>());
        return null;
    }

    /// <summary>The lowest of the numbers that an earlier row named, and that row; null when there is none.</summary>
    (E164 Number, int Row)? Earlier(NumberSet numbers, int row)
    {
        (E164, int)? found = null;
        foreach (var (block, slots) in numbers.Blocks)
        {
            var (all, rows) = named.GetValueOrDefault(block, (Slots.None, []));
            var twice = slots.Intersect(all).Lowest(1);
            if (!twice.IsEmpty)
            {
                found ??= (block[twice.Single()], rows.First(earlier => !earlier.Slots.Intersect(twice).IsEmpty).Row);
                continue;
            }

            rows.Add((slots, row));
            named[block] = (all.Union(slots), rows);
            PartCount++;
        }

        return found;
    }

    static T OneOf<T>(string text, T otherwise, string column, string code, List<ProblemError> errors)
        where T : struct, Enum
    {
        // The names only: parsing alone would take numbers, too.
        if (text.Length == 0 || Enum.GetNames<T>().Contains(text, StringComparer.Ordinal))
            return text.Length == 0 ? otherwise : Enum.Parse<T>(text);

        errors.Add(ProblemError.OfField(
            column, code, $"'{Problems.Shown(text)}' is no {column} that a number can come in with.",
            $"Send one of {string.Join(", ", Enum.GetNames<T>())}, or nothing for {otherwise}."));
        return default;
    }

    /// <summary>In any case: a spreadsheet makes TRUE of true.</summary>
    static bool Nominated(string text, List<ProblemError> errors)
    {
        if (text.Length == 0 || bool.TryParse(text, out _))
            return text.Length > 0 && bool.Parse(text);

        errors.Add(ProblemError.OfField(
            ImportColumns.Nominated, "not-a-flag", $"'{Problems.Shown(text)}' is neither true nor false.",
            "Send true, false, or nothing for false."));
        return false;
    }

    static Id<Account>? Earmark(string text, List<ProblemError> errors)
    {
        if (text.Length == 0)
            return null;
        if (Id<Account>.TryParse(text, out var account))
            return account;

        errors.AddRange(Problems.BadId(ImportColumns.Earmark, text).Errors);
        return null;
    }
}
