using NodaTime;
using Telephony.Domain.Groups;
using static Telephony.Domain.Tests.Some;
using static Telephony.Domain.Tests.Groups.SomeGroups;

namespace Telephony.Domain.Tests.Groups;

/// <summary>Override over closure over holiday over out of hours over in hours; and whose hours count.</summary>
public sealed class PrecedenceTests
{
    static readonly HolidayTime Whole2026 = new HolidayTime.Days(new(2026, 1, 1), new(2026, 12, 31));
    static readonly Closure Closed = new("Moving", new(new(2026, 6, 15, 0, 0), new(2026, 6, 16, 0, 0)));
    static readonly GroupFeatures Own = new() { HoursSource = HoursSource.Own };

    static readonly GroupFeatures OnHoliday =
        Own with { Own = OpeningTimes.Default with { Holidays = [new("All of it", Whole2026)] } };

    static readonly GroupFeatures All = OnHoliday with { Closures = [Closed], Override = new(OverrideKind.ForceOpen) };

    [Fact]
    public void What_is_set_by_hand_comes_before_a_closure() => Decided<ModeRule.ByHand>(Mode.InHours, All, Night);

    [Fact]
    public void Closed_by_hand_is_out_of_hours() => Decided<ModeRule.ByHand>(
        Mode.OutOfHours, Own with { Override = new(OverrideKind.ForceClosed) }, Monday);

    [Fact]
    public void A_closure_comes_before_a_holiday() =>
        Decided<ModeRule.Closed>(Mode.OutOfHours, All with { Override = null }, Monday);

    [Fact]
    public void A_holiday_comes_before_hours()
    {
        Decided<ModeRule.OnHoliday>(Mode.Holiday, OnHoliday, Monday);
        Decided<ModeRule.OnHoliday>(Mode.Holiday, OnHoliday, Night);
    }

    [Fact]
    public void Without_any_of_them_hours_decide()
    {
        Decided<ModeRule.InRange>(Mode.InHours, Own, Monday);
        Decided<ModeRule.OutsideHours>(Mode.OutOfHours, Own, Night);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void What_is_set_by_hand_holds_until_its_end(int ticks, bool holds)
    {
        var features = Own with { Override = new(OverrideKind.ForceClosed, Monday) };
        Assert.Equal(
            holds, Site.With(Ours, features).Ask(Monday.PlusTicks(ticks)).Decision.Rule is ModeRule.ByHand);
    }

    [Fact]
    public void Who_takes_the_sites_hours_takes_its_holidays_and_its_zone()
    {
        var site = Site with
        {
            TimeZone = "Asia/Kathmandu",
            Times = new(OpeningTimes.Default.Hours, [new("Dashain", new HolidayTime.Yearly(6, 16))]),
        };
        var features = GroupFeatures.Default with { TimeZone = "America/New_York" };
        var rule = Assert.IsType<ModeRule.OnHoliday>(site.With(Ours, features).Ask(Night).Decision.Rule);
        Assert.Equal(("Dashain", HoursSource.Site), (rule.Name, rule.Source));
    }

    [Fact]
    public void Closures_are_by_its_own_clock_whoever_s_hours_count()
    {
        var features = GroupFeatures.Default with { TimeZone = "America/New_York", Closures = [Closed] };
        var site = Site.With(Ours, features);
        Assert.IsNotType<ModeRule.Closed>(site.Ask(At("2026-06-15T03:59Z")).Decision.Rule);
        Assert.IsType<ModeRule.Closed>(site.Ask(At("2026-06-15T04:00Z")).Decision.Rule);
    }

    [Fact]
    public void Its_own_hours_are_kept_while_the_sites_count_and_count_again_afterwards()
    {
        var never = OnHoliday with { Own = new([], []) };
        Decided<ModeRule.InRange>(Mode.InHours, never with { HoursSource = HoursSource.Site }, Monday);
        Decided<ModeRule.OutsideHours>(Mode.OutOfHours, never, Monday);
    }

    static void Decided<T>(Mode mode, GroupFeatures features, Instant at)
        where T : ModeRule
    {
        var decision = Site.With(Ours, features).Ask(at).Decision;
        Assert.Equal(mode, decision.Mode);
        Assert.IsType<T>(decision.Rule);
    }
}
