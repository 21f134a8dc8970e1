using System.Collections.Immutable;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Lines;

/// <summary>Assign numbers, each to what it is to be assigned to.</summary>
/// <param name="Wishes">Which numbers, and to what.</param>
/// <param name="Order">Who wants it, and when.</param>
/// <param name="BadLines">What becomes of the good ones when there are bad ones.</param>
public sealed record AssignLines(ImmutableArray<LineWish> Wishes, Order Order, BadLines BadLines);

/// <summary>Take numbers from whoever has them. Those that nobody has are as asked.</summary>
/// <param name="Numbers">Which ones.</param>
/// <param name="Order">Who wants it, and when.</param>
public sealed record UnassignLines(ImmutableArray<E164> Numbers, Order Order);

/// <summary>Take the number of a handset from whoever has it.</summary>
public sealed record UnassignHandset(MacAddress Handset, Order Order);

/// <summary>Put a handset somewhere else, with the numbers that ring on it.</summary>
/// <param name="Handset">Which one.</param>
/// <param name="Space">Where it is to stand.</param>
/// <param name="Port">What it is to be plugged into; null for nothing.</param>
/// <param name="DeskLabel">Which place of the space; null for the only one.</param>
/// <param name="Order">Who wants it, and when.</param>
public sealed record MoveHandset(
    MacAddress Handset, Id<Space> Space, Id<Port>? Port, string? DeskLabel, Order Order);

/// <summary>Give two handsets each other's number; one of them may have none.</summary>
public sealed record SwapHandsets(MacAddress One, MacAddress Other, Order Order);

/// <summary>Let a number ring on a shared handset for a while.</summary>
/// <param name="Handset">Which one.</param>
/// <param name="Number">Which number.</param>
/// <param name="Hours">For how long; null for as long as may be.</param>
/// <param name="HoursMax">How long the number's settings allow; null where they allow it not at all.</param>
/// <param name="Order">Who wants it, and when.</param>
public sealed record LogIn(MacAddress Handset, E164 Number, int? Hours, int? HoursMax, Order Order);

/// <summary>End such a while.</summary>
public sealed record LogOut(E164 Number, Order Order);

/// <summary>End it for whoever is logged in to a handset.</summary>
public sealed record LogOutHandset(MacAddress Handset, Order Order);

/// <summary>Change who is called back and who is told of an emergency call.</summary>
public sealed record ChangeEmergency(E164 Number, E164? Callback, ImmutableArray<string> Notify, Order Order);

/// <summary>Say that the place where a number is, is right.</summary>
/// <param name="Number">Which number.</param>
/// <param name="Location">The location that is confirmed, and no other.</param>
/// <param name="By">Who says so.</param>
/// <param name="Order">Who wants it, and when.</param>
public sealed record ConfirmLocation(E164 Number, string Location, string By, Order Order);
