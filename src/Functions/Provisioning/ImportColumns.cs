using System.Collections.Immutable;
using Telephony.Functions.Http;

namespace Telephony.Functions.Provisioning;

/// <summary>Which column of a file holds what, as its header says.</summary>
sealed class ImportColumns
{
    public const string Number = "number";
    public const string From = "from";
    public const string To = "to";
    public const string Kind = "kind";
    public const string Nominated = "nominated";
    public const string Earmark = "earmark";
    public const string State = "state";

    const string Known = "number, or from and to, then kind, nominated, earmark and state as needed";

    /// <summary>A header can be wrong in as many places as it has columns.</summary>
    const int ErrorsMax = 20;

    static readonly ImmutableArray<string> Names = [Number, From, To, Kind, Nominated, Earmark, State];

    readonly ImmutableArray<string> header;

    ImportColumns(ImmutableArray<string> header) => this.header = header;

    public int Count => header.Length;

    /// <summary>Each row has a range, else one number.</summary>
    public bool AreRanges => header.Contains(From);

    public static Checked<ImportColumns> Read(IEnumerable<string> cells)
    {
        ImmutableArray<string> header = [.. cells];
        if (header is [var only] && only.AsSpan().ContainsAny(';', '\t'))
            return Problems.BadCsv(CsvErrors.WrongSeparator());

        var errors = new List<ProblemError>();
        foreach (var (name, count) in header.CountBy(name => name))
        {
            if (!Names.Contains(name))
                errors.Add(CsvErrors.UnknownColumn(name, Known));
            else if (count > 1)
                errors.Add(CsvErrors.DuplicateColumn(name));
        }

        if (header.Contains(Number) && header.Contains(From))
            errors.Add(CsvErrors.NumbersBesideRanges(Number));
        errors.AddRange(Missing(header).Select(name => CsvErrors.MissingColumn(name, Known)));
        return errors.Count > 0
            ? Problems.BadCsv([.. errors.Take(ErrorsMax)])
            : new ImportColumns(header);
    }

    /// <summary>What stands under a name; empty when there is no such column.</summary>
    public string Cell(IReadOnlyList<string> cells, string name) =>
        header.IndexOf(name) is >= 0 and var at ? cells[at] : "";

    static IEnumerable<string> Missing(ImmutableArray<string> header) =>
        new[] { From, To }.Intersect(header).Any()
            ? new[] { From, To }.Except(header)
            : new[] { Number }.Except(header);
}
