using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Contract;

/// <summary>The tools that lose and count requests do what tests believe they do.</summary>
public sealed class FaultTests(AzuriteFixture azurite)
{
    static readonly RowChange[] OneRow = [new RowChange.Insert(new TableEntity("p", "a"))];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.BeforeCall, false)]
    [InlineData(Fault.AfterCall, true)]
    public async Task A_lost_request_does_nothing_and_a_lost_response_hides_what_was_done(Fault fault, bool done)
    {
        var plan = FaultPlan.At(2, fault);
        var table = new FaultyTable(new MemoryTable(), plan);

        await table.FindAsync("p", "a", Ct);
        await Assert.ThrowsAsync<IOException>(() => table.CommitAsync("p", OneRow, Ct));

        Assert.Equal(done, await table.FindAsync("p", "a", Ct) is not null);
        Assert.Equal((3, 1), (plan.Calls, plan.Faults));
    }

    [Fact]
    public async Task Each_page_of_a_range_is_a_request()
    {
        var memory = new MemoryTable();
        var rows = Enumerable.Range(0, 10).Select(i => new RowChange.Insert(new TableEntity("p", $"n{i}"))).ToArray();
        await memory.CommitAsync("p", rows, Ct);
        var (read, table) = (0, new FaultyTable(memory, FaultPlan.At(3, Fault.BeforeCall)));

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var row in table.RangeAsync("p", "a", "z", pageSize: 4, Ct))
                read++;
        });

        Assert.Equal(8, read);
    }

    [Fact]
    public void An_escalating_plan_lets_one_more_request_through_each_time()
    {
        var plan = FaultPlan.Escalating(Fault.AfterCall);
        Assert.Equal("xoxooxooox", string.Concat(Enumerable.Range(0, 10).Select(_ => plan.Next() is null ? 'o' : 'x')));
    }

    [Fact]
    public void A_seeded_plan_repeats_itself()
    {
        var (one, two) = (FaultPlan.Seeded(7, 0.3), FaultPlan.Seeded(7, 0.3));
        Assert.Equal(
            Enumerable.Range(0, 200).Select(_ => one.Next()), Enumerable.Range(0, 200).Select(_ => two.Next()));
        Assert.InRange(one.Faults, 30, 90);
    }

    [Theory]
    [InlineData(Fault.BeforeCall, false)]
    [InlineData(Fault.AfterCall, true)]
    public async Task Without_retries_of_the_client_a_fault_over_HTTP_reaches_the_caller(Fault fault, bool done)
    {
        var plan = FaultPlan.At(1, fault);
        var table = await OpenAsync($"faults{fault}", StorageOptions.With(retries: 0, new FaultPolicy(plan)));

        await Assert.ThrowsAsync<IOException>(() => table.CommitAsync("p", OneRow, Ct));

        Assert.Equal(done, await table.FindAsync("p", "a", Ct) is not null);
        Assert.Equal((2, 1), (plan.Calls, plan.Faults));
    }

    [Fact]
    public async Task A_client_that_repeats_a_request_meets_its_own_first_attempt_as_a_conflict()
    {
        var plan = FaultPlan.At(1, Fault.AfterCall);
        var table = await OpenAsync("faultsRepeated", StorageOptions.With(retries: 3, new FaultPolicy(plan)));

        Assert.Equal(new CommitResult.Conflict(0, ConflictKind.Exists), await table.CommitAsync("p", OneRow, Ct));
        Assert.Equal((2, 1), (plan.Calls, plan.Faults));
    }

    [Fact]
    public async Task Requests_are_counted_by_table_and_method()
    {
        var counts = new CountingPolicy();
        var options = StorageOptions.With(retries: 0, counts);
        var (one, two) = (await OpenAsync("countsOne", options), await OpenAsync("countsTwo", options));

        await one.CommitAsync("p", OneRow, Ct);
        await two.CommitAsync("p", OneRow, Ct);
        await two.CommitAsync("p", OneRow, Ct);
        await one.FindAsync("p", "a", Ct);
        await one.RangeAsync("p", "a", "z", ct: Ct).ToListAsync(Ct);

        Assert.Equal((1, 2), (counts.Of("countsOne", "BATCH"), counts.Of("countsTwo", "BATCH")));
        Assert.Equal((3, 5), (counts.Of("countsOne"), counts.Total));
        Assert.Equal(2, counts.Of("countsOne", "GET"));
    }

    async Task<ITable> OpenAsync(string name, TableClientOptions options)
    {
        await new TableClient(azurite.ConnectionString, name).CreateAsync(Ct);
        return new AzureTable(new TableClient(azurite.ConnectionString, name, options));
    }
}
