using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Tasks;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tasks;

/// <summary>
/// The platform is asked to nominate a main number as soon as an account lacks one, in the transaction that finds that
/// out; not again while it goes on lacking it.
/// </summary>
static class MainNumberTask
{
    /// <summary>What a change opens beside it; nothing when nobody's lack is new.</summary>
    public static IReadOnlyList<RowChange> Rows(Operation operation, SiteChange change) =>
        change.AsksForMain is { } account
            ? [new RowChange.Insert(TaskRow.Write(new(
                operation.Id, TaskKind.NominateMain, account, Text(operation), NumberSet.Empty,
                new(Actor.System.User, operation.At))))]
            : [];

    static string Text(Operation operation) =>
        $"The account {operation.Account} needs a main number at {operation.Id.Site} for its service "
        + $"{operation.Service?.Id} ({operation.Service?.Code}), and none is nominated that it could have. Nominate "
        + "one; the account gets it with the next change of a service.";
}
