using System.Globalization;
using Azure;
using Telephony.Domain.Numbers;
using Telephony.Functions.Http;

namespace Telephony.Functions.Numbers;

/// <summary>A number as people see it.</summary>
/// <param name="Number">In E.164.</param>
/// <param name="National">As people of its country write it.</param>
/// <param name="Site">The site that provisioned it.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Kind">What sort it is.</param>
/// <param name="Account">Who has it.</param>
/// <param name="Source">How the account came by it.</param>
/// <param name="Operation">The operation that brought it into its present state.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When its hold or its block ends.</param>
/// <param name="RestsUntil">When its rest ends, after which anybody may have it.</param>
/// <param name="Earmark">The only account that may have it.</param>
/// <param name="Generation">1 for the first time it was provisioned here.</param>
/// <param name="Version">Counts its changes.</param>
/// <param name="Reason">Why the account got this one; known where one number is asked for, not in lists.</param>
sealed record NumberView(
    string Number,
    string National,
    string Site,
    NumberState State,
    NumberRole Role,
    NumberKind Kind,
    string? Account,
    NumberSource? Source,
    string? Operation,
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    DateTimeOffset? RestsUntil,
    string? Earmark,
    int Generation,
    int Version,
    [property: NotInTables] string? Reason = null)
{
    /// <summary>A number's version as an ETag: it counts its own changes, not those of the row it shares.</summary>
    public static ETag ETagOf(Number number) => new(number.Version.ToString(CultureInfo.InvariantCulture));

    public static NumberView Of(string site, E164 id, Number number) => new(
        id.ToString(),
        PhoneText.National(id),
        site,
        number.State,
        number.Role,
        number.Kind,
        number.Account?.Value,
        number.Source,
        number.Operation?.Value,
        number.Since,
        number.Until,
        number.RestsUntil,
        number.Earmark?.Value,
        number.Generation,
        number.Version);
}
