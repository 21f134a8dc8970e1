using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// What is reserved for a voice service and has to be activated by the platform is activated by operations of its own,
/// one for the main number and one for the direct numbers: each is accepted in the transaction that reserves them.
/// </summary>
static class LinkedActivation
{
    /// <summary>The operation with the names of those that it calls for.</summary>
    public static Operation Note(Operation operation, SiteChange change) => operation with
    {
        Linked = OfMain(operation, change)?.Id ?? operation.Linked,
        LinkedNumbers = OfDirect(operation, change)?.Id ?? operation.LinkedNumbers,
    };

    /// <summary>The rows that are written beside.</summary>
    public static IEnumerable<RowChange> Rows(Operation operation, SiteChange change) =>
        new[] { OfMain(operation, change), OfDirect(operation, change) }
            .OfType<Operation>().SelectMany(OpenOperations.Rows);

    static Operation? OfMain(Operation operation, SiteChange change) => change.AwaitsActivation is not { } number
        ? null
        : Of(operation, "main-number", OperationKind.MainNumber, MainNumberRequest.Arguments(number)) with
        {
            Number = number,
        };

    static Operation? OfDirect(Operation operation, SiteChange change) => change.ToActivate is not { Count: > 0 } taken
        ? null
        : Of(operation, "numbers", OperationKind.DirectActivation, OperationIds.Hash(taken.ToString())) with
        {
            Numbers = taken,
        };

    static Operation Of(Operation operation, string what, OperationKind kind, string arguments) => new()
    {
        Id = new(operation.Id.Site, OperationIds.Hash("linked", operation.Id.Value, what)),
        Kind = kind,
        Actor = operation.Actor,
        Arguments = arguments,
        At = operation.At,
        Account = operation.Account,
        AccountKind = operation.AccountKind,
    };
}
