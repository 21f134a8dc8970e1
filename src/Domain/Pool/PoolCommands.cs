using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>Numbers of one sort that the platform puts into a site's pool.</summary>
/// <param name="Numbers">Which ones.</param>
/// <param name="Kind">What sort they are.</param>
/// <param name="Nominated">Whether they are nominated as main numbers from the start.</param>
/// <param name="Earmark">The only account that may have them; null for any.</param>
/// <param name="As">Available; or Staged, to be offered later; or PortingIn, until they have arrived.</param>
public sealed record ProvisionLine(
    NumberSet Numbers, NumberKind Kind, bool Nominated, Id<Account>? Earmark, NumberState As = NumberState.Available);

/// <summary>What becomes of the good lines of a request that has bad ones.</summary>
public enum BadLines
{
    /// <summary>All or nothing.</summary>
    RefuseAll,

    /// <summary>The good ones go in; each bad one is named. A line goes in whole or not at all.</summary>
    LeaveOut,
}

/// <summary>Put numbers into the site's pool.</summary>
/// <param name="Order">Who wants it.</param>
/// <param name="Lines">Which ones.</param>
/// <param name="BadLines">What becomes of the good lines when there are bad ones.</param>
public sealed record Provision(
    Order Order, ImmutableArray<ProvisionLine> Lines, BadLines BadLines = BadLines.RefuseAll)
{
    /// <summary>Numbers that another site has, or is about to have.</summary>
    public NumberSet Elsewhere { get; init; } = NumberSet.Empty;
}

/// <summary>
/// Allocate these very numbers to an account for direct use; all or none, and never others in their place.
/// </summary>
public sealed record Allocate(NumberSet Numbers, Recipient To, Order Order);

/// <summary>Allocate so many numbers to an account for direct use; the site's rules choose which.</summary>
public sealed record AllocateCount(int Count, Recipient To, Order Order);

/// <summary>The same for all of these numbers, or for none of them.</summary>
public sealed record MoveNumbers(NumberSet Numbers, NumberCommand Command);

/// <summary>Something else about these numbers, all of which stay in service; all or none.</summary>
/// <param name="Numbers">Which ones.</param>
/// <param name="What">What happened.</param>
/// <param name="Assigned">Whether they are assigned afterwards; null when that stays as it is.</param>
public sealed record AmendNumbers(NumberSet Numbers, Happening What, bool? Assigned = null);

/// <summary>End what is due: rests and blocks that are over, holds that have lapsed.</summary>
public sealed record EndDue(Order Order);

/// <summary>Forget the platform's words that were kept for long enough, and ask for what they lacked.</summary>
public sealed record ForgetWords(Order Order);

/// <summary>
/// Give an account a voice service, or change its quantity, and take the numbers that all its services then lack.
/// </summary>
/// <param name="To">Who gets it.</param>
/// <param name="Service">Which of its services.</param>
/// <param name="Code">What the site calls this kind of service.</param>
/// <param name="Quantity">Units.</param>
/// <param name="ExpectedVersion">The version the caller saw; null when the caller saw none.</param>
/// <param name="Order">Who asks, and when.</param>
public sealed record AssignService(
    Recipient To, Id<VoiceService> Service, string Code, int Quantity, int? ExpectedVersion, Order Order);

/// <summary>Make a nominated number an account's next main number.</summary>
public sealed record BeginMain(Recipient To, E164 Number, Order Order);

/// <summary>The number is the account's main number: in service from now on.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Account">Whose.</param>
/// <param name="Order">Who says so.</param>
/// <param name="KeptUntil">How long that is kept where it comes too early; null to refuse it then.</param>
public sealed record ActivateMain(E164 Number, Id<Account> Account, Order Order, DateTimeOffset? KeptUntil);

/// <summary>The platform could not put the number in service.</summary>
public sealed record RefuseActivation(E164 Number, Order Order);

/// <summary>Stop waiting for the platform's word on a number.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Begun">The operation that waits.</param>
/// <param name="Order">Who stops it.</param>
public sealed record GiveUpActivation(E164 Number, OperationId Begun, Order Order);

/// <summary>
/// Put direct numbers in service, as far as the services of their accounts entitle to it; those in the way are left
/// out.
/// </summary>
public sealed record ActivateDirect(NumberSet Numbers, Order Order);

/// <summary>Take direct numbers out of service; their accounts keep them. Those in the way are left out.</summary>
public sealed record DeactivateDirect(NumberSet Numbers, Order Order);

/// <summary>Stop waiting for the platform's word on direct numbers.</summary>
/// <param name="Numbers">Which ones.</param>
/// <param name="Begun">The operation that waits.</param>
/// <param name="Order">Who stops it.</param>
public sealed record GiveUpDirect(NumberSet Numbers, OperationId Begun, Order Order);

/// <summary>Take an account's main number out of that use.</summary>
public sealed record RemoveMain(Id<Account> Account, Order Order);

/// <summary>Keep these very numbers for a future starter; all or none.</summary>
public sealed record HoldNumbers(NumberSet Numbers, Recipient To, DateTimeOffset Until, Order Order);

/// <summary>Keep so many numbers for a future starter; the site's rules choose which.</summary>
public sealed record HoldCount(int Count, Recipient To, DateTimeOffset Until, Order Order);

/// <summary>Give what is left of a hold another end; null leaves that as it is, so only the name changes.</summary>
public sealed record ChangeHold(Hold Hold, DateTimeOffset? Until, Order Order);

/// <summary>End a hold before its time.</summary>
public sealed record EndHold(Hold Hold, Order Order);

/// <summary>Allocate what a hold kept: these numbers of it, or all that are left.</summary>
public sealed record TakeHold(Hold Hold, NumberSet? Numbers, Recipient To, Order Order);

/// <summary>End a voice service of an account.</summary>
/// <param name="Account">Whose it is.</param>
/// <param name="Service">Which of its services.</param>
/// <param name="ExpectedVersion">The version the caller saw.</param>
/// <param name="Order">Who asks, and when.</param>
public sealed record EndService(Id<Account> Account, Id<VoiceService> Service, int? ExpectedVersion, Order Order);

/// <summary>Give back more of what an account's services took and need no longer.</summary>
public sealed record GiveBack(Id<Account> Account, Order Order);

/// <summary>End all that an account has at a site.</summary>
/// <param name="Account">Who leaves.</param>
/// <param name="Order">Who asks, and when.</param>
public sealed record CloseAtSite(Id<Account> Account, Order Order)
{
    /// <summary>Whether to say all that it comes to, though no transaction could hold it: for a preview.</summary>
    public bool InFull { get; init; }
}
