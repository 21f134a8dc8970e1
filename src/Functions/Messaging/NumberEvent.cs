using System.ComponentModel.DataAnnotations;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Messaging;

/// <summary>
/// Numbers that all went the same way in one step of a request. Ids only, never a name.
/// </summary>
/// <param name="Site">Whose numbers they are.</param>
/// <param name="Operation">The request; for a hold that ended by itself, the one that came upon it.</param>
/// <param name="Kind">What was asked for, in the words of an operation; absent for a hold that ended by itself.</param>
/// <param name="Account">Whose they are afterwards, or were until then; absent when nobody's.</param>
/// <param name="From">The state before; absent for numbers that are new.</param>
/// <param name="To">The state afterwards.</param>
/// <param name="Role">What they are for afterwards; absent where that was not written down.</param>
/// <param name="Until">When the hold, the block or the rest that they came into is to end.</param>
/// <param name="Generation">1 for the first time they were provisioned at the site.</param>
/// <param name="Actor">Who asked; absent for a hold that ended by itself.</param>
/// <param name="Note">What was given as the reason, as somebody typed it.</param>
/// <param name="RulesVersion">The version of the site's rules that decided.</param>
/// <param name="Numbers">Which ones, ascending.</param>
/// <param name="Changes">What changed of numbers whose state stayed; absent where nothing else did.</param>
sealed record NumberEvent(
    Id<Site> Site,
    string Operation,
    string? Kind,
    Id<Account>? Account,
    NumberState? From,
    NumberState To,
    NumberRole? Role,
    DateTimeOffset? Until,
    int Generation,
    Actor? Actor,
    string? Note,
    int? RulesVersion,
    [Length(1, EventMessages.NumbersMax)] IReadOnlyList<NumberVersion> Numbers,
    IReadOnlyList<ChangedField>? Changes = null);

/// <summary>A number, and how many changes it has seen.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Version">Counts its changes at the site: of two events the one with more is the later.</param>
sealed record NumberVersion(E164 Number, int Version);

/// <summary>A field that changed.</summary>
/// <param name="Field">Which, as it is named where it is read.</param>
/// <param name="Before">Its value before; absent for none.</param>
/// <param name="After">Its value from then on; absent for none.</param>
sealed record ChangedField(string Field, string? Before, string? After)
{
    /// <summary>Null where nothing but the number's state changed.</summary>
    public static IReadOnlyList<ChangedField>? Of(Way way) => way.What is { Changes.IsEmpty: false } what
        ? [.. what.Changes.Select(change => new ChangedField(change.Field, change.Before, change.After))]
        : null;
}

/// <summary>When a site is open is set otherwise, for every main number there whose hours are the site's.</summary>
/// <param name="Site">Which.</param>
/// <param name="Operation">The request.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="Fields">What is set otherwise, as it is named where the schedule is read.</param>
sealed record ScheduleEvent(
    Id<Site> Site, string Operation, Actor Actor, [MinLength(1)] IReadOnlyList<string> Fields);

/// <summary>Numbers whose activation or deactivation nobody has confirmed in time.</summary>
/// <param name="Site">Whose numbers they are.</param>
/// <param name="Operation">The request for it, which names all of them.</param>
/// <param name="Account">Who waits for it; absent when several accounts may.</param>
/// <param name="Number">The lowest that still waits.</param>
/// <param name="Count">How many still wait.</param>
/// <param name="Since">When it was asked for.</param>
/// <param name="Deadline">When it is given up.</param>
sealed record OverdueEvent(
    Id<Site> Site, string Operation, Id<Account>? Account, E164 Number, int Count, DateTimeOffset Since,
    DateTimeOffset Deadline);
