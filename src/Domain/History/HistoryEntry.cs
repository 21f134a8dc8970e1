using Telephony.Domain.Access;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.History;

/// <summary>What somebody did, as each number remembers it that was moved by it. Ids only, never a name.</summary>
/// <param name="Operation">The request.</param>
/// <param name="Kind">What sort of request, in the word that it was stored with.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="User">Who asked; opaque.</param>
/// <param name="Role">In which role; null for what the app did by itself.</param>
/// <param name="OnBehalfOf">The operator that the platform acted for.</param>
/// <param name="Account">The account that it was about.</param>
/// <param name="Note">What was given as its reason.</param>
/// <param name="RulesVersion">The version of the site's rules that decided.</param>
public sealed record Deed(
    OperationId Operation, string Kind, DateTimeOffset At, string User, Role? Role, Id<Operator>? OnBehalfOf,
    Id<Account>? Account, string? Note, int? RulesVersion);

/// <summary>One change of one number.</summary>
/// <param name="Way">From where to where.</param>
/// <param name="Version">The number's version afterwards: it counts the changes without a gap.</param>
/// <param name="At">When.</param>
/// <param name="Deed">What somebody did; null for a hold that lapsed, which is the clock's doing.</param>
/// <param name="Choice">Why it was this number, where the site's rules chose it.</param>
public sealed record HistoryEntry(Way Way, int Version, DateTimeOffset At, Deed? Deed = null, Piece? Choice = null)
{
    /// <summary>Who has the number from then on, or whose future starter it is held for; null when nobody.</summary>
    public Id<Account>? Holder => Way.To is NumberState.Held or NumberState.Reserved or NumberState.Activating
        or NumberState.Active or NumberState.Deactivating or NumberState.PortingOut ? Way.Account : null;

    /// <summary>The lapse that nobody has written down yet; null when it is no hold, or one that goes on.</summary>
    public HistoryEntry? Lapsed(DateTimeOffset now)
    {
        if (Way is not { To: NumberState.Held, Until: { } end } || end > now)
            return null;
        var lapse = Way with { From = NumberState.Held, To = NumberState.Available, Until = null, At = end };
        return new(lapse, Version + 1, end);
    }
}
