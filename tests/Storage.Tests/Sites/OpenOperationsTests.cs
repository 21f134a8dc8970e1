using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class OpenOperationsOnMemory() : OpenOperationsTests(new MemoryStore());

public sealed class OpenOperationsOnAzurite(AzuriteFixture azurite) : OpenOperationsTests(new AzuriteStore(azurite));

/// <summary>What the sweep looks at: accepted operations as long as they are open.</summary>
public abstract class OpenOperationsTests(Store store)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_accepted_operation_is_open_until_it_has_ended_and_is_then_looked_at_no_more()
    {
        var site = new TestSite(store.Table);
        var open = new OpenOperations(store.Table);
        var operation = site.Allocate("request", "acme", Numbers(1)).Operation;
        var (accepted, _) = await site.Process().AcceptAsync(operation, Ct);

        Assert.Equal([accepted.Id], await FoundAsync(open, site));

        await site.Process().EndAsync(accepted, seen => seen.Ended(OperationState.Refused, Noon), Ct);
        Assert.Empty(await FoundAsync(open, site));
        Assert.DoesNotContain(await RowsAsync(site), key => key.StartsWith("Q|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_was_just_accepted_is_left_to_who_accepted_it()
    {
        var site = new TestSite(store.Table);
        await site.Process().AcceptAsync(site.Allocate("request", "acme", Numbers(1)).Operation, Ct);

        Assert.Empty(await new OpenOperations(store.Table).OlderAsync(site.Id, Noon, Ct).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_mark_without_its_operation_is_removed()
    {
        var site = new TestSite(store.Table);
        var id = site.Allocate("request", "acme", Numbers(1)).Operation.Id;
        await site.InsertAsync(new(SiteKeys.Partition(site.Id), SiteKeys.Open(id)) { ["At"] = Noon });

        Assert.Empty(await FoundAsync(new(store.Table), site));
        Assert.Empty(await RowsAsync(site));
    }

    static async Task<List<Domain.OperationId>> FoundAsync(OpenOperations open, TestSite site) =>
        await open.OlderAsync(site.Id, Noon.AddMinutes(1), Ct).Select(operation => operation.Id).ToListAsync(Ct);

    async Task<List<string>> RowsAsync(TestSite site) =>
        await store.Table.RangeAsync(SiteKeys.Partition(site.Id), "A", "~", ct: Ct).Select(row => row.RowKey)
            .ToListAsync(Ct);
}
