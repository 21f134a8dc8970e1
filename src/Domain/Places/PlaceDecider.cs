using System.Collections.Immutable;

namespace Telephony.Domain.Places;

/// <summary>
/// Decides about the spaces, switches, ports and handsets of a site: what stands on what, and how many.
/// </summary>
public static class PlaceDecider
{
    /// <param name="places">The site.</param>
    /// <param name="wanted">The thing as it is to be.</param>
    /// <param name="mayLease">Whether the caller may say who leases a space.</param>
    public static PlaceDecision Put(SitePlaces places, PlaceItem wanted, bool mayLease)
    {
        var stored = places.Find(wanted.Ref);
        if (stored?.Item == wanted)
            return new PlaceDecision.Unchanged();

        var before = LinksOf(stored);
        List<PlaceRefusal> refusals =
        [
            .. wanted.Links.Select(link => InTheWay(places, link, isNew: !before.Contains(link.To)))
                .OfType<PlaceRefusal>(),
            .. Own(places, stored, wanted, mayLease),
        ];
        if (refusals.Count > 0)
            return new PlaceDecision.Refused([.. refusals]);

        var after = places.With(new(wanted, stored?.Uses ?? Uses.None));
        if (stored is null)
            after = after.Counting(wanted.Ref.Kind, 1);
        var now = wanted.Links.Select(link => link.To).ToHashSet();
        foreach (var left in before.Except(now))
            after = after.Release(left, stored!.Item);
        foreach (var link in now.Except(before))
            after = after.Use(link, wanted);
        return new PlaceDecision.Accepted(after);
    }

    /// <summary>Removes a thing that nothing stands on.</summary>
    public static PlaceDecision Remove(SitePlaces places, PlaceRef which, bool mayLease)
    {
        if (places.Find(which) is not { } stored)
            return new PlaceDecision.NotThere();
        if (stored.Uses != Uses.None)
            return new PlaceDecision.Refused([new PlaceRefusal.InUse(which, stored.Uses)]);
        if (stored.Item is Space { LeasedTo: { } tenant } && !mayLease)
            return new PlaceDecision.Refused([new PlaceRefusal.LeaseNotTheirs(tenant)]);

        var after = LinksOf(stored).Aggregate(
            places.Without(which), (left, link) => left.Release(link, stored.Item));
        return new PlaceDecision.Accepted(after.Counting(which.Kind, -1));
    }

    static PlaceRefusal? InTheWay(SitePlaces places, PlaceLink link, bool isNew) => places.Find(link.To) switch
    {
        null => new PlaceRefusal.Missing(link.Field, link.To),
        { Item: Port, Uses.PluggedIn: { } other } when isNew => new PlaceRefusal.PortTaken(link.Field, other),
        { Item: Switch { PortCount: { } count }, Uses.Ports: var listed } when isNew && listed >= count =>
            new PlaceRefusal.SwitchFull(link.Field, count),
        _ => null,
    };

    /// <summary>What is wrong with the thing itself, whatever it stands on.</summary>
    static IEnumerable<PlaceRefusal> Own(SitePlaces places, Placed? stored, PlaceItem wanted, bool mayLease)
    {
        var kind = wanted.Ref.Kind;
        if (stored is null && places.Counts[kind] >= PlaceCounts.Max(kind))
            yield return new PlaceRefusal.TooMany(kind, PlaceCounts.Max(kind));
        if (wanted is Switch { PortCount: { } count } && stored?.Uses.Ports > count)
            yield return new PlaceRefusal.FewerPorts(stored.Uses.Ports);
        if (wanted is Port { Outlet: not null, Space: null })
            yield return new PlaceRefusal.OutletNowhere();
        foreach (var field in HeldByNumbers(stored, wanted))
            yield return new PlaceRefusal.NumbersRing(field, stored!.Uses.Numbers);
        if (wanted is Space space && !mayLease && space.LeasedTo != (stored?.Item as Space)?.LeasedTo)
            yield return new PlaceRefusal.LeaseNotTheirs((stored?.Item as Space)?.LeasedTo);
    }

    /// <summary>
    /// What stays as long as numbers ring there: all that says where they are, and whose space it is. They are moved
    /// with the handset, or assigned elsewhere, first.
    /// </summary>
    static IEnumerable<string> HeldByNumbers(Placed? stored, PlaceItem wanted)
    {
        if (stored is not { Uses.Numbers: > 0 })
            return [];
        (string Field, bool Stays)[] fields = (stored.Item, wanted) switch
        {
            (Handset was, Handset now) =>
            [
                ("space", was.Space == now.Space), ("port", was.Port == now.Port),
                ("shared", was.Shared == now.Shared || stored.Uses.LoggedIn is null),
            ],
            (Port was, Port now) => [("switch", was.Switch == now.Switch), ("space", was.Space == now.Space)],
            (Space was, Space now) =>
            [
                // A room where there was none moves nobody: it completes where they are, as some countries demand.
                ("floor", was.Floor == now.Floor), ("room", was.Room is null || was.Room == now.Room),
                ("leasedTo", was.LeasedTo == now.LeasedTo),
            ],
            _ => [],
        };
        return fields.Where(field => !field.Stays).Select(field => field.Field);
    }

    static ImmutableHashSet<PlaceRef> LinksOf(Placed? placed) =>
        placed is null ? [] : [.. placed.Item.Links.Select(link => link.To)];

    static SitePlaces Use(this SitePlaces places, PlaceRef which, PlaceItem user)
    {
        var used = places.Find(which)!;
        return places.With(used with { Uses = used.Uses.With(user, used.Item is Port) });
    }

    /// <summary>What a thing stood on is there: it could not go as long as it did, and both were read so.</summary>
    static SitePlaces Release(this SitePlaces places, PlaceRef which, PlaceItem user)
    {
        var used = places.Find(which)!;
        return places.With(used with { Uses = used.Uses.Without(user) });
    }
}
