using System.Collections.Frozen;
using Telephony.Domain.Audits;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Lines.Office;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Audits;

/// <summary>Each way in which who has a number and where it rings can be wrong, and that it is found.</summary>
public sealed class LineChecksTests
{
    /// <summary>Number 0 is ada's at handset 1; she is logged in to handset 4.</summary>
    static readonly LineState Whole = After(
        With(0, Ada, handset: 1), LineDecider.Decide(
            With(0, Ada, handset: 1), new LogIn(Mac(4), Number(0), 8, 12, ByOperator)));

    [Fact]
    public void What_agrees_is_no_finding() => Assert.Empty(Of(Whole));

    public static TheoryData<string> Ways =>
    [
        "no-assignment", "number-unassigned", "number-out", "other-account", "handset-removed", "handset-of-nobody",
        "handset-of-another", "session-lost", "space-left", "port-left", "port-elsewhere",
    ];

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_contradicts_is_our_fault_unless_it_was_changing_while_it_was_read(string way)
    {
        var broken = Broken(way);

        var found = Assert.Single(Of(broken).OfType<Finding.AssignmentsDisagree>());

        Assert.Equal((Severity.Critical, NumberSet.Of([Number(0)])), (found.Severity, found.Numbers));
        Assert.Empty(Of(broken, Number(0)));
    }

    [Fact]
    public void A_user_who_is_gone_or_is_anothers_by_now_is_found_where_all_users_were_read()
    {
        foreach (var users in new[] { Whole.Users.Remove(Ada), Whole.Users.SetItem(Ada, Theirs) })
        {
            var found = Assert.Single(Of(Whole with { Users = users }));
            Assert.Equal(
                new Finding.UserGone { Account = Ours, Numbers = NumberSet.Of([Number(0)]) }, found);
            Assert.Empty(Of(Whole with { Users = users }, Number(0)));
            Assert.Empty(SiteChecks.Of(Audited(Whole with { Users = users }) with
            {
                Unread = [(AuditPart.Users, 1)],
            }).OfType<Finding.UserGone>());
        }
    }

    [Fact]
    public void A_number_that_nobody_could_find_is_named_and_so_is_one_whose_room_the_country_wants()
    {
        var found = Assert.Single(Of(With(0, Ada)));
        Assert.Equal(new Finding.LocationUnknown { Account = Ours, Numbers = NumberSet.Of([Number(0)]) }, found);
        Assert.Empty(Of(With(0, Ada, space: "a")));

        var without = With(0, Ada, space: "a");
        var room = Domain.Places.Space.RefOf(Space("a"));
        without = without with
        {
            Places = Changed(without.Places, room, placed => placed with { Item = Room("a", Ours, room: null) }),
        };
        Assert.Empty(Of(without));
        var america = without with { Site = London with { Country = "US" } };
        Assert.IsType<Finding.LocationUnknown>(Assert.Single(Of(america)));
    }

    [Fact]
    public void Handsets_that_stand_nowhere_are_counted() =>
        Assert.Equal(
            [new Finding.HandsetsNowhere(1, Mac(5))],
            SiteChecks.Of(Audited(State)).OfType<Finding.HandsetsNowhere>());

    static LineState Broken(string way)
    {
        var line = Whole.Lines[Number(0)];
        return way switch
        {
            "no-assignment" => Whole with
            {
                Lines = Whole.Lines.Clear(),
                Places = Rings(Rings(Whole.Places, 1, Uses.None), 4, Uses.None),
            },
            "number-unassigned" => WithNumber(Whole, number => number with { IsAssigned = false }),
            "number-out" => WithNumber(Whole, number => number with { State = NumberState.Reserved }),
            "other-account" => WithNumber(Whole, number => number with { Account = Theirs }),
            "handset-removed" => Whole with { Places = Changed(Whole.Places, Handset.RefOf(Mac(1)), _ => null) },
            "handset-of-nobody" => Whole with { Places = Rings(Whole.Places, 1, Uses.None) },
            "handset-of-another" => Whole with
            {
                Places = Rings(Whole.Places, 2, new(Numbers: 1, Assigned: Number(0))),
            },
            "session-lost" => Whole with { Lines = Whole.Lines.SetItem(line.Number, line with { Session = null }) },
            "space-left" => Whole with { Places = Stands(Phone(1, null, "p1")) },
            "port-left" => Whole with { Places = Stands(Phone(1, "a", null)) },
            _ => Whole with
            {
                Places = Changed(Whole.Places, Port.RefOf(Id<Port>.Parse("p1")), placed => placed with
                {
                    Item = Outlet("p1", "b"),
                }),
            },
        };
    }

    static LineState WithNumber(LineState state, Func<Number, Number> change)
    {
        var block = state.Numbers.Pool.Blocks.Single();
        var number = Number(0);
        return state with
        {
            Numbers = state.Numbers with
            {
                Pool = NumberPool.Empty.With([block.With([new(number.Slot, change(block[number.Slot]!))])]),
            },
        };
    }

    static SitePlaces Stands(Handset handset) =>
        Changed(Whole.Places, handset.Ref, placed => placed with { Item = handset });

    static SitePlaces Rings(SitePlaces places, int phone, Uses uses) =>
        Changed(places, Handset.RefOf(Mac(phone)), placed => placed with { Uses = uses });

    static SitePlaces Changed(SitePlaces places, PlaceRef which, Func<Placed, Placed?> change) => places with
    {
        Items = change(places.Items[which]) is { } after
            ? places.Items.SetItem(which, after)
            : places.Items.Remove(which),
    };

    static AuditedSite Audited(LineState state, params E164[] moving) => new(state.Numbers, state.Numbers.Pool, Noon)
    {
        Lines = new(state, moving.ToFrozenSet()),
    };

    /// <summary>What is said of assignments; handset 5 stands nowhere in all of them.</summary>
    internal static IEnumerable<Finding> Of(LineState state, params E164[] moving) =>
        SiteChecks.Of(Audited(state, moving)).Where(finding =>
            finding is Finding.AssignmentsDisagree or Finding.UserGone or Finding.LocationUnknown);
}
