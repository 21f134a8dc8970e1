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

    [Fact]
    public void All_of_them_are_found_at_once() => Assert.Equal(4, Contradiction.Of(Plain with
    {
        Contiguity = Contiguity.Required,
        AllOrNothing = false,
        Services = [new("team", "Team", 8, 3, NeedsMain: false)],
        OnNoNominatedMain = MissingMain.Fail,
        MaxPerAccount = 5,
        KeepForOperator = 6,
    }).Distinct().Count());
}
