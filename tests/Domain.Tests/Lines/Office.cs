using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Lines;

/// <summary>
/// A site with two tenants: space a is ours, b is theirs, s is shared. Handsets 1 and 2 stand in a, 3 in b, 4 is the
/// shared one in s; 5 to 8 each lack something. Numbers 0 to 3 are ours in service, 4 and 5 theirs; 6 is only reserved,
/// 7 our main number, 8 in the pool.
/// </summary>
static class Office
{
    public static readonly Id<User> Ada = Id<User>.Parse("ada");
    public static readonly Id<User> Amir = Id<User>.Parse("amir");
    public static readonly Id<User> Thea = Id<User>.Parse("thea");

    public static readonly Site London = new(
        Id<Site>.Parse("london"), Id<Operator>.Parse("flexi"), "London", "GB", "Europe/London", "1 High St");

    public static readonly ImmutableArray<PlaceItem> Things =
    [
        Room("a", Ours), Room("b", Theirs), Room("s", null),
        new Switch(Id<Switch>.Parse("core"), "Core", null, null, null, null),
        Outlet("p1", "a"), Outlet("p2", "a"), Outlet("p3", "b"), Outlet("p4", "s"), Outlet("p5", null),
        Outlet("p6", "b"), Outlet("p7", "a"),
        Phone(1, "a", "p1"), Phone(2, "a", "p2"), Phone(3, "b", "p3"), Phone(4, "s", "p4", shared: true),
        Phone(5, null, null), Phone(6, "a", null), Phone(7, "a", "p5"), Phone(8, "a", "p6"),
    ];

    public static LineState State { get; } = new(
        London,
        SiteState.Empty with
        {
            Pool = NumberPool.Empty.With([new Block(Number(0).Block, [
                .. Enumerable.Range(0, 4).Select(slot => KeyValuePair.Create(slot, InService(Ours))),
                KeyValuePair.Create(4, InService(Theirs)), KeyValuePair.Create(5, InService(Theirs)),
                KeyValuePair.Create(6, InService(Ours) with { State = NumberState.Reserved }),
                KeyValuePair.Create(7, InService(Ours) with { Role = NumberRole.Main }),
                KeyValuePair.Create(8, new Number()),
            ])]),
        },
        Things.Aggregate(SitePlaces.None, (places, thing) =>
            ((PlaceDecision.Accepted)PlaceDecider.Put(places, thing, mayLease: true)).After),
        ImmutableDictionary<E164, Line>.Empty)
    {
        Users = ImmutableDictionary.CreateRange(
        [
            KeyValuePair.Create(Ada, Ours), KeyValuePair.Create(Amir, Ours), KeyValuePair.Create(Thea, Theirs),
        ]),
    };

    public static E164 Number(int index) => E164.FromDigits(442079460000 + index);

    public static MacAddress Mac(int index) => MacAddress.Parse($"001a2b3c4d{index:x2}");

    public static Id<Space> Space(string id) => Id<Space>.Parse(id);

    public static Space Room(string id, Id<Account>? tenant, string? room = "1.01") =>
        new(Space(id), SpaceKind.Desk, "1", room, id, tenant);

    public static Port Outlet(string id, string? space) => new(
        Id<Port>.Parse(id), Id<Switch>.Parse("core"), id, space is null ? null : Space(space), null);

    public static Handset Phone(int index, string? space, string? port, bool shared = false) => new(
        Mac(index), null, null, null, space is null ? null : Space(space), null,
        port is null ? null : Id<Port>.Parse(port), shared);

    public static LineDecision Decide(
        LineState state, int number, Id<User>? user = null, int? handset = null, string? space = null) =>
        LineDecider.Decide(state, new AssignLines(
            [new(Number(number), user, handset is { } mac ? Mac(mac) : null, space is null ? null : Space(space))],
            ByOperator, BadLines.RefuseAll));

    public static LineDecision Move(LineState state, int handset, string space, string? port) =>
        LineDecider.Decide(state, new MoveHandset(
            Mac(handset), Space(space), port is null ? null : Id<Port>.Parse(port), null, ByOperator));

    public static LineState After(LineState state, LineDecision decision)
    {
        var change = Assert.IsType<LineDecision.Accepted>(decision).Change;
        return state with
        {
            Numbers = state.Numbers.After(change.Numbers),
            Places = change.Places with { Touched = [] },
            Lines = change.Lines.Aggregate(state.Lines, (lines, line) => line.Value is { } after
                ? lines.SetItem(line.Key, after)
                : lines.Remove(line.Key)),
        };
    }

    public static LineState With(int number, Id<User>? user = null, int? handset = null, string? space = null) =>
        After(State, Decide(State, number, user, handset, space));

    public static Uses UsesOf(LineState state, PlaceRef which) => state.Places.Find(which)!.Uses;

    static Number InService(Id<Account> account) => new()
    {
        State = NumberState.Active, Account = account, Source = NumberSource.ByHand, EverActive = true, Term = 1,
    };
}
