using Azure.Data.Tables;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// What a transaction has to announce and remember, written with it: a crash can lose the announcing, never the fact.
/// The mover that sends it and writes the history comes with the history itself.
/// </summary>
static class EventRow
{
    public static TableEntity Write(Operation operation, string step, DateTimeOffset at, int rulesVersion)
    {
        var row = new TableEntity(SiteKeys.Partition(operation.Id.Site), SiteKeys.Event(operation.Id, step))
        {
            ["Kind"] = operation.Kind.ToString(),
            ["At"] = at,
            ["User"] = operation.Actor.User,
            ["Role"] = operation.Actor.Role.ToString(),
            ["Numbers"] = operation.Changed.ToString(),
            ["RulesVersion"] = rulesVersion,
        };
        if (operation.Actor.OnBehalfOf is { } onBehalfOf)
            row["OnBehalfOf"] = onBehalfOf.Value;
        if (operation.Account is { } account)
            row["Account"] = account.Value;
        return row;
    }
}
