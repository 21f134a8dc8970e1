using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers;

/// <summary>Which site has which number: one site each, one generation each.</summary>
public sealed class ClaimTests
{
    static readonly Id<Site> Ours = Id<Site>.Parse("ours");

    /// <summary>Few sites, generations and slots, so that they collide.</summary>
    static readonly Gen<Claim> AnyClaim = Gen.Select(
        Gen.OneOf(Ours, Id<Site>.Parse("theirs"), Id<Site>.Parse("others")), Gen.Int[1, 3], Gen.Int[0, 5].Array[1, 4],
        (site, generation, slots) => new Claim(site, generation, Slots.Of(slots)));

    static readonly Gen<BlockClaims> AnyClaims = AnyClaim.Array[0, 8].Select(claims =>
        claims.Aggregate(BlockClaims.None, (all, claim) => all.With(claim)));

    [Fact]
    public void A_claim_takes_what_nobody_has_and_the_sites_own_older_generations() =>
        Gen.Select(AnyClaims, AnyClaim).Sample((before, claim) =>
        {
            var after = before.With(claim);

            Assert.Equal(after.Claims.Sum(one => one.Slots.Count), Enumerable.Range(0, 100).Count(Claimed));
            foreach (var slot in claim.Slots)
            {
                var had = before.Claims.Where(one => one.Slots.Contains(slot)).ToList();
                var isFree = had.TrueForAll(one => one.Site == claim.Site && one.Generation <= claim.Generation);
                Assert.Equal(
                    isFree ? (claim.Site, claim.Generation) : (had[0].Site, had[0].Generation),
                    after.Claims.Where(one => one.Slots.Contains(slot)).Select(one => (one.Site, one.Generation))
                        .Single());
            }

            Assert.Equal(Others(before), Others(after));
            Assert.Equal(after, after.With(claim));

            bool Claimed(int slot) => after.SiteOf(slot) is not null;
            IEnumerable<(int, Id<Site>?)> Others(BlockClaims claims) => Enumerable.Range(0, 100)
                .Where(slot => !claim.Slots.Contains(slot)).Select(slot => (slot, claims.SiteOf(slot)));
        });

    [Fact]
    public void Only_what_the_site_has_in_the_generation_is_freed() =>
        Gen.Select(AnyClaims, AnyClaim).Sample((before, claim) =>
        {
            var after = before.Without(claim);

            Assert.Equal(before.Of(claim.Site, claim.Generation).Except(claim.Slots), after.Of(
                claim.Site, claim.Generation));
            Assert.Equal(
                before.Claims.Where(one => (one.Site, one.Generation) != (claim.Site, claim.Generation)),
                after.Claims.Where(one => (one.Site, one.Generation) != (claim.Site, claim.Generation)));
        });

    [Fact]
    public void Lives_are_sets_of_a_number_and_its_generation() =>
        Gen.Select(AnyLives, AnyLives).Sample((one, other) =>
        {
            Assert.Equal(Pairs(one).Union(Pairs(other)).Order(), Pairs(one.Union(other)).Order());
            Assert.Equal(Pairs(one).Except(Pairs(other)).Order(), Pairs(one.Except(other)).Order());
            Assert.Equal(!Pairs(other).Except(Pairs(one)).Any(), one.Contains(other));
            Assert.Equal(
                Pairs(one).Where(pair => !other.Numbers.Contains(pair.Number)).Order(),
                Pairs(one.Except(other.Numbers)).Order());
            Assert.Equal(one, NumberLives.Parse(one.ToString()));
        });

    [Theory]
    [InlineData("442079460000:0000000000000000000000001")]
    [InlineData("442079460001/1:0000000000000000000000001")]
    [InlineData("442079460000/1")]
    public void What_is_no_list_of_lives_is_not_read_as_one(string text) =>
        Assert.Throws<FormatException>(() => NumberLives.Parse(text));

    static readonly Gen<NumberLives> AnyLives = Gen.Select(Gen.Int[0, 1], Gen.Int[1, 3], Gen.Int[0, 5].Array[0, 4],
        (block, generation, slots) => new Life(new(4420794600 + block), generation, Slots.Of(slots)))
        .Array[0, 5].Select(lives => NumberLives.Of(lives));

    static IEnumerable<(E164 Number, int Generation)> Pairs(NumberLives lives) =>
        from life in lives.Lives
        from slot in life.Slots
        select (life.Block[slot], life.Generation);
}
