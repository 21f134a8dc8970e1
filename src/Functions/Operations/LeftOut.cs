using System.Globalization;
using Telephony.Domain.Pool;

namespace Telephony.Functions.Operations;

/// <summary>Numbers that a request named and that were in the way, though the others were changed.</summary>
static class LeftOut
{
    public const string Code = "numbers-left-out";

    /// <summary>The operation with a reason for each; as it is when there are none.</summary>
    public static Operation Note(Operation operation, SiteChange change) => change.LeftOut.IsEmpty
        ? operation
        : operation with
        {
            Errors = RowErrors.Of(change.LeftOut.Length, change.LeftOut.Select(NumberRefusals.Error)),
            Reason = new(Code, string.Create(
                CultureInfo.InvariantCulture,
                $"Numbers that were left out: {change.LeftOut.Length}; 'errors' says why each was. Do what it says, "
                + $"then send those again.")),
        };
}
