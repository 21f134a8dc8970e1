using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Lines;

/// <summary>
/// A change of assignments in the making. A line, what it rings on, and that its number is assigned change together,
/// here and nowhere else.
/// </summary>
sealed class LineDraft(LineState before)
{
    readonly Draft numbers = new(before.Numbers);
    readonly List<Refusal> refusals = [];
    readonly Dictionary<E164, Line?> lines = [];
    readonly List<E164> same = [];

    public SitePlaces Places { get; set; } = before.Places;

    public Site Site => before.Site;

    /// <summary>What was in the way, line by line.</summary>
    public IReadOnlyList<Refusal> Refusals => refusals;

    public Number? Number(E164 number) => numbers.Find(number);

    public Line? Find(E164 number) =>
        lines.TryGetValue(number, out var changed) ? changed : before.Lines.GetValueOrDefault(number);

    /// <summary>It is as asked already.</summary>
    public void Keep(E164 number) => same.Add(number);

    public void Refuse(Refusal refusal) => refusals.Add(refusal);

    public Handset? Handset(MacAddress mac) => Places.Find(Domain.Places.Handset.RefOf(mac))?.Item as Handset;

    public Uses UsesOf(MacAddress mac) => Places.Find(Domain.Places.Handset.RefOf(mac))!.Uses;

    public Space? Space(Id<Space> id) => Places.Find(Domain.Places.Space.RefOf(id))?.Item as Space;

    public EmergencyLocation? LocationOf(Line? line) =>
        line is not null && EmergencyLocation.SpaceOf(line, which => Places.Find(which)?.Item) is { } space
            ? EmergencyLocation.Of(Site, space)
            : null;

    /// <summary>The line as it is to be, or none; with all that it rang on before, and rings on then.</summary>
    /// <param name="number">Which.</param>
    /// <param name="after">As it is to be; null for none.</param>
    /// <param name="name">What that is called; one of the event types.</param>
    public void Put(E164 number, Line? after, string name)
    {
        var was = Find(number);
        var wasAt = LocationOf(was);
        Lift(was);
        Lay(after);
        Write(number, was, wasAt, after, name);
    }

    /// <summary>Says what changed of a line; what it rings on has changed already.</summary>
    public void Write(E164 number, Line? was, EmergencyLocation? wasAt, Line? after, string name)
    {
        lines[number] = after;
        bool? assigned = (was is null) == (after is null) ? null : after is not null;
        numbers.Amend(
            number, new(name, LineChanges.Of(was, wasAt, after, LocationOf(after))), assigned,
            isHandedOver: was?.User is { } user && after?.User != user);
    }

    /// <summary>It rings nowhere, for a moment.</summary>
    public void Lift(Line? line)
    {
        if (line is null)
            return;
        foreach (var (place, what) in PlacesOf(line))
            Use(place, uses => uses.Without(what));
    }

    /// <summary>It rings where it says.</summary>
    public void Lay(Line? line)
    {
        if (line is null)
            return;
        foreach (var (place, what) in PlacesOf(line))
            Use(place, uses => uses.With(line.Number, what));
    }

    public LineChange Change()
    {
        var change = numbers.Change();
        var changed = lines.Where(line => before.Lines.GetValueOrDefault(line.Key) != line.Value)
            .ToImmutableSortedDictionary(line => line.Key, line => line.Value);
        return new(
            change with
            {
                Unchanged = NumberSet.Of(same.Where(number => Number(number) is not null)),
                LeavesOut = refusals.Count > 0,
            },
            Places, changed)
        {
            LeftOut = [.. refusals],
        };
    }

    public IReadOnlyList<Refusal> NumberRefusals => numbers.Refusals;

    /// <summary>The handsets of a line, and for each what it stands on; or its space.</summary>
    IEnumerable<(PlaceRef Place, Ringing What)> PlacesOf(Line line)
    {
        (MacAddress? Mac, Ringing What)[] handsets =
            [(line.Handset, Ringing.Assigned), (line.Session?.Handset, Ringing.LoggedIn)];
        foreach (var (handset, what) in handsets)
        {
            if (handset is not { } mac)
                continue;
            yield return (Domain.Places.Handset.RefOf(mac), what);
            foreach (var link in Handset(mac)?.Links ?? [])
                yield return (link.To, Ringing.There);
        }

        if (line.Space is { } space)
            yield return (Domain.Places.Space.RefOf(space), Ringing.There);
    }

    void Use(PlaceRef which, Func<Uses, Uses> change)
    {
        if (Places.Find(which) is { } placed)
            Places = Places.With(placed with { Uses = change(placed.Uses) });
    }
}
