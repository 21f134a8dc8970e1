using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>
/// A main number that is reserved on the way, such as for an account's first service, is activated by an operation of
/// its own: it is accepted in the transaction that reserves the number.
/// </summary>
static class LinkedActivation
{
    /// <summary>The operation with the name of the one that it calls for, when it calls for one.</summary>
    public static Operation Note(Operation operation, SiteChange change) => change.AwaitsActivation is null
        ? operation
        : operation with { Linked = Of(operation, change)!.Id };

    /// <summary>The rows that are written beside.</summary>
    public static IReadOnlyList<RowChange> Rows(Operation operation, SiteChange change) =>
        Of(operation, change) is { } linked ? OpenOperations.Rows(linked) : [];

    static Operation? Of(Operation operation, SiteChange change) => change.AwaitsActivation is not { } number
        ? null
        : new()
        {
            Id = new(operation.Id.Site, OperationIds.Hash("linked", operation.Id.Value, "main-number")),
            Kind = OperationKind.MainNumber,
            Actor = operation.Actor,
            Arguments = MainNumberRequest.Arguments(number),
            At = operation.At,
            Account = operation.Account,
            AccountKind = operation.AccountKind,
            Number = number,
        };
}
