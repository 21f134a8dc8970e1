using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Lines.Office;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Lines;

public sealed class AssignTests
{
    /// <summary>Number, user, handset, space; and what is in the way.</summary>
    public static TheoryData<int, string?, int?, string?, LineRefusal> Refused => new()
    {
        { 0, null, null, null, LineRefusal.NothingNamed },
        { 0, null, 1, "a", LineRefusal.TwoPlaces },
        { 0, "nobody", null, null, LineRefusal.UserUnknown },
        { 0, "thea", null, null, LineRefusal.UserOfAnother },
        { 4, "ada", null, null, LineRefusal.UserOfAnother },
        { 0, "ada", 99, null, LineRefusal.HandsetUnknown },
        { 0, "ada", 3, null, LineRefusal.SpaceOfAnother },
        { 4, "thea", 1, null, LineRefusal.SpaceOfAnother },
        { 0, null, 5, null, LineRefusal.HandsetNowhere },
        { 0, null, 6, null, LineRefusal.NoPort },
        { 0, null, 7, null, LineRefusal.PortNotPatched },
        { 0, null, 8, null, LineRefusal.PortElsewhere },
        { 0, null, null, "nowhere", LineRefusal.SpaceUnknown },
        { 0, null, null, "b", LineRefusal.SpaceOfAnother },
    };

