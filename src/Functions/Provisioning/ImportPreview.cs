using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Provisioning;

/// <summary>What an import would come to now. Nothing was changed, and nothing is kept.</summary>
/// <param name="State">Succeeded, Partial or Refused.</param>
/// <param name="Site">Where.</param>
/// <param name="NumberCount">How many numbers would come in.</param>
/// <param name="Reason">Why not all of it would go in, and what to do.</param>
/// <param name="ErrorCount">How many errors there are.</param>
/// <param name="Errors">The first of them, by row.</param>
sealed record ImportPreview(
    OperationState State,
    string Site,
    int NumberCount,
    OperationReason? Reason,
    int ErrorCount,
    ImmutableArray<ProblemError> Errors)
{
    public static ImportPreview Of(Id<Site> site, int numberCount, OperationReason? reason, RowErrors errors) => new(
        reason is null ? OperationState.Succeeded : OperationState.Partial,
        site.Value, numberCount, reason, errors.Count, errors.Listed());

    /// <summary>What the import itself would answer.</summary>
    public static ImportPreview Of(Id<Site> site, Problem problem) => new(
        OperationState.Refused, site.Value, 0, new(problem.Code, problem.Detail),
        problem.ErrorCount ?? problem.Errors.Length, [.. problem.Errors.Take(RowErrors.ListedMax)]);
}
