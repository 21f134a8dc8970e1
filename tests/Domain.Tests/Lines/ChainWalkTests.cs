using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Audits;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using Telephony.Domain.Tests.Audits;
using static Telephony.Domain.Tests.Lines.Office;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Lines;

/// <summary>Whatever people do to numbers, handsets, ports and spaces, in whatever order: the chain holds.</summary>
public sealed class ChainWalkTests
{
    static readonly Gen<(int What, int A, int B, int C)> Step =
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 7], Gen.Int[0, 8], Gen.Int[0, 11]);

    [Fact]
    public void From_the_number_to_where_emergency_services_go_the_chain_is_always_true() =>
        Step.Array[1, 40].Sample(steps =>
        {
            var state = State;
            foreach (var step in steps)
                Check(state = Next(state, step));
        }, iter: 3_000);

    [Fact]
    public void What_people_do_is_accepted_often_enough_to_prove_something()
    {
        var kinds = new HashSet<int>();
        Step.Array[1, 40].Sample(steps =>
        {
            var state = State;
            foreach (var step in steps)
            {
                var next = Next(state, step);
                if (!ReferenceEquals(next, state))
                    kinds.Add(step.What);
                state = next;
            }
        }, iter: 1_000, threads: 1);

        Assert.Equal(Enumerable.Range(0, 12), kinds.Order());
    }

    static LineState Next(LineState state, (int What, int A, int B, int C) step)
    {
        var (what, a, b, c) = step;
        Id<User>?[] users = [null, Ada, Amir, Thea];
        string?[] spaces = [null, "a", "b", "s"];
        string?[] ports = [null, "p1", "p2", "p3", "p4", "p5", "p6", "p7"];
        var decision = what switch
        {
            0 or 1 => Decide(state, a, users[c % 4], b == 0 ? null : b),
            2 => Decide(state, a, users[c % 4], null, spaces[b % 4]),
            3 => LineDecider.Decide(state, new UnassignLines([Number(a)], ByOperator)),
            4 => Move(state, b, spaces[1 + (c % 3)]!, ports[a]),
            5 => LineDecider.Decide(state, new SwapHandsets(Mac(b), Mac(c % 9), ByOperator)),
            6 => LineDecider.Decide(state, new LogIn(Mac(4), Number(a / 2), c + 1, c > 0 ? 12 : null, ByOperator)),
            7 => LineDecider.Decide(state, new LogOut(Number(a / 2), ByOperator)),
            8 => LineDecider.Decide(state, new LogOutHandset(Mac(c % 2 == 0 ? 4 : b), ByOperator)),
            9 => LineDecider.Decide(state, new UnassignHandset(Mac(b), ByOperator)),
            10 => Place(state, c % 2 == 0
                ? Outlet(ports[Math.Max(a, 1)]!, spaces[b % 4])
                : Phone(Math.Max(b, 1), spaces[c % 4], ports[a], shared: b == 4)),
            _ => Place(state, Room(spaces[1 + (b % 3)]!, c % 3 == 0 ? null : c % 3 == 1 ? Ours : Theirs)),
        };
        return decision is LineDecision.Accepted ? After(state, decision) : state;
    }

    static LineDecision Place(LineState state, PlaceItem wanted) =>
        PlaceDecider.Put(state.Places, wanted, mayLease: true) is PlaceDecision.Accepted accepted
            ? new LineDecision.Accepted(new(
                SiteChange.None, accepted.After, ImmutableSortedDictionary<E164, Line?>.Empty))
            : new LineDecision.Refused([]);

    static void Check(LineState state)
    {
        Assert.DoesNotContain(LineChecksTests.Of(state), finding => finding is not Finding.LocationUnknown);
        Assert.Equal(
            state.Lines.Keys.Order(),
            Enumerable.Range(0, 9).Select(Number).Where(number => state.Numbers.Pool.Find(number)!.IsAssigned));
        foreach (var line in state.Lines.Values)
        {
            Assert.Equal(line.Account, state.Numbers.Pool.Find(line.Number)!.Account);
            Assert.True(line.User is not { } user || state.Users[user] == line.Account);
            Chain(state, line, line.Handset);
            Chain(state, line, line.Session?.Handset);
            Assert.True(line.Space is not { } space || SpaceOf(state, space).IsFor(line.Account));
        }

        foreach (var (which, placed) in state.Places.Items)
            Assert.Equal(state.Lines.Values.Sum(line => Times(state, line, which)), placed.Uses.Numbers);
        foreach (var handset in state.Places.Items.Where(thing => thing.Key.Kind is PlaceKind.Handset))
        {
            Assert.Equal(
                handset.Value.Uses.Assigned,
                state.Lines.Values.SingleOrDefault(line => line.Handset?.Key == handset.Key.Id)?.Number);
            Assert.Equal(
                handset.Value.Uses.LoggedIn,
                state.Lines.Values.SingleOrDefault(line => line.Session?.Handset.Key == handset.Key.Id)?.Number);
        }
    }

    static void Chain(LineState state, Line line, MacAddress? mac)
    {
        if (mac is not { } address)
            return;
        var handset = (Handset)state.Places.Find(Handset.RefOf(address))!.Item;
        var port = (Port)state.Places.Find(Port.RefOf(handset.Port!.Value))!.Item;
        Assert.Equal(handset.Space, port.Space);
        Assert.True(SpaceOf(state, handset.Space!.Value).IsFor(line.Account));
    }

    /// <summary>How often a line rings at a thing, counted by hand.</summary>
    static int Times(LineState state, Line line, PlaceRef which)
    {
        MacAddress?[] macs = [line.Handset, line.Session?.Handset];
        var times = line.Space is { } space && Domain.Places.Space.RefOf(space) == which ? 1 : 0;
        foreach (var mac in macs.OfType<MacAddress>())
        {
            var handset = (Handset)state.Places.Find(Handset.RefOf(mac))!.Item;
            PlaceRef[] chain =
            [
                Handset.RefOf(mac), Port.RefOf(handset.Port!.Value), Domain.Places.Space.RefOf(handset.Space!.Value),
            ];
            times += chain.Count(link => link == which);
        }

        return times;
    }

    static Space SpaceOf(LineState state, Id<Space> id) =>
        (Space)state.Places.Find(Domain.Places.Space.RefOf(id))!.Item;
}
