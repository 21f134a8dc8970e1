using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Http;

namespace Telephony.Functions.Places;

/// <summary>
/// What stands on a thing that is to be removed: each by its name where the thing knows it, else the list that has it.
/// </summary>
static class PlaceUsers
{
    const string Code = "place-in-use";

    public static IEnumerable<ProblemError> Of(PlaceRefusal.InUse refusal)
    {
        var (kind, uses) = (refusal.Which.Kind, refusal.Uses);
        var here = $"{PlaceProblems.Name(kind)}={refusal.Which.Id}";
        if (uses.Ports > 0)
        {
            yield return Error(
                $"{Counted(uses.Ports, "port")} {(kind is PlaceKind.Space ? "patched to it" : "listed on it")}.",
                $"Change or remove them first; GET …/ports?{here} lists them.");
        }

        if (uses.PluggedIn is { } mac)
        {
            yield return Error(
                $"The handset {mac} is plugged into it.",
                uses.Numbers > 0
                    ? "Move it with its numbers first (POST …/handsets/{mac}/move)."
                    : "Plug it in elsewhere or remove it first (…/handsets/{mac}).");
        }
        else if (uses.Handsets > 0)
        {
            yield return Error(
                $"{Counted(uses.Handsets, "handset")} there.",
                $"Move or remove them first; GET …/handsets?{here} lists them, with the numbers that ring on them.");
        }

        if (uses.Assigned is { } assigned)
            yield return Error(assigned, "It is assigned to it.", "Unassign it, or assign it elsewhere, first.");
        if (uses.LoggedIn is { } guest)
        {
            yield return Error(
                guest, "Its user is logged in to it.", "Log them out first (POST …/handsets/{mac}/logout).");
        }

        if (kind is PlaceKind.Space && uses.Numbers > 0)
        {
            yield return Error(
                $"{Counted(uses.Numbers, "number")} there.",
                "Assign them elsewhere or unassign them first; GET "
                + $"…/assignments?{here} lists those without a handset.");
        }
    }

    static ProblemError Error(string reason, string wayOut) => ProblemError.OfField("id", Code, reason, wayOut);

    static ProblemError Error(E164 number, string reason, string wayOut) =>
        ProblemError.OfNumber(number.ToString(), Code, reason, wayOut);

    static string Counted(int count, string thing) =>
        $"{PlaceProblems.Counted(count, thing)} {(count == 1 ? "is" : "are")}";
}
