using Azure;
using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

/// <summary>Claims and intents come back from their rows as they were, and rows fit.</summary>
public sealed class ClaimRowTests
{
    static readonly Gen<Claim> Claims = Gen.Select(
        Gen.OneOf(Gens.Site, Id<Site>.Parse("a"), Id<Site>.Parse("b-1")), Gen.Int[1, 3], Gen.Int[0, 99].Array[1, 30],
        (site, generation, slots) => new Claim(site, generation, Slots.Of(slots)));

    static readonly Gen<NumberLives> Lives = Gen.Select(Gens.Sets, Gen.Int[1, 3], (numbers, generation) =>
        NumberLives.Of(numbers.Blocks.Select(part => new Life(part.Block, generation, part.Slots))));

    [Fact]
    public void Claims_come_back_as_they_were() =>
        Gen.Select(Gens.BlockIds, Claims.Array[0, 12]).Sample((block, made) =>
        {
            var claims = made.Aggregate(BlockClaims.None, (all, claim) => all.With(claim));
            var row = ClaimRow.Write(block, claims);

            Assert.Equal(claims, ClaimRow.Read(row));
            Assert.Equal(block, ClaimRow.Block(row));
            TransactionGuard.Check(row.PartitionKey, [new RowChange.Insert(row)]);
        });

    [Fact]
    public void A_row_says_what_people_can_read()
    {
        var block = E164.Parse("+442079460000").Block;
        var row = ClaimRow.Write(block, BlockClaims.Of(
            [new(Id<Site>.Parse("london"), 2, Slots.Of(0)), new(Id<Site>.Parse("paris"), 1, Slots.Of(99))]));

        Assert.Equal(("44207946", "000442079460000"), (row.PartitionKey, row.RowKey));
        Assert.Equal(
            "london/2:0000000000000000000000001;paris/1:8000000000000000000000000", row.GetString("Claims"));
    }

    [Fact]
    public void A_hundred_sites_fit_into_one_row()
    {
        var block = E164.Parse("+999999999999900").Block;
        var claims = BlockClaims.Of(Enumerable.Range(0, 100).Select(slot => new Claim(
            Id<Site>.Parse(new string('s', 38) + $"{slot:00}"), int.MaxValue, Slots.Of(slot))));

        var row = ClaimRow.Write(block, claims);
        TransactionGuard.Check(row.PartitionKey, [new RowChange.Insert(row)]);
        Assert.Equal(claims, ClaimRow.Read(row));
    }

    [Fact]
    public void Intents_come_back_as_they_were() =>
        Gen.Select(Gens.OperationIds, Lives.Array[0, 3], Gens.Times, Gen.Bool, (operation, lives, at, ended) =>
            new Intent(operation, lives.Aggregate(NumberLives.None, (all, one) => all.Union(one)), at, ended))
        .Sample(intent =>
        {
            var read = IntentRow.Read(IntentRow.Write(intent));
            Assert.Equal(intent with { At = intent.At.ToUniversalTime(), ETag = read.ETag }, read with
            {
                At = read.At.ToUniversalTime(),
            });
        });

    [Fact]
    public void A_merge_that_ends_an_intent_says_nothing_else()
    {
        var intent = new Intent(new(Gens.Site, new('a', 26)), NumberLives.None, default, false) { ETag = new("x") };

        var merge = Assert.IsType<RowChange.Merge>(IntentRow.End(intent));

        Assert.Equal(["Ended"], TransactionGuard.OwnProperties(merge.Row).Select(property => property.Key));
        Assert.Equal(new ETag("x"), merge.Row.ETag);
    }
}
