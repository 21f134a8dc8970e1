using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Lines.Office;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Lines;

public sealed class HandsetTests
{
    [Fact]
    public void A_handset_moves_with_its_number_and_its_location_follows()
    {
        var state = With(0, Ada, 1);

        var moved = Move(state, 1, "a", "p7");
        var after = After(state, moved);
        Assert.Equal(Id<Port>.Parse("p7"), ((Handset)after.Places.Find(Handset.RefOf(Mac(1)))!.Item).Port);
        Assert.Equal(Mac(1), after.Lines[Number(0)].Handset);
        Assert.Equal(0, UsesOf(after, Port.RefOf(Id<Port>.Parse("p1"))).Numbers);
        Assert.Equal(1, UsesOf(after, Port.RefOf(Id<Port>.Parse("p7"))).Numbers);
        Assert.Equal(1, UsesOf(after, Domain.Places.Space.RefOf(Space("a"))).Numbers);
        var told = Assert.Single(Assert.IsType<LineDecision.Accepted>(moved).Change.Numbers.Moves);
        Assert.Equal("number.moved", told.Way.What!.Event);
    }

    [Theory]
    [InlineData("b", "p6", LineRefusal.SpaceOfAnother)]
    [InlineData("a", "p5", LineRefusal.PortNotPatched)]
    [InlineData("s", "p7", LineRefusal.PortElsewhere)]
    public void A_handset_with_a_number_does_not_move_where_the_chain_breaks(
        string space, string port, LineRefusal reason)
    {
        var state = With(0, Ada, 1);
        // Ports 5 and 6 are free once the handsets on them are gone.
        var places = Removed(Removed(state.Places, Mac(7)), Mac(8));

        var refused = Assert.IsType<LineDecision.Refused>(
            Move(state with { Places = places }, 1, space, port));
        Assert.Equal(reason, Assert.IsType<Refusal.OfLine>(Assert.Single(refused.Refusals)).Reason);
    }

    [Fact]
    public void A_handset_without_a_number_goes_anywhere() => Assert.Empty(
        Assert.IsType<LineDecision.Accepted>(Move(State, 1, "b", null)).Change.Numbers.Moves);

    [Fact]
    public void A_handset_that_is_not_there_does_not_come_about_by_moving_it() => Assert.Equal(
        [new Refusal.OfLine(null, LineRefusal.HandsetUnknown, Mac(99).ToString())],
        Assert.IsType<LineDecision.Refused>(Move(State, 99, "a", "p7")).Refusals);

    [Fact]
    public void What_numbers_ring_on_is_not_moved_patched_or_leased_under_them()
    {
        var state = With(0, Ada, 1);

        Assert.Equal(["port"], Held(state, Phone(1, "a", "p7")));
        Assert.Equal(["space"], Held(state, Outlet("p1", "s")));
        Assert.Equal(["switch"], Held(state, Outlet("p1", "a") with { Switch = Id<Switch>.Parse("other") }));
        Assert.Equal(["room"], Held(state, Room("a", Ours, "2.02")));
        Assert.Equal(["floor"], Held(state, Room("a", Ours) with { Floor = "2" }));
        Assert.Equal(["leasedTo"], Held(state, Room("a", null)));
        Assert.Equal([], Held(state, Room("a", Ours) with { Label = "By the window" }));
        Assert.Equal([], Held(State, Room("a", null)));
        Assert.IsType<PlaceDecision.Refused>(PlaceDecider.Remove(state.Places, Handset.RefOf(Mac(1)), true));
    }

    [Fact]
    public void A_space_with_numbers_may_get_a_room_and_never_lose_it()
    {
        var bare = State with { Places = Changed(State.Places, Room("a", Ours, room: null)) };
        var state = After(bare, Decide(bare, 0, Ada, 1));

        var given = state with { Places = Changed(state.Places, Room("a", Ours, "2.02")) };

        Assert.Equal(["room"], Held(given, Room("a", Ours, room: null)));
        Assert.Equal(["floor"], Held(state, Room("a", Ours, "2.02") with { Floor = "2" }));
    }

