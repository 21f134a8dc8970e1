using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Tests.Some;
using static Telephony.Domain.Tests.Groups.SomeGroups;

namespace Telephony.Domain.Tests.Groups;

/// <summary>Which members of a hunt group there are, and which of them ring.</summary>
public sealed class MemberTests
{
    [Fact]
    public void A_group_rings_the_members_that_are_in_service_as_the_accounts_direct_numbers()
    {
        var group = Assert.IsType<Stop.Group>(Site.With(Ours, Ring(10, 12, 20, 1, 99, 11)).Ask(Monday).First);
        Assert.Equal([Some.At(10), Some.At(11)], group.Ringing.Select(member => member.Number));
        Assert.Equal(
            [(Failure.NotAnswered, 60), (Failure.Busy, 0), (Failure.Unreachable, 0)],
            group.Branches.Select(branch => (branch.When, branch.AfterSeconds)));
    }

    [Fact]
    public void A_member_that_left_service_and_came_back_is_no_member_until_it_is_named_again()
    {
        var back = Direct(Ours) with { Term = 2 };
        var site = Site with { State = SiteOf((1, MainOf(Ours)), (10, back), (11, Direct(Ours))) };
        var before = Ring(10, 11);

        var group = Assert.IsType<Stop.Group>(site.With(Ours, before).Ask(Monday).First);
        Assert.Equal([Some.At(11)], group.Ringing.Select(member => member.Number));
        group = Assert.IsType<Stop.Group>(site.With(Ours, site.InTerm(Ours, before, before)).Ask(Monday).First);
        Assert.Equal([Some.At(10), Some.At(11)], group.Ringing.Select(member => member.Number));
    }

    [Fact]
    public void What_is_in_force_has_neither_members_that_left_nor_what_is_over()
    {
        var features = Ring(10, 12) with
        {
            Override = new(OverrideKind.ForceOpen, Monday), Reception = new(Some.At(20)),
        };
        var inForce = Site.InForce(Ours, features, Monday);
        Assert.Null(inForce.Override);
        Assert.Equal(Some.At(20), inForce.Reception?.Number);
        Assert.Equal([Some.At(10)], inForce.HuntGroup.Members.Select(member => member.Number));
    }

    [Theory]
    [InlineData(NumberState.PortingOut)]
    [InlineData(NumberState.Deactivating)]
    public void A_member_that_may_come_back_stays_a_member_and_does_not_ring(NumberState state)
    {
        var site = Site with { State = SiteOf((1, MainOf(Ours)), (10, Direct(Ours) with { State = state })) };

        var inForce = site.InForce(Ours, Ring(10), Monday);

        Assert.Equal([Some.At(10)], inForce.HuntGroup.Members.Select(member => member.Number));
        Assert.IsType<Stop.Silent>(site.With(Ours, inForce).Ask(Monday).First);
        Assert.Empty(FeatureChecks.Here(site, Ours, inForce, inForce, Monday));
        Assert.Single(FeatureChecks.Here(site, Ours, GroupFeatures.Default, inForce, Monday));
    }
}
