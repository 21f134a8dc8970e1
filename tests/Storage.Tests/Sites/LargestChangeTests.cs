using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class LargestChangesOnMemory() : LargestChangeTests(new MemoryStore());

public sealed class LargestChangesOnAzurite(AzuriteFixture azurite) : LargestChangeTests(new AzuriteStore(azurite));

/// <summary>The most that one transaction holds, and one more.</summary>
public abstract class LargestChangeTests(Store store)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, int, int> Limits => new(
        from way in (string[])["names", "count"]
        from limit in new[] { (Kept: 0, Blocks: 97), (Kept: 1, Blocks: 96) }
        select (way, limit.Kept, limit.Blocks));

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task A_change_touches_97_blocks_and_96_where_numbers_are_kept_for_the_operator(
        string way, int kept, int blocks)
    {
        // One number in each block, far apart.
        var site = await WithAsync(store.Table, OneInEach(97));
        await site.Process().TransactAsync(site.Import("more", Numbers(9_700, 9_800)), Ct);
        await site.RulesAsync(new() { KeepForOperator = kept });

        var refused = Assert.IsType<SiteOutcome.Refused>(
            await site.Process().TransactAsync(Work("toomany", blocks + 1), Ct));
        var done = Assert.IsType<SiteOutcome.Done>(
            await site.Process().TransactAsync(Work("most", blocks), Ct));

        Assert.Equal(new Refusal.TooManyBlocks(blocks + 1), Assert.Single(refused.Refusals));
        Assert.Equal(blocks, done.Operation.Changed.Count);
        (await site.ReadAsync()).AssertConsistent();

        SiteWork Work(string name, int count) => way is "names"
            ? site.Allocate(name, "acme", OneInEach(count))
            : site.AllocateCount(name, "acme", count);
    }

    [Fact]
    public async Task A_choice_of_9600_single_numbers_goes_through_and_each_keeps_its_reason()
    {
        var site = await WithAsync(store.Table, Range(50, 9_600));
        await site.RulesAsync(new() { Contiguity = Contiguity.Ignore });
        await site.Process().TransactAsync(site.Import("far", Numbers(20_000)), Ct);
        await site.Process().TransactAsync(site.Allocate("home", "acme", Numbers(20_000)), Ct);

        var done = Assert.IsType<SiteOutcome.Done>(
            await site.Process().TransactAsync(site.AllocateCount("most", "acme", 9_600), Ct)).Operation;

        Assert.Equal((97, Range(50, 9_600)), (done.Changed.Blocks.Length, done.Changed));
        var stored = (await site.Process().FindAsync(done.Id, Ct))!;
        Assert.Equal<Piece>(done.Choice, stored.Choice);
        Assert.Equal(Range(50, 9_600), Piece.Set(stored.Choice));
        (await site.ReadAsync()).AssertConsistent();
    }

    static NumberSet OneInEach(int blocks) =>
        Numbers([.. Enumerable.Range(0, blocks).Select(block => block * Block.Size)]);
}