    [Fact]
    public void A_shared_handset_stays_shared_as_long_as_somebody_is_logged_in()
    {
        var shared = With(0, Ada, 4);

        Assert.Equal([], Held(shared, Phone(4, "s", "p4")));
        var visiting = After(With(0, Ada, 1), LogIn(With(0, Ada, 1)));
        Assert.Equal(["shared"], Held(visiting, Phone(4, "s", "p4")));
    }

    [Fact]
    public void Two_handsets_get_each_others_number()
    {
        var state = With(0, Ada, 1);
        state = After(state, Decide(state, 1, Amir, 2));

        var after = After(state, LineDecider.Decide(state, new SwapHandsets(Mac(1), Mac(2), ByOperator)));

        Assert.Equal((Mac(2), Mac(1)), (after.Lines[Number(0)].Handset, after.Lines[Number(1)].Handset));
        Assert.Equal(Number(1), UsesOf(after, Handset.RefOf(Mac(1))).Assigned);
        Assert.Equal(Number(0), UsesOf(after, Handset.RefOf(Mac(2))).Assigned);
    }

    [Fact]
    public void A_handset_without_a_number_gets_the_others()
    {
        var state = With(0, Ada, 1);

        var after = After(state, LineDecider.Decide(state, new SwapHandsets(Mac(2), Mac(1), ByOperator)));

        Assert.Equal(Mac(2), after.Lines[Number(0)].Handset);
        Assert.Null(UsesOf(after, Handset.RefOf(Mac(1))).Assigned);
    }

    [Theory]
    [InlineData(1, 1, LineRefusal.SameHandset)]
    [InlineData(1, 99, LineRefusal.HandsetUnknown)]
    [InlineData(2, 4, LineRefusal.NothingToSwap)]
    [InlineData(1, 3, LineRefusal.SpaceOfAnother)]
    public void A_swap_that_makes_no_sense_is_refused(int one, int other, LineRefusal reason)
    {
        var refused = Assert.IsType<LineDecision.Refused>(
            LineDecider.Decide(With(0, Ada, 1), new SwapHandsets(Mac(one), Mac(other), ByOperator)));
        Assert.Equal(reason, Assert.IsType<Refusal.OfLine>(Assert.Single(refused.Refusals)).Reason);
    }

    [Fact]
    public void Logged_in_to_a_shared_handset_a_number_is_there_until_it_is_logged_out()
    {
        var state = With(0, Ada, 1);
        var home = state.Places;

        var visiting = After(state, LogIn(state));
        Assert.Equal(Mac(4), visiting.Lines[Number(0)].Session!.Handset);
        Assert.Equal(Number(0), UsesOf(visiting, Handset.RefOf(Mac(4))).LoggedIn);
        Assert.Equal(Mac(1), visiting.Lines[Number(0)].Handset);

        var back = After(visiting, LineDecider.Decide(visiting, new LogOut(Number(0), ByOperator)));
        Assert.Null(back.Lines[Number(0)].Session);
        Assert.Equal(home.Items, back.Places.Items);
    }

    [Fact]
    public void The_clock_logs_out_who_is_over_their_time_and_nobody_else()
    {
        var state = After(With(0, Ada, 1), LogIn(With(0, Ada, 1)));
        Order late = new(First, Party.Timer, Noon.AddHours(8)), early = late with { Now = late.Now.AddTicks(-1) };

        Assert.Empty(Assert.IsType<LineDecision.Accepted>(
            LineDecider.Decide(state, new LogOut(Number(0), early))).Change.Lines);
        Assert.Null(After(state, LineDecider.Decide(state, new LogOut(Number(0), late))).Lines[Number(0)].Session);
    }

