using Telephony.Domain.Rules;

namespace Telephony.Domain.Tests.Rules;

/// <summary>What each pair of rules comes to, at the very edge and one beside it.</summary>
public sealed class ContradictionTests
{
    static readonly SiteRules Plain = SiteRules.Default;

    [Fact]
    public void The_defaults_contradict_nothing() => Assert.Empty(Contradiction.Of(Plain));

    [Theory]
    [InlineData(Contiguity.Required, false, true)]
    [InlineData(Contiguity.Required, true, false)]
    [InlineData(Contiguity.Preferred, false, false)]
    [InlineData(Contiguity.Ignore, false, false)]
    public void Part_of_a_run_is_no_run(Contiguity contiguity, bool allOrNothing, bool contradicts) => Assert.Equal(
        contradicts ? [new Contradiction.PartOfARun()] : Array.Empty<Contradiction>(),
        Contradiction.Of(Plain with { Contiguity = contiguity, AllOrNothing = allOrNothing }));

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    [InlineData(null, false)]
    public void A_unit_of_a_service_fits_what_an_account_may_have(int? max, bool contradicts) => Assert.Equal(
        contradicts ? [new Contradiction.ServiceOverMaximum(1, 11, 10)] : Array.Empty<Contradiction>(),
        Contradiction.Of(Plain with
        {
            Services = [new("voice", "Voice", 5, 5), new("team", "Team", 8, 3)],
            MaxPerAccount = max,
        }));

    [Theory]
    [InlineData(10, 9, true)]
    [InlineData(10, 10, false)]
    [InlineData(10, null, false)]
    public void What_is_kept_for_the_operator_is_no_more_than_its_account_may_have(
        int kept, int? max, bool contradicts) => Assert.Equal(
            contradicts ? [new Contradiction.KeptOverMaximum(10, 9)] : Array.Empty<Contradiction>(),
            Contradiction.Of(Plain with { KeepForOperator = kept, MaxPerAccount = max }));

    [Theory]
    [InlineData(MissingMain.Fail, false, true)]
    [InlineData(MissingMain.Fail, true, false)]
    [InlineData(MissingMain.AllocateDirect, false, false)]
    public void A_missing_main_number_fails_only_services_that_need_one(
        MissingMain missing, bool needed, bool contradicts) => Assert.Equal(
            contradicts ? [new Contradiction.FailsWithoutMain()] : Array.Empty<Contradiction>(),
            Contradiction.Of(Plain with
            {
                OnNoNominatedMain = missing,
                Services = [new("fax", "Fax", NeedsMain: false), new("voice", "Voice", NeedsMain: needed)],
            }));

    [Theory]
    [InlineData(MissingMain.Fail, false, true)]
    [InlineData(MissingMain.Fail, true, false)]
    [InlineData(MissingMain.AllocateDirect, false, false)]
    public void A_missing_main_number_fails_services_only_where_one_is_looked_for(
        MissingMain missing, bool auto, bool contradicts) => Assert.Equal(
            contradicts ? [new Contradiction.FailsWithoutLooking()] : Array.Empty<Contradiction>(),
            Contradiction.Of(Plain with { OnNoNominatedMain = missing, AutoAllocate = auto }));

    /// <summary>
    /// Between the mirrors 0110 and 0220 lie 109 numbers; between the repeats 0000 and 1111 lie 1,110, more than a unit
    /// can need; between 0123 and 1111, with steps and repeats, 987.
    /// </summary>
    [Theory]
    [InlineData(true, true, true, 109)]
    [InlineData(false, false, true, 109)]
    [InlineData(true, true, false, 987)]
    [InlineData(true, false, false, null)]
    [InlineData(false, true, false, null)]
    [InlineData(false, false, false, null)]
    public void A_unit_of_a_service_fits_between_premium_numbers_where_its_numbers_must_be_consecutive(
        bool repeats, bool steps, bool mirrors, int? longest)
    {
        foreach (var needed in new[] { 1, 108, 109, 110, 987, 988, 1_100 })
        {
            var rules = Plain with
            {
                Services = [new("voice", "Voice"), new("team", "Team", 0, needed)],
                PremiumPatterns = new(repeats, steps, mirrors),
                Contiguity = Contiguity.Required,
            };
            Assert.Equal(
                needed > longest
                    ? [new Contradiction.RunOverPremium(1, needed, longest.Value)] : Array.Empty<Contradiction>(),
                Contradiction.Of(rules));
            Assert.Empty(Contradiction.Of(rules with { Contiguity = Contiguity.Preferred }));
        }
    }

    [Theory]
    [InlineData(10, 10, false)]
    [InlineData(11, 10, true)]
    [InlineData(1, 0, true)]
    [InlineData(0, 0, false)]
    public void The_pool_is_not_critical_before_it_is_low(int critical, int low, bool contradicts) => Assert.Equal(
        contradicts ? [new Contradiction.CriticalAboveLow(critical, low)] : Array.Empty<Contradiction>(),
        Contradiction.Of(Plain with { CriticalPercent = critical, LowWaterPercent = low }));

    [Theory]
    [InlineData(CooldownTreatmentKind.Forward, "+442079460000", false)]
    [InlineData(CooldownTreatmentKind.Forward, null, true)]
    [InlineData(CooldownTreatmentKind.Announcement, null, false)]
    [InlineData(CooldownTreatmentKind.Announcement, "+442079460000", true)]
    public void Calls_are_forwarded_to_a_number_and_announcements_are_not(
        CooldownTreatmentKind kind, string? to, bool contradicts) => Assert.Equal(
            contradicts
                ? [new Contradiction.ForwardWithoutNumber(kind is CooldownTreatmentKind.Forward)]
                : Array.Empty<Contradiction>(),
            Contradiction.Of(Plain with { CooldownTreatment = new(kind, to) }));

    [Fact]
    public void All_of_them_are_found_at_once() => Assert.Equal(8, Contradiction.Of(Plain with
    {
        Contiguity = Contiguity.Required,
        AllOrNothing = false,
        AutoAllocate = false,
        Services = [new("team", "Team", 100, 10, NeedsMain: false)],
        OnNoNominatedMain = MissingMain.Fail,
        MaxPerAccount = 5,
        KeepForOperator = 6,
        CriticalPercent = 4,
        LowWaterPercent = 3,
        CooldownTreatment = new(CooldownTreatmentKind.Forward),
    }).Distinct().Count());
}
