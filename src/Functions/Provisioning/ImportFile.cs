using System.Collections.Immutable;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Provisioning;

/// <summary>A file of numbers as it was read: each good row is a line; what is wrong with the others.</summary>
/// <param name="Lines">The good rows.</param>
/// <param name="Rows">Where in the file each line begins; the header is in row 1.</param>
/// <param name="RowCount">All rows, good and bad, without the header.</param>
/// <param name="ErrorCount">Errors of bad rows; a row may have several.</param>
/// <param name="Errors">The first of them.</param>
sealed record ImportFile(
    ImmutableArray<ProvisionLine> Lines,
    ImmutableArray<int> Rows,
    int RowCount,
    int ErrorCount,
    ImmutableArray<ProblemError> Errors)
{
    /// <summary>All that is wrong, with the lines that the site's numbers are in the way of.</summary>
    public RowErrors With(IReadOnlyCollection<Refusal.OfNumber> leftOut) =>
        RowErrors.Of(ErrorCount + leftOut.Count, Errors.Concat(leftOut.Select(Error)));

    /// <summary>Why not all rows go in; null when they do.</summary>
    /// <param name="leftOut">The lines that the site's numbers are in the way of.</param>
    /// <param name="dryRun">Whether the good rows have not gone in, and are not to.</param>
    public OperationReason? Reason(IReadOnlyCollection<Refusal.OfNumber> leftOut, bool dryRun = false)
    {
        var bad = RowCount - Lines.Length + leftOut.Count;
        return bad == 0 ? null : new("rows-refused",
            $"{bad} of {RowCount} rows have errors; 'errors' says which and why. " + (dryRun
                ? "Correct them in the file before you import it; as it is, only the other rows would go in."
                : "Correct them and send them alone, with a new Idempotency-Key."));
    }

    ProblemError Error(Refusal.OfNumber refusal)
    {
        var (error, line) = (NumberRefusals.Error(refusal), refusal.Line!.Value);
        var isRange = Lines[line].Numbers.Count > 1;
        return error with
        {
            Field = isRange ? ImportColumns.From : ImportColumns.Number,
            Row = Rows[line],
            WayOut = isRange ? "Leave it out of the range." : "Leave the row out.",
        };
    }
}
