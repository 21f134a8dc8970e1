using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Numbers;

/// <summary>Each rule over every value of what it does not depend on.</summary>
public sealed class NumberDeciderTests
{
    static readonly Id<Account>?[] Earmarks = [null, Ours, Theirs];

    static IEnumerable<Number> Available =>
        from kind in Enum.GetValues<NumberKind>()
        from role in (NumberRole[])[NumberRole.Direct, NumberRole.NominatedMain]
        from earmark in Earmarks
        select new Number(kind, role) { Earmark = earmark, Version = 7, Generation = 2 };

    [Theory]
    [InlineData(NumberSource.ByHand)]
    [InlineData(NumberSource.ByService)]
    public void A_number_in_the_pool_goes_to_the_account_whatever_its_kind(NumberSource source)
    {
        var open = Available.Where(n => n.Role == NumberRole.Direct && n.Earmark is null).ToList();

        Assert.Equal(Enum.GetValues<NumberKind>(), open.Select(n => n.Kind));
        Assert.All(open, number => When(number, source).Then(Taken(number, source)));
    }

    [Fact]
    public void A_number_that_is_earmarked_for_the_account_goes_to_it() =>
        Assert.All(
            Available.Where(n => n.Role == NumberRole.Direct && n.Earmark == Ours),
            number => When(number).Then(Taken(number, NumberSource.ByHand)));

    [Fact]
    public void A_number_that_is_earmarked_for_another_account_is_refused() =>
        Assert.All(
            Available.Where(n => n.Role == NumberRole.Direct && n.Earmark == Theirs),
            number => When(number).Then(Refused(NumberRefusal.EarmarkedForAnother)));

    [Fact]
    public void A_nominated_main_is_refused_for_direct_use_even_to_the_account_it_is_earmarked_for() =>
        Assert.All(
            Available.Where(n => n.Role == NumberRole.NominatedMain),
            number => When(number).Then(Refused(NumberRefusal.NominatedMain)));

    [Fact]
    public void A_number_that_another_account_has_is_refused() =>
        Assert.All(Available, number => When(Held(number, by: Theirs)).Then(Refused(NumberRefusal.Taken)));

    [Theory]
    [InlineData(NumberSource.ByHand)]
    [InlineData(NumberSource.ByService)]
    public void A_number_that_the_account_has_stays_as_it_came_to_it(NumberSource source) =>
        Assert.All(
            Available.Where(n => n.Role == NumberRole.Direct),
            number => When(Held(number, by: Ours), source).Then(new NumberDecision.Unchanged()));

    [Fact]
    public void A_nominated_main_that_the_account_has_is_no_direct_number_of_its_own() =>
        Assert.All(
            Available.Where(n => n.Role == NumberRole.NominatedMain),
            number => When(Held(number, by: Ours)).Then(Refused(NumberRefusal.NominatedMain)));

    [Fact]
    public void A_number_that_the_site_does_not_have_is_refused() =>
        When(null).Then(Refused(NumberRefusal.NotProvisioned));

    static Asked When(Number? number, NumberSource source = NumberSource.ByHand) =>
        new(NumberDecider.Decide(number, new NumberCommand.Reserve(ByOperator, Ours, source)));

    static NumberDecision.Refused Refused(NumberRefusal reason) => new(reason);

    static NumberDecision.Accepted Taken(Number number, NumberSource source) => new(
        new Number(number.Kind, number.Role)
        {
            State = NumberState.Reserved,
            Account = Ours,
            Source = source,
            Operation = Second,
            Since = Noon,
            Earmark = number.Earmark,
            Generation = number.Generation,
            Version = number.Version + 1,
        });

    sealed record Asked(NumberDecision Decision)
    {
        public void Then(NumberDecision expected) => Assert.Equal(expected, Decision);
    }
}
