using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

public sealed class NumberChooserTests
{
    [Fact]
    public void The_choice_is_that_of_a_naive_chooser_in_any_pool() =>
        Gen.Select(AnySite, AnyAccount, Gen.Int[-1, 16]).Sample((site, account, count) => Assert.Equal(
            site.Pool.All()
                .Where(at => at.Value is { State: NumberState.Available, Role: NumberRole.Direct })
                .Where(at => at.Value.Earmark is { } owner ? owner == account : at.Value.Kind == NumberKind.Standard)
                .Select(at => at.Key)
                .OrderBy(number => number.Digits)
                .Take(count),
            NumberChooser.Choose(site.Pool, account, count)), iter: 3_000);

    [Fact]
    public void Whatever_is_chosen_can_be_reserved() =>
        Gen.Select(AnySite, AnyAccount, Gen.Int[0, 16]).Sample((site, account, count) => Assert.All(
            NumberChooser.Choose(site.Pool, account, count),
            number => Assert.IsType<NumberDecision.Accepted>(NumberDecider.Decide(
                site.Pool.Find(number), new(account, NumberSource.ByService, First, Noon)))), iter: 1_000);

    [Fact]
    public void A_shorter_number_is_lower_than_a_longer_one()
    {
        var (shorter, longer) = (E164.Parse("+9999999"), E164.Parse("+10000000"));
        var pool = NumberPool.Empty.With(new[] { longer, shorter }.Select(number =>
            new Block(number.Block, [KeyValuePair.Create(number.Slot, new Number())])));

        Assert.Equal([shorter], NumberChooser.Choose(pool, Ours, 1));
    }

    [Fact]
    public void An_empty_pool_has_nothing_to_choose_and_nothing_to_find()
    {
        Assert.Empty(NumberChooser.Choose(NumberPool.Empty, Ours, 1));
        Assert.Null(NumberPool.Empty.Find(At(0)));
    }
}
