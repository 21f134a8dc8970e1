using System.Collections.Concurrent;
using CsCheck;
using Telephony.Domain.Choice;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Tests.Choice;

/// <summary>The chooser against one that looks at every number of every place.</summary>
public sealed class NumberChooserTests
{
    const int Pools = 20_000;

    /// <summary>Every outcome has to be met so often, or the comparison proves nothing.</summary>
    const int MetMin = 40;

    [Fact]
    public void What_is_chosen_and_why_is_what_the_rules_say_one_after_the_other()
    {
        var met = new ConcurrentDictionary<string, int>();

        Wish.Any.Sample(wish =>
        {
            var chosen = NumberChooser.Choose(wish.Site, wish.To, wish.Count);

            Assert.Equal(Text(new NaiveChooser(wish.Site, wish.To).Choose(wish.Count)), Text(chosen));
            foreach (var outcome in Outcomes(chosen, wish))
                met.AddOrUpdate(outcome, 1, (_, times) => times + 1);
        }, iter: Pools);

        var often = met.Where(outcome => outcome.Value >= MetMin).Select(outcome => outcome.Key);
        Assert.Equal(
            [
                "AccountFull", "AccountFull, partial", "NoRun", "PoolExhausted", "PoolExhausted for the operator",
                "PoolExhausted, partial", "all",
                "apart: BestFit", "apart: Earmarked", "apart: LongestPiece", "apart: LongestRested", "apart: Lowest",
                "apart: NearExisting", "apart: OnlyOne",
                "each: BestFit", "each: Earmarked", "each: LongestRested", "each: Lowest", "each: NearExisting",
                "each: OnlyOne",
                "run: BestFit", "run: Earmarked", "run: LongestRested", "run: Lowest", "run: NearExisting",
                "run: OnlyOne",
                "tight run",
            ],
            often.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_main_number_is_what_the_rules_say()
    {
        var met = new ConcurrentDictionary<bool, int>();

        Wish.Any.Sample(wish =>
        {
            var chosen = NumberChooser.ChooseMain(wish.Site, wish.To);

            Assert.Equal(new NaiveChooser(wish.Site, wish.To).ChooseMain(), chosen);
            met.AddOrUpdate(chosen is not null, 1, (_, times) => times + 1);
        }, iter: Pools / 10);

        Assert.All([true, false], isFound => Assert.True(met.GetValueOrDefault(isFound) >= MetMin));
    }

    static string Text(ChoiceDecision decision) => decision switch
    {
        ChoiceDecision.Chosen chosen => $"{string.Join('\n', chosen.Pieces)}\n{chosen.Missing}",
        _ => $"{decision}",
    };

    static IEnumerable<string> Outcomes(ChoiceDecision decision, Wish wish) => decision switch
    {
        ChoiceDecision.Refused { Reason: Refusal.PoolExhausted { Kept: > 0 } } => ["PoolExhausted for the operator"],
        ChoiceDecision.Refused refused => [refused.Reason.GetType().Name],
        ChoiceDecision.Chosen { Pieces: var pieces, Missing: var missing } =>
        [
            missing is null ? "all" : $"{missing.GetType().Name}, partial",
            .. from piece in pieces
               let how = wish.Site.Rules.Contiguity is Contiguity.Ignore ? "each"
                   : pieces.Length > 1 ? "apart"
                   : "run"
               let isTight = how == "run" && piece.Rule is not ChoiceRule.Earmarked && piece.Count > wish.Takeable
               select isTight ? "tight run" : $"{how}: {piece.Rule}",
        ],
        _ => throw new InvalidOperationException("A third kind of decision."),
    };
}