    [Theory]
    [InlineData("ada", null, null)]
    [InlineData(null, 1, null)]
    [InlineData("ada", 1, null)]
    [InlineData("ada", 4, null)]
    [InlineData(null, null, "s")]
    [InlineData("ada", null, "a")]
    public void A_number_goes_to_a_user_a_handset_or_a_space_of_its_account_or_a_shared_one(
        string? user, int? handset, string? space)
    {
        var id = user is null ? (Id<User>?)null : Id<User>.Parse(user);
        var after = With(0, id, handset, space);

        var line = after.Lines[Number(0)];
        Assert.Equal((id, space is null ? null : Space(space)), (line.User, line.Space));
        Assert.Equal(handset is { } mac ? Mac(mac) : null, line.Handset);
        Assert.Equal((Second, Noon, Ours), (line.Operation, line.Since, line.Account));
        Assert.True(after.Numbers.Pool.Find(Number(0))!.IsAssigned);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_breaks_the_chain_is_named(
        int number, string? user, int? handset, string? space, LineRefusal reason)
    {
        var decision = Decide(State, number, user is null ? null : Id<User>.Parse(user), handset, space);

        var refusal = Assert.IsType<Refusal.OfLine>(
            Assert.Single(Assert.IsType<LineDecision.Refused>(decision).Refusals));
        Assert.Equal((Number(number), reason), (refusal.Number, refusal.Reason));
    }

    [Theory]
    [InlineData(6, NumberRefusal.NotInService)]
    [InlineData(7, NumberRefusal.IsMain)]
    [InlineData(8, NumberRefusal.NotInService)]
    [InlineData(50, NumberRefusal.NotProvisioned)]
    public void Only_a_direct_number_in_service_can_be_assigned(int number, NumberRefusal reason) => Assert.Equal(
        reason, Assert.IsType<Refusal.OfNumber>(Assert.Single(
            Assert.IsType<LineDecision.Refused>(Decide(State, number, Ada)).Refusals)).Reason);

    [Fact]
    public void A_handset_rings_for_one_number()
    {
        var state = With(0, Ada, 1);

        var refusal = Assert.Single(Assert.IsType<LineDecision.Refused>(Decide(state, 1, Amir, 1)).Refusals);
        Assert.Equal(
            new Refusal.OfLine(Number(1), LineRefusal.HandsetBusy, Number(0).ToString()), refusal);
        // On a shared one it may be another account's, which is not for everybody who reads why.
        Assert.Equal(
            [new Refusal.OfLine(Number(0), LineRefusal.HandsetBusy)],
            Assert.IsType<LineDecision.Refused>(Decide(With(4, Thea, 4), 0, Ada, 4)).Refusals);
    }

    [Fact]
    public void What_is_so_already_changes_nothing_and_has_no_history()
    {
        var state = With(0, Ada, 1);

        var change = Assert.IsType<LineDecision.Accepted>(Decide(state, 0, Ada, 1)).Change;
        Assert.Empty(change.Lines);
        Assert.Empty(change.Numbers.Moves);
        Assert.Equal([Number(0)], change.Numbers.Unchanged);
    }

    [Fact]
    public void Another_handset_is_a_move_and_another_user_an_assignment_each_told_with_what_changed()
    {
        var state = With(0, Ada, 1);

        Assert.Equal(
            new Happening("number.moved", [new("handset", Mac(1).ToString(), Mac(2).ToString())]),
            Told(Decide(state, 0, Ada, 2)));
        Assert.Equal(
            new Happening("number.assigned", [new("user", "ada", "amir")]), Told(Decide(state, 0, Amir, 1)));
        Assert.Equal(
            new Happening("number.assigned",
            [
                new("user", null, "ada"), new("handset", null, Mac(1).ToString()),
                new("location", null, "1 High St, floor 1, room 1.01"),
            ]),
            Told(Decide(State, 0, Ada, 1)));
    }

    [Fact]
    public void Of_many_the_good_ones_go_in_and_each_other_one_is_named()
    {
        LineWish[] wishes =
        [
            new(Number(0), Ada, Mac(1), null), new(Number(1), Thea, null, null), new(Number(2), null, Mac(1), null),
            new(Number(3), null, Mac(2), null),
        ];

        var change = Assert.IsType<LineDecision.Accepted>(LineDecider.Decide(
            State, new AssignLines([.. wishes], ByOperator, BadLines.LeaveOut))).Change;

        Assert.Equal([Number(0), Number(3)], change.Lines.Keys);
        Assert.Equal(
            [LineRefusal.UserOfAnother, LineRefusal.HandsetBusy],
            change.LeftOut.Cast<Refusal.OfLine>().Select(refusal => refusal.Reason));
        Assert.True(change.Numbers.LeavesOut);
        Assert.IsType<LineDecision.Refused>(LineDecider.Decide(
            State, new AssignLines([.. wishes], ByOperator, BadLines.RefuseAll)));
    }

    [Fact]
    public void Who_may_touch_one_account_sees_no_number_of_another()
    {
        var theirs = State with { Only = Theirs };

        Assert.Equal(
            [new Refusal.OfNumber(Number(0), NumberRefusal.NotProvisioned)],
            Assert.IsType<LineDecision.Refused>(Decide(theirs, 0, Ada)).Refusals);
        Assert.IsType<LineDecision.Accepted>(Decide(theirs, 4, Thea, 3));
    }

    [Fact]
    public void Who_may_touch_one_account_does_not_learn_what_others_have()
    {
        var ours = With(5, Thea, 3) with { Only = Ours };

        Assert.Equal(
            [
                new Refusal.OfLine(Number(0), LineRefusal.UserUnknown, "thea"),
                new Refusal.OfLine(Number(0), LineRefusal.SpaceUnknown, "b"),
                new Refusal.OfLine(Number(0), LineRefusal.HandsetUnknown, Mac(3).ToString()),
                new Refusal.OfNumber(Number(5), NumberRefusal.NotProvisioned),
                new Refusal.OfLine(null, LineRefusal.HandsetUnknown, Mac(3).ToString()),
                new Refusal.OfLine(null, LineRefusal.HandsetOfAnother, Mac(1).ToString()),
                new Refusal.OfLine(null, LineRefusal.HandsetUnknown, Mac(3).ToString()),
                new Refusal.OfLine(null, LineRefusal.HandsetUnknown, Mac(3).ToString()),
                new Refusal.OfLine(null, LineRefusal.HandsetUnknown, Mac(3).ToString()),
                new Refusal.OfLine(Number(5), LineRefusal.NotAssigned),
                new Refusal.OfLine(Number(5), LineRefusal.NoSession),
                new Refusal.OfLine(Number(5), LineRefusal.NotAssigned),
            ],
            ((LineDecision[])
            [
                Decide(ours, 0, Thea), Decide(ours, 0, Ada, space: "b"), Decide(ours, 0, Ada, 3),
                LineDecider.Decide(ours, new UnassignLines([Number(5)], ByOperator)),
                Move(ours, 3, "a", "p2"), Move(ours, 1, "b", "p6"),
                LineDecider.Decide(ours, new SwapHandsets(Mac(1), Mac(3), ByOperator)),
                LineDecider.Decide(ours, new UnassignHandset(Mac(3), ByOperator)),
                LineDecider.Decide(ours, new LogOutHandset(Mac(3), ByOperator)),
                LineDecider.Decide(ours, new LogIn(Mac(4), Number(5), 8, 12, ByOperator)),
                LineDecider.Decide(ours, new LogOut(Number(5), ByOperator)),
                LineDecider.Decide(ours, new ConfirmLocation(Number(5), "1 High St", "ada", ByOperator)),
            ])
            .SelectMany(decision => Assert.IsType<LineDecision.Refused>(decision).Refusals));
    }

    [Fact]
    public void Where_the_platform_does_not_manage_the_site_nothing_is_assigned()
    {
        var state = State with
        {
            Numbers = State.Numbers with { Rules = State.Numbers.Rules with { ManagedByPlatform = false } },
        };

        Assert.Equal(
            [new Refusal.SiteNotManaged()], Assert.IsType<LineDecision.Refused>(Decide(state, 0, Ada)).Refusals);
    }

    static Happening Told(LineDecision decision)
    {
        var move = Assert.Single(Assert.IsType<LineDecision.Accepted>(decision).Change.Numbers.Moves);
        return Assert.IsType<Happening>(move.Way.What);
    }
}
