using System.Collections.Immutable;
using Azure.Data.Tables;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// What a transaction has to announce and remember, written with it: a crash can lose the announcing, never the fact.
/// The mover takes it up: it writes the history, and deletes the row.
/// </summary>
static class EventRow
{
    /// <param name="operation">Whose change it is.</param>
    /// <param name="step">The step that made it; an operation announces each of its steps.</param>
    /// <param name="change">What this step changed, and why it was these numbers.</param>
    /// <param name="moves">What happened to them, and to others of their blocks that had lapsed.</param>
    /// <param name="at">When it was asked for.</param>
    /// <param name="rulesVersion">The rules it was decided by.</param>
    public static TableEntity Write(
        Operation operation, string step, SiteChange change, ImmutableArray<Move> moves, DateTimeOffset at,
        int rulesVersion)
    {
        var row = new TableEntity(SiteKeys.Partition(operation.Id.Site), SiteKeys.Event(operation.Id, step))
        {
            ["Kind"] = operation.Kind.ToString(),
            ["At"] = at,
            ["User"] = operation.Actor.User,
            ["Numbers"] = change.Changed.ToString(),
            ["RulesVersion"] = rulesVersion,
        };
        ChoiceText.Write(row, change.Choice);
        MoveText.Write(row, moves);
        if (operation.Actor.Role is { } role)
            row["Role"] = role.ToString();
        if (operation.Note is { } note)
            row["Note"] = note;
        if (operation.Actor.OnBehalfOf is { } onBehalfOf)
            row["OnBehalfOf"] = onBehalfOf.Value;
        if (operation.Account is { } account)
            row["Account"] = account.Value;
        return row;
    }
}
