using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Assignment;

/// <summary>To whom and what a number is assigned.</summary>
/// <param name="Number">In E.164.</param>
/// <param name="National">As people of its country write it.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="User">The id of who has it; absent for nobody in particular.</param>
/// <param name="Handset">The address of the handset where it rings; absent for none.</param>
/// <param name="Space">Where it belongs, when it has no handset.</param>
/// <param name="Since">Since when it is assigned so.</param>
/// <param name="Operation">The operation that assigned it so.</param>
/// <param name="Session">Where its user is logged in; absent when nowhere.</param>
/// <param name="Emergency">What emergency services are told; absent in lists.</param>
sealed record LineView(
    string Number,
    string National,
    string Account,
    string? User,
    string? Handset,
    string? Space,
    DateTimeOffset Since,
    string Operation,
    SessionView? Session,
    [property: NotInTables] EmergencyView? Emergency)
{
    public static LineView Of(Line line) => new(
        line.Number.ToString(),
        PhoneText.National(line.Number),
        line.Account.Value,
        line.User?.Value,
        line.Handset?.ToString(),
        line.Space?.Value,
        line.Since,
        line.Operation.Value,
        line.Session is { } session ? new(session.Handset.ToString(), session.Since, session.Until) : null,
        Emergency: null);
}

/// <summary>Somebody at a shared handset.</summary>
/// <param name="Handset">Its address.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it ends by itself.</param>
sealed record SessionView(string Handset, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>What emergency services are told when the number calls them.</summary>
/// <param name="Location">Where it is: the site's address, and the floor and the room of the handset or space; absent
/// where nobody knows.</param>
/// <param name="Missing">What it lacks, and what to do; absent where all is known.</param>
/// <param name="Handset">The handset that says so; absent where it is the space that the number belongs to.</param>
/// <param name="Space">The space that says so.</param>
/// <param name="Callback">Whom they call back, in E.164.</param>
/// <param name="Notify">E-mail addresses of those who are told of the call.</param>
/// <param name="IsConfirmed">Whether somebody said that this location is right.</param>
/// <param name="ConfirmedBy">The id of who said so. An occupier sees it of its own people.</param>
/// <param name="ConfirmedAt">When.</param>
sealed record EmergencyView(
    string? Location,
    string? Missing,
    string? Handset,
    string? Space,
    string Callback,
    IReadOnlyList<string> Notify,
    bool IsConfirmed,
    string? ConfirmedBy,
    DateTimeOffset? ConfirmedAt)
{
    /// <param name="site">Its address.</param>
    /// <param name="line">The number.</param>
    /// <param name="find">The site's handsets and spaces.</param>
    public static EmergencyView Of(Site site, Line line, Func<PlaceRef, PlaceItem?> find)
    {
        var space = EmergencyLocation.SpaceOf(line, find);
        var location = space is null ? null : EmergencyLocation.Of(site, space);
        var text = location?.ToString();
        var confirmation = line.Emergency.Confirmation is { } said && said.Location == text ? said : null;
        return new(
            text, MissingOf(site, space, location), line.RingsAt?.ToString(), space?.Id.Value,
            (line.Emergency.Callback ?? line.Number).ToString(), line.Emergency.Notify, confirmation is not null,
            confirmation?.By, confirmation?.At);
    }

    static string? MissingOf(Site site, Space? space, EmergencyLocation? location) =>
        location is null ? "Its user has it wherever they are: assign it to a handset or a space as well."
        : location.IsEnoughIn(site.Country) ? null
        : $"The country demands the room as well: change the space '{space!.Id}' to have one.";
}
