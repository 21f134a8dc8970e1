using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Lines.Office;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Lines;

/// <summary>Where emergency services are sent to, and who is told.</summary>
public sealed class EmergencyTests
{
    [Fact]
    public void Where_the_country_demands_a_room_no_handset_rings_where_it_is_not_known()
    {
        var america = State with { Site = London with { Country = "US" } };
        Assert.IsType<LineDecision.Accepted>(Decide(america, 0, null, 1));

        var places = Assert.IsType<PlaceDecision.Accepted>(
            PlaceDecider.Put(america.Places, Room("a", Ours, room: null), true)).After;
        Assert.Equal(
            [new Refusal.OfLine(Number(0), LineRefusal.LocationIncomplete, "a")],
            Assert.IsType<LineDecision.Refused>(Decide(america with { Places = places }, 0, null, 1)).Refusals);
        // No handset is there: what is missing is reported, and nobody is kept from having a number.
        Assert.IsType<LineDecision.Accepted>(Decide(america with { Places = places }, 0, Ada, space: "a"));
        Assert.IsType<LineDecision.Accepted>(Decide(State with { Places = places }, 0, null, 1));
    }

    [Fact]
    public void A_confirmed_location_stays_confirmed_for_the_same_user_and_only_there()
    {
        var state = With(0, Ada, 1);
        state = After(state, LineDecider.Decide(
            state, new ConfirmLocation(Number(0), "1 High St, floor 1, room 1.01", "ada", ByOperator)));
        Assert.NotNull(state.Lines[Number(0)].Emergency.Confirmation);

        Assert.Equal(
            [new Refusal.OfLine(Number(0), LineRefusal.LocationDiffers, "1 High St, floor 1, room 1.01")],
            Assert.IsType<LineDecision.Refused>(LineDecider.Decide(
                state, new ConfirmLocation(Number(0), "elsewhere", "ada", ByOperator))).Refusals);
        Assert.NotNull(After(state, Decide(state, 0, Ada, 2)).Lines[Number(0)].Emergency.Confirmation);
        Assert.Null(After(state, Decide(state, 0, Amir, 1)).Lines[Number(0)].Emergency.Confirmation);
    }

    [Fact]
    public void Who_is_told_of_an_emergency_call_is_told_to_nobody_else()
    {
        var state = With(0, Ada, 1);

        var told = Told(LineDecider.Decide(
            state, new ChangeEmergency(Number(0), Number(1), ["desk@flexi.example"], ByOperator)));

        Assert.Equal(
            new Happening("settings.changed",
                [new("callback", null, Number(1).ToString()), new("notify", null, "1")]), told);

        state = After(state, LineDecider.Decide(
            state, new ChangeEmergency(Number(0), Number(1), ["desk@flexi.example"], ByOperator)));
        Assert.Equal(
            new Happening("settings.changed", [new("notify", "1", "1 others")]),
            Told(LineDecider.Decide(
                state, new ChangeEmergency(Number(0), Number(1), ["door@flexi.example"], ByOperator))));
    }

    static Happening Told(LineDecision decision)
    {
        var move = Assert.Single(Assert.IsType<LineDecision.Accepted>(decision).Change.Numbers.Moves);
        return Assert.IsType<Happening>(move.Way.What);
    }
}
