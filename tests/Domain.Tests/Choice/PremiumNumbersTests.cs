using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Tests.Choice;

public sealed class PremiumNumbersTests
{
    static readonly bool[] OnOrOff = [false, true];

    [Fact]
    public void Every_ending_is_premium_by_the_patterns_that_its_digits_have()
    {
        var patterns = from repeats in OnOrOff
                       from steps in OnOrOff
                       from mirrors in OnOrOff
                       select new PremiumPatterns(repeats, steps, mirrors);
        Assert.All(patterns, pattern =>
        {
            var expected = Endings().Where(number => NaiveChooser.IsPremium(number, pattern));
            var actual = Endings().Where(number => PremiumNumbers.In(number.Block, pattern).Contains(number.Slot));
            Assert.Equal(expected, actual);
        });
    }

    [Theory]
    [InlineData("+4420794600000", true, false, true)]
    [InlineData("+4420794601234", false, true, false)]
    [InlineData("+4420794609876", false, true, false)]
    [InlineData("+4420794601221", false, false, true)]
    [InlineData("+4420794607890", false, false, false)]
    [InlineData("+4420794601212", false, false, false)]
    [InlineData("+1000000", true, false, true)]
    public void An_ending_has_its_patterns(string number, bool repeats, bool steps, bool mirrors)
    {
        Assert.Equal(repeats, Is(new(true, false, false)));
        Assert.Equal(steps, Is(new(false, true, false)));
        Assert.Equal(mirrors, Is(new(false, false, true)));

        bool Is(PremiumPatterns patterns) =>
            PremiumNumbers.In(E164.Parse(number).Block, patterns).Contains(E164.Parse(number).Slot);
    }

    [Fact]
    public void The_patterns_take_114_endings_of_10_000() => Assert.Equal(
        (10, 14, 100, 114),
        (Count(new(true, false, false)), Count(new(false, true, false)), Count(new(false, false, true)), Count(new())));

    static int Count(PremiumPatterns patterns) =>
        Endings().Count(number => PremiumNumbers.In(number.Block, patterns).Contains(number.Slot));

    static IEnumerable<E164> Endings() =>
        Enumerable.Range(0, 10_000).Select(ending => E164.FromDigits(442_079_460_000 + ending));
}
