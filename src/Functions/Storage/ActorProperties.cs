using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>Who asked for something, as properties of the row that says so; what is not known is not there.</summary>
static class ActorProperties
{
    public static void Write(TableEntity row, Actor actor)
    {
        row["User"] = actor.User;
        if (actor.Role is { } role)
            row["Role"] = role.ToString();
        if (actor.OnBehalfOf is { } onBehalfOf)
            row["OnBehalfOf"] = onBehalfOf.Value;
    }

    public static Actor Read(TableEntity row) => new(
        row.GetString("User"),
        row.GetString("Role") is { } role ? Enum.Parse<Role>(role) : null,
        row.GetString("OnBehalfOf") is { } onBehalfOf ? Id<Operator>.Parse(onBehalfOf) : null);
}
