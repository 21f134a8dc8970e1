using Telephony.Domain;
using Telephony.Domain.Places;
using Telephony.Functions.Http;

namespace Telephony.Functions.Places;

/// <summary>Makes things of what a body or a row says, and collects what is wrong with it.</summary>
/// <param name="errors">Gets an error for each field.</param>
/// <param name="prefix">Where in the body the thing stands, such as <c>spaces[3].</c>.</param>
sealed class PlaceInput(BodyErrors errors, string prefix = "")
{
    public Space Space(Id<Space> id, SpaceBody body) => new(
        id, body.Kind, Line("floor", body.Floor), Optional("room", body.Room),
        Line("label", body.Label, PlaceLimits.NameMax), body.LeasedTo);

    public Switch Switch(Id<Switch> id, SwitchBody body)
    {
        if (body.PortCount is { } count)
            errors.Range(prefix + "portCount", count, 1, Domain.Places.Switch.PortsMax);
        return new(
            id, Line("name", body.Name, PlaceLimits.NameMax), Optional("model", body.Model, PlaceLimits.NameMax),
            Optional("floor", body.Floor), Optional("room", body.Room), body.PortCount);
    }

    public Port Port(Id<Port> id, PortBody body) =>
        new(id, body.Switch, Line("name", body.Name), body.Space, Optional("outlet", body.Outlet));

    public Handset Handset(MacAddress mac, HandsetBody body) => new(
        mac, Name("model", body.Model), Name("vendor", body.Vendor), Name("serial", body.Serial), body.Space,
        Name("deskLabel", body.DeskLabel), body.Port, body.Shared);

    /// <summary>The address; null, and an error, when it names no device.</summary>
    public MacAddress? Mac(string text)
    {
        if (ReadMac(text, out var mac) is not { } wrong)
            return mac;

        errors.Add(wrong with { Field = prefix + wrong.Field });
        return null;
    }

    public static ProblemError? ReadMac(string text, out MacAddress mac) => MacAddress.Read(text, out mac) switch
    {
        null => null,
        MacFault.AllZero => Error("All its digits are zero, which is no device's address."),
        MacFault.Broadcast => Error("It is the address of all devices at once."),
        MacFault.Multicast => Error(
            "It is the address of a group of devices: its first two digits make an odd number."),
        _ => Error($"'{Problems.Shown(text)}' is not twelve hexadecimal digits, together or in equal groups."),
    };

    static ProblemError Error(string reason) => ProblemError.OfField(
        "mac", "bad-mac", reason, "Send it as it stands on the handset, such as 00:1A:2B:3C:4D:5E.");

    string Line(string field, string text, int max = PlaceLimits.TextMax) => errors.Line(prefix + field, text, max);

    string? Name(string field, string? text) => Optional(field, text, PlaceLimits.NameMax);

    string? Optional(string field, string? text, int max = PlaceLimits.TextMax) =>
        text is null ? null : Line(field, text, max);
}
