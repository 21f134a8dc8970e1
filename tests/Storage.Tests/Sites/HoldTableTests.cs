using Microsoft.Extensions.Time.Testing;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class HoldTableOnMemory() : HoldTableTests(new MemoryStore());

public sealed class HoldTableOnAzurite(AzuriteFixture azurite) : HoldTableTests(new AzuriteStore(azurite));

/// <summary>Holds and the names in their rows, with and without numbers that are still held.</summary>
public abstract class HoldTableTests(Store store)
{
    const int AttemptsMax = 40;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hold_comes_back_as_it_was_written_with_its_numbers()
    {
        var site = await WithAsync(store.Table, Range(0, 120));
        var held = await HoldAsync(site, "one", Numbers(3, 99, 101));

        var found = await Table.FindAsync(held.Hold.Id, Ct);

        Assert.Equal(held.Hold, found!.Hold);
        Assert.Equal((held.Name, held.Named, held.At), (found.Name, found.Named, found.At));
        var blocks = await Table.BlocksAsync(site.Id, [found], Ct);
        Assert.Equal(Numbers(3, 99, 101), found.Hold.Left(blocks.GetValueOrDefault));
    }

    [Fact]
    public async Task Only_who_nothing_is_held_for_any_more_is_forgotten()
    {
        var site = await WithAsync(store.Table, Range(0, 120));
        var kept = await HoldAsync(site, "kept", Numbers(0, 1));
        var over = await HoldAsync(site, "over", Numbers(2, 102));
        var alsoOver = await HoldAsync(site, "alsoover", Numbers(5));
        await site.RewriteAsync(Number(0), number => number with { State = NumberState.Reserved });
        foreach (var number in new[] { 2, 102, 5 })
            await site.RewriteAsync(Number(number), _ => new Number());

        Assert.Equal(2, await Table.ForgetAsync(site.Id, Ct));

        Assert.NotNull(await Table.FindAsync(kept.Hold.Id, Ct));
        Assert.Null(await Table.FindAsync(over.Hold.Id, Ct));
        Assert.Null(await Table.FindAsync(alsoOver.Hold.Id, Ct));
        Assert.Equal(0, await Table.ForgetAsync(site.Id, Ct));
    }

    [Fact]
    public async Task Numbers_held_again_by_another_hold_keep_no_older_name()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var older = await HoldAsync(site, "older", Numbers(4));
        await site.RewriteAsync(Number(4), _ => new Number());
        var newer = await HoldAsync(site, "newer", Numbers(4));

        Assert.Equal(1, await Table.ForgetAsync(site.Id, Ct));

        Assert.Null(await Table.FindAsync(older.Hold.Id, Ct));
        Assert.NotNull(await Table.FindAsync(newer.Hold.Id, Ct));
    }

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task However_often_requests_are_lost_names_are_forgotten_in_the_end(Fault fault)
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var over = await HoldAsync(site, "over", Numbers(4));
        var kept = await HoldAsync(site, "kept", Numbers(5));
        await site.RewriteAsync(Number(4), _ => new Number());
        var plan = FaultPlan.Escalating(fault);
        var table = new HoldTable(store.Through(plan));

        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            try
            {
                await table.ForgetAsync(site.Id, Ct);
                break;
            }
            catch (Exception e) when (e is IOException or AggregateException)
            {
            }
        }

        Assert.True(plan.Faults > 0, "The test proves nothing unless faults struck.");
        Assert.Null(await Table.FindAsync(over.Hold.Id, Ct));
        Assert.NotNull(await Table.FindAsync(kept.Hold.Id, Ct));
    }

    HoldTable Table => new(store.Table);

    static async Task<NamedHold> HoldAsync(TestSite site, string name, NumberSet numbers)
    {
        var work = site.Allocate(name, "acme", numbers);
        var account = Id<Account>.Parse("acme");
        var named = new NamedHold(new(work.Operation.Id, account, numbers), "Robin Ash", work.Operation.Id, Noon);
        var outcome = await site.Process(clock: new FakeTimeProvider(Noon)).TransactAsync(
            work with
            {
                Operation = work.Operation with { Kind = OperationKind.Hold },
                Decide = state => PoolDecider.Decide(state, new HoldNumbers(
                    numbers, new(account, AccountKind.Occupier), Noon.AddDays(150),
                    new(work.Operation.Id, Party.Operator, Noon))),
                Beside = _ => [new RowChange.Insert(HoldRow.Write(named))],
            }, Ct);
        Assert.IsType<SiteOutcome.Done>(outcome);
        return named;
    }
}
