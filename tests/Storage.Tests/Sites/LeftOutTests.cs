using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class LeftOutOnMemory() : LeftOutTests(new MemoryStore());

public sealed class LeftOutOnAzurite(AzuriteFixture azurite) : LeftOutTests(new AzuriteStore(azurite));

/// <summary>Imports that leave out their bad lines.</summary>
public abstract class LeftOutTests(Store store)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_change_left_out_is_noted_in_the_transaction_and_ends_the_operation_in_part()
    {
        var site = await WithAsync(store.Table, Range(0, 5));

        var done = await ImportAsync(site.Process(), site, Numbers(4), Numbers(5), Numbers(6));

        Assert.Equal((OperationState.Partial, Numbers(5, 6)), (done.State, done.Changed));
        var stored = await site.Process().FindAsync(done.Id, Ct);
        Assert.Equal((OperationState.Partial, "1 of 3"), (stored!.State, stored.Reason?.Text));
        (await site.ReadAsync()).AssertConsistent();
    }

    [Fact]
    public async Task A_line_is_not_left_out_for_what_is_only_remembered()
    {
        var site = await WithAsync(store.Table, Range(0, 5));
        var mine = site.Process();
        await ImportAsync(mine, site, Numbers(200));
        await RemoveBlockElsewhereAsync(site, Number(0).Block);

        var done = await ImportAsync(mine, site, Numbers(4), Numbers(300));

        Assert.Equal((OperationState.Succeeded, Numbers(4, 300)), (done.State, done.Changed));
    }

    static async Task<Operation> ImportAsync(SitePartition process, TestSite site, params NumberSet[] lines)
    {
        var command = new Provision(
            new(site.Import(Name(lines.Length), Numbers()).Operation.Id, Party.Platform, TestSite.Noon),
            [.. lines.Select(line => new ProvisionLine(line, NumberKind.Standard, false, null))], BadLines.LeaveOut);
        var work = site.Import(Name(lines.Length), Numbers()) with
        {
            Decide = state => PoolDecider.Decide(state, command),
            Note = (seen, change) => change.LeftOut.IsEmpty ? seen : seen with
            {
                Reason = new("rows-refused", $"{change.LeftOut.Length} of {lines.Length}"),
            },
        };
        return Assert.IsType<SiteOutcome.Done>(await process.TransactAsync(work, Ct)).Operation;
    }

    /// <summary>As a process will that retires numbers.</summary>
    async Task RemoveBlockElsewhereAsync(TestSite site, BlockId block)
    {
        var partition = SiteKeys.Partition(site.Id);
        var row = await store.Table.FindAsync(partition, SiteKeys.Block(block), Ct);
        Assert.IsType<CommitResult.Committed>(
            await store.Table.CommitAsync(partition, [new RowChange.Delete(row!)], Ct));
    }
}
