using Telephony.Domain;
using Telephony.Domain.Directory;

namespace Telephony.Functions.Holds;

/// <summary>Where a hold is: at its site, by the hash of the operation that made it.</summary>
static class HoldAddress
{
    public const string Route = PostHold.Route + "/{hold}";

    /// <summary>Null for a text that is no hold's id.</summary>
    public static OperationId? Of(Id<Site> site, string hold) =>
        OperationId.TryParse($"{site}~{hold}", out var id) ? id : null;
}