    [Fact]
    public void Whose_time_is_over_makes_room_before_the_clock_comes()
    {
        var state = After(With(0, Ada, 1), LogIn(With(0, Ada, 1)));
        state = After(state, Decide(state, 3, Amir));
        Order late = ByOperator with { Now = Noon.AddHours(8) }, early = late with { Now = late.Now.AddTicks(-1) };
        LineDecision Take(LineState from, Order order) =>
            LineDecider.Decide(from, new LogIn(Mac(4), Number(3), null, 12, order));

        Assert.IsType<LineDecision.Refused>(Take(state, early));
        var taken = Take(state, late);

        var after = After(state, taken);
        Assert.Null(after.Lines[Number(0)].Session);
        Assert.Equal((Mac(4), late.Now.AddHours(12)),
            (after.Lines[Number(3)].Session!.Handset, after.Lines[Number(3)].Session!.Until));
        Assert.Equal(Number(3), UsesOf(after, Handset.RefOf(Mac(4))).LoggedIn);
        Assert.Equal(
            ["session.ended", "session.started"],
            Assert.IsType<LineDecision.Accepted>(taken).Change.Numbers.Moves.Select(move => move.Way.What!.Event));
        // An account's people do not end what is another's, nor hear whose it is.
        var theirs = After(With(4, Thea), Decide(With(4, Thea), 0, Ada));
        theirs = After(theirs, LogIn(theirs)) with { Only = Theirs };
        Assert.IsType<LineDecision.Refused>(
            LineDecider.Decide(theirs, new LogIn(Mac(4), Number(4), null, 12, late)));
    }

    [Fact]
    public void Nobody_logs_in_for_longer_than_the_number_allows()
    {
        var state = With(0, Ada, 1);

        Assert.IsType<LineDecision.Accepted>(
            LineDecider.Decide(state, new LogIn(Mac(4), Number(0), 12, 12, ByOperator)));
        Assert.Equal(
            [new Refusal.OfLine(Number(0), LineRefusal.TooLong, "12")],
            Assert.IsType<LineDecision.Refused>(
                LineDecider.Decide(state, new LogIn(Mac(4), Number(0), 13, 12, ByOperator))).Refusals);
    }

    [Theory]
    [InlineData(0, 4, false, LineRefusal.HotDeskOff)]
    [InlineData(0, 1, true, LineRefusal.HandsetNotShared)]
    [InlineData(0, 99, true, LineRefusal.HandsetUnknown)]
    [InlineData(1, 4, true, LineRefusal.NotAssigned)]
    [InlineData(2, 4, true, LineRefusal.NoUser)]
    [InlineData(3, 4, true, LineRefusal.HandsetInSession)]
    public void Who_may_not_log_in_hears_why(int number, int handset, bool allowed, LineRefusal reason)
    {
        var state = With(0, Ada, 1);
        state = After(state, Decide(state, 2, handset: 2));
        if (number == 3)
        {
            state = After(state, Decide(state, 3, Amir));
            state = After(state, LogIn(state));
        }

        var refused = Assert.IsType<LineDecision.Refused>(LineDecider.Decide(
            state, new LogIn(Mac(handset), Number(number), 8, allowed ? 12 : null, ByOperator)));
        Assert.Equal(reason, Assert.IsType<Refusal.OfLine>(Assert.Single(refused.Refusals)).Reason);
    }

    [Fact]
    public void Unassigned_it_rings_nowhere()
    {
        var state = After(With(0, Ada, 1), LogIn(With(0, Ada, 1)));

        var after = After(state, LineDecider.Decide(state, new UnassignLines([Number(0)], ByOperator)));

        Assert.Empty(after.Lines);
        Assert.Equal(State.Places.Items, after.Places.Items);
        Assert.False(after.Numbers.Pool.Find(Number(0))!.IsAssigned);
    }

    static LineDecision LogIn(LineState state) => LineDecider.Decide(
        state, new LogIn(Mac(4), Number(0), 8, 12, ByOperator));

    static SitePlaces Removed(SitePlaces places, MacAddress mac) => Assert.IsType<PlaceDecision.Accepted>(
        PlaceDecider.Remove(places, Handset.RefOf(mac), mayLease: true)).After;

    static SitePlaces Changed(SitePlaces places, PlaceItem wanted) => Assert.IsType<PlaceDecision.Accepted>(
        PlaceDecider.Put(places, wanted, mayLease: true)).After;

    static IEnumerable<string> Held(LineState state, PlaceItem wanted) =>
        PlaceDecider.Put(state.Places, wanted, mayLease: true) is PlaceDecision.Refused refused
            ? refused.Refusals.OfType<PlaceRefusal.NumbersRing>().Select(refusal => refusal.Field)
            : [];
}
