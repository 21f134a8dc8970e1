using System.Collections.Frozen;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;

namespace Telephony.Domain.Audits;

/// <summary>
/// To whom and what numbers are assigned, as an audit read it after the numbers; those that changed meanwhile are not
/// judged. It is worth finding out which these are where there are <see cref="SiteChecks.Doubts"/>.
/// </summary>
/// <param name="State">All assignments and things of the site, and the users of its operator.</param>
/// <param name="Moving">Numbers that changed while it was read. What has to do with a number changes with it.</param>
public sealed record AuditedLines(LineState State, FrozenSet<E164> Moving);

/// <summary>What can be wrong with who has which number and where it rings.</summary>
static class LineChecks
{
    public static bool Doubts(AuditedSite site) =>
        AssignmentsDisagree(site).Concat(UsersGone(site)).Concat(LocationsUnknown(site)).Any();

    /// <summary>
    /// Number, assignment, handset, port and space each say something of the others: the same, or it is our fault.
    /// </summary>
    public static IEnumerable<Finding> AssignmentsDisagree(AuditedSite site) => site.Lines is not { } lines ? [] :
        from number in Broken(site, lines.State).Distinct()
        where !lines.Moving.Contains(number)
        group number by lines.State.Numbers.Pool.Find(number)?.Account into numbers
        select new Finding.AssignmentsDisagree { Account = numbers.Key, Numbers = NumberSet.Of(numbers) };

    public static IEnumerable<Finding> UsersGone(AuditedSite site) => Lines(
        site, line => line.User is { } user && !site.IsUnread(AuditPart.Users)
            && !(site.Lines!.State.Users.TryGetValue(user, out var account) && account == line.Account),
        new Finding.UserGone());

    public static IEnumerable<Finding> LocationsUnknown(AuditedSite site) => Lines(
        site, line => !IsLocated(line, site.Lines!.State), new Finding.LocationUnknown());

    public static IEnumerable<Finding> HandsetsNowhere(AuditedSite site)
    {
        var nowhere = (site.Lines?.State.Places.Items.Values ?? []).Select(placed => placed.Item)
            .OfType<Handset>().Where(handset => handset.Space is null).Select(handset => handset.Mac).Order().ToList();
        if (nowhere.Count > 0)
            yield return new Finding.HandsetsNowhere(nowhere.Count, nowhere[0]);
    }

    /// <summary>The finding for each account that has numbers which are assigned so.</summary>
    static IEnumerable<Finding> Lines(AuditedSite site, Func<Line, bool> wrong, Finding finding) =>
        site.Lines is not { } lines ? [] :
        from line in lines.State.Lines.Values
        where wrong(line) && !lines.Moving.Contains(line.Number)
        group line.Number by line.Account into numbers
        orderby numbers.Key
        select finding with { Account = numbers.Key, Numbers = NumberSet.Of(numbers) };

    static bool IsLocated(Line line, LineState state) =>
        EmergencyLocation.SpaceOf(line, which => state.Places.Find(which)?.Item) is { } space
        && EmergencyLocation.Of(state.Site, space).IsEnoughIn(state.Site.Country);

    static IEnumerable<E164> Broken(AuditedSite site, LineState state)
    {
        foreach (var (id, number) in site.Numbers)
        {
            if (number.IsAssigned != state.Lines.ContainsKey(id))
                yield return id;
        }

        foreach (var line in state.Lines.Values.Where(line => !IsWhole(line, state)))
            yield return line.Number;

        foreach (var (which, placed) in state.Places.Items)
        {
            if (placed.Uses.Assigned is { } own && !Is(state.Lines.GetValueOrDefault(own)?.Handset, which))
                yield return own;
            if (placed.Uses.LoggedIn is { } guest && !Is(state.Lines.GetValueOrDefault(guest)?.Session?.Handset, which))
                yield return guest;
        }
    }

    static bool Is(MacAddress? mac, PlaceRef which) => mac is { } known && Handset.RefOf(known) == which;

    static bool IsWhole(Line line, LineState state)
    {
        return state.Numbers.Pool.Find(line.Number) is { State: NumberState.Active } number
            && number.Account == line.Account
            && (line.Handset is not { } own || Rings(own, uses => uses.Assigned))
            && (line.Session is not { } session || Rings(session.Handset, uses => uses.LoggedIn))
            && (line.Space is not { } space || state.Places.Find(Space.RefOf(space)) is not null);

        bool Rings(MacAddress mac, Func<Uses, E164?> there) =>
            state.Places.Find(Handset.RefOf(mac)) is { Item: Handset handset, Uses: var uses }
            && there(uses) == line.Number
            && handset is { Space: { } stands, Port: { } port }
            && state.Places.Find(Space.RefOf(stands)) is not null
            && state.Places.Find(Port.RefOf(port)) is { Item: Port patched } && patched.Space == stands;
    }
}
