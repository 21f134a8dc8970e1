using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Choice;

/// <summary>
/// Rows of an account's own numbers and of those that anybody may have, at a site that keeps some of the latter.
/// </summary>
public sealed class BesideEarmarkedTests
{
    static readonly Number Own = new() { Earmark = Ours };

    /// <summary>11 to 15 for anybody, 16 to 17 for the account, 18 to 19 for anybody; and two far away.</summary>
    static readonly SiteState Site = SiteOf(
    [
        .. from place in Enumerable.Range(11, 9) select (place, place is 16 or 17 ? Own : new Number()),
        (51, new()), (52, new()),
    ]);

    /// <summary>The same, but that it is 12 and 18 that are the account's.</summary>
    static readonly SiteState OwnApart = SiteOf(
    [
        .. from place in Enumerable.Range(11, 9) select (place, place is 12 or 18 ? Own : new Number()),
        (51, new()), (52, new()),
    ]);

    [Theory]
    [InlineData(2, 9, 11)]
    [InlineData(4, 7, 11)]
    [InlineData(5, 6, 12)]
    [InlineData(7, 4, 14)]
    [InlineData(9, 2, 16)]
    public void A_row_is_chosen_wherever_in_a_run_the_account_may_have_one(int keep, int count, int first)
    {
        var chosen = Assert.IsType<ChoiceDecision.Chosen>(Choose(Site, keep, count));

        Assert.Equal((At(first), count), (Assert.Single(chosen.Pieces).First, chosen.Pieces[0].Count));
    }

    [Theory]
    [InlineData(5, 6, 5)]
    [InlineData(6, 5, 4)]
    [InlineData(8, 3, 2)]
    [InlineData(9, 2, 1)]
    public void Where_there_is_none_the_refusal_says_how_many_in_a_row_there_are(int keep, int count, int longest)
    {
        Assert.Equal(
            new ChoiceDecision.Refused(new Refusal.NoRun(count, longest)), Choose(OwnApart, keep, count));
        Assert.IsType<ChoiceDecision.Chosen>(Choose(OwnApart, keep, longest));
    }

    [Fact]
    public void As_many_as_may_be_had_are_a_row_when_the_accounts_own_stand_at_both_its_ends() => Assert.Equal(
        [new Piece(At(12), 7, ChoiceRule.OnlyOne)],
        Assert.IsType<ChoiceDecision.Chosen>(Choose(OwnApart, keep: 4, count: 7)).Pieces);

    [Fact]
    public void The_nearer_end_of_what_it_may_have_is_taken_though_neither_is_the_runs_end()
    {
        var had = SiteOf((20, Held(new(), by: Ours)));
        var block = Site.Pool.Blocks[0].With([KeyValuePair.Create(20, had.Pool.Find(At(20))!)]);
        var near = had with { Pool = Site.Pool.With([block]) };

        var piece = Assert.Single(Assert.IsType<ChoiceDecision.Chosen>(Choose(near, keep: 8, count: 3)).Pieces);

        Assert.Equal(new Piece(At(16), 3, ChoiceRule.NearExisting, At(20)), piece);
    }

    static ChoiceDecision Choose(SiteState site, int keep, int count) => NumberChooser.Choose(
        site with { Rules = Some.Rules with { KeepForOperator = keep, Contiguity = Contiguity.Required } },
        Occupier(Ours), count);
}
