using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// Whose doing a change was, as properties of the row that says so: an event's and, later, each of its history's.
/// </summary>
static class DeedProperties
{
    public static Deed Of(Operation operation, DateTimeOffset at, int rulesVersion) => new(
        operation.Id, operation.Kind.ToString(), at, operation.Actor.User, operation.Actor.Role,
        operation.Actor.OnBehalfOf, operation.Account, operation.Note, rulesVersion);

    public static void Write(TableEntity row, Deed deed)
    {
        row["Kind"] = deed.Kind;
        row["At"] = deed.At;
        ActorProperties.Write(row, new(deed.User, deed.Role, deed.OnBehalfOf));
        AddIfKnown("Account", deed.Account?.Value);
        AddIfKnown("Note", deed.Note);
        AddIfKnown("RulesVersion", deed.RulesVersion);

        void AddIfKnown(string name, object? value)
        {
            if (value is not null)
                row[name] = value;
        }
    }

    public static Deed Read(TableEntity row, OperationId operation)
    {
        var actor = ActorProperties.Read(row);
        return new(
            operation,
            row.GetString("Kind"),
            row.GetDateTimeOffset("At")!.Value,
            actor.User,
            actor.Role,
            actor.OnBehalfOf,
            row.GetString("Account") is { } account ? Id<Account>.Parse(account) : null,
            row.GetString("Note"),
            row.GetInt32("RulesVersion"));
    }
}
