using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Choice;

public sealed class RestedInTheMiddleTests
{
    [Fact]
    public void Chosen_for_itself_a_number_counts_even_where_both_ends_of_its_run_were_used_last()
    {
        var (early, late) = (new Number { Since = Noon.AddDays(-9) }, new Number { Since = Noon.AddDays(-1) });
        var site = SiteOf(
            (0, early), (1, early), (2, early),
            (50, late), (51, new Number()), (52, late));

        var chosen = NumberChooser.Choose(
            site with { Rules = Some.Rules with { Contiguity = Contiguity.Ignore } }, Occupier(Ours), 1);

        var piece = Assert.Single(Assert.IsType<ChoiceDecision.Chosen>(chosen).Pieces);
        Assert.Equal(new Piece(At(51), 1, ChoiceRule.LongestRested), piece);
    }
}
