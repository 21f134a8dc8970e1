using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Places;

/// <summary>Refusals of changes to a site's things in words.</summary>
static class PlaceProblems
{
    /// <summary>
    /// As forbidden when the caller may not, as invalid when it names what cannot be, else as a conflict.
    /// </summary>
    public static Problem Of(ImmutableArray<PlaceRefusal> refusals)
    {
        ProblemError[] errors = [.. refusals.Select(Error)];
        if (refusals.OfType<PlaceRefusal.LeaseNotTheirs>().Any())
        {
            return Problems.Forbidden(
                "You may change the space, but not who leases it.",
                "Leave leasedTo as it is, or ask an admin of the operator.").With(errors);
        }

        return refusals switch
        {
            [PlaceRefusal.InUse used] =>
                Problems.PlaceInUse(errors[0].Reason, errors[0].WayOut!).With([.. PlaceUsers.Of(used)]),
            _ when refusals.All(refusal => refusal is PlaceRefusal.Missing or PlaceRefusal.OutletNowhere) =>
                Problems.Invalid(errors),
            _ => Problems.PlaceRefused(errors[0].Reason, errors[0].WayOut!).With(errors),
        };
    }

    public static OperationReason Reason(PlaceRefusal refusal)
    {
        var error = Error(refusal);
        return new(error.Code, $"{error.Reason} {error.WayOut}");
    }

    public static ProblemError Error(PlaceRefusal refusal) => refusal switch
    {
        PlaceRefusal.Missing r => ProblemError.OfField(
            r.Field, $"unknown-{Name(r.What.Kind)}", $"The site has no {Name(r.What.Kind)} '{r.What.Id}'.",
            "Check the id, or create it first."),
        PlaceRefusal.OutletNowhere => ProblemError.OfField(
            "outlet", "outlet-without-space", "An outlet is somewhere.",
            "Say in which space it is, or clear the outlet as well."),
        PlaceRefusal.PortTaken r => ProblemError.OfField(
            r.Field, "port-taken", $"The handset {r.By} is plugged into it.",
            "Choose another port, or change that handset first."),
        PlaceRefusal.SwitchFull r => ProblemError.OfField(
            r.Field, "switch-full", Text($"All {r.PortCount} ports of the switch are listed."),
            "Correct the switch's portCount, or choose another switch."),
        PlaceRefusal.FewerPorts r => ProblemError.OfField(
            "portCount", "fewer-ports", Text($"{r.Listed} ports of the switch are listed."),
            "Send no fewer, or remove ports first."),
        PlaceRefusal.LeaseNotTheirs r => ProblemError.OfField(
            "leasedTo", "lease-not-yours",
            r.Tenant is { } tenant ? $"It is leased to '{tenant}'." : "It is leased to nobody.",
            "Leave it so, or ask an admin of the operator."),
        PlaceRefusal.TooMany r => ProblemError.OfField(
            Field(r.Kind), "too-many", Text($"The site has {r.Max} {Plural(r.Kind)}, the most that a site may have."),
            "Remove one that is not needed any more."),
        PlaceRefusal.NumbersRing r => ProblemError.OfField(
            r.Field, "numbers-ring",
            $"{Counted(r.Count, "number")} {(r.Count == 1 ? "is" : "are")} there, and must not move unnoticed.",
            r.Field is "shared"
                ? "Log out who is logged in first (POST …/handsets/{mac}/logout)."
                : "Move a handset with its numbers (POST …/handsets/{mac}/move); assign numbers without a handset "
                  + "elsewhere (PUT …/numbers/{number}/assignment); or unassign them first."),
        PlaceRefusal.InUse r => ProblemError.OfField(
            "id", "place-in-use", $"It is in use: {InUse(r.Uses)}.", "Change or remove these first."),
        PlaceRefusal.Elsewhere r => ProblemError.OfField(
            "mac", "mac-taken", $"{r.Mac} is a handset of another site.",
            "Check the address. When the handset has come from there, have it removed there first."),
        _ => throw new UnreachableException($"No words for {refusal.GetType().Name}."),
    };

    static string InUse(Uses uses) => string.Join(", ", Parts(uses));

    static IEnumerable<string> Parts(Uses uses)
    {
        if (uses.Ports > 0)
            yield return Counted(uses.Ports, "port");
        if (uses.PluggedIn is { } mac)
            yield return $"the handset {mac}";
        else if (uses.Handsets > 0)
            yield return Counted(uses.Handsets, "handset");
        if (uses.Numbers > 0)
            yield return Counted(uses.Numbers, "number");
    }

    internal static string Counted(int count, string thing) => Text($"{count} {thing}{(count == 1 ? "" : "s")}");

    static string Field(PlaceKind kind) => kind is PlaceKind.Handset ? "mac" : "id";

    internal static string Name(PlaceKind kind) => kind switch
    {
        PlaceKind.Space => "space",
        PlaceKind.Switch => "switch",
        PlaceKind.Port => "port",
        _ => "handset",
    };

    static string Plural(PlaceKind kind) => kind is PlaceKind.Switch ? "switches" : Name(kind) + "s";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
