using Azure.Data.Tables;
using Microsoft.DurableTask.Client;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

/// <summary>The row's version decides who writes.</summary>
public sealed class DurableTableTests(AzuriteFixture azurite)
{
    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_step_or_an_end_by_an_old_version_changes_nothing()
    {
        var (table, stored) = await NewAsync();
        var moved = await table.CommitAsync(stored, stored with { CustomStatus = "1" }, [], Ct);
        var end = new TurnEnd(OrchestrationRuntimeStatus.Completed, null, null);

        await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.CommitAsync(stored, stored with { CustomStatus = "2" }, [], Ct));
        await Assert.ThrowsAsync<TableTransactionFailedException>(
            () => table.FinishAsync(stored, stored, end, [], Ct));

        var (found, _) = (await table.LoadAsync("x", Ct))!.Value;
        Assert.Equal(("1", moved.ETag), (found.CustomStatus, found.ETag));
        Assert.Null(await table.FindAsync("x", DurableKeys.Finished("x"), null, Ct));
    }

    [Fact]
    public async Task A_step_whose_inbox_row_is_gone_changes_nothing()
    {
        var (table, stored) = await NewAsync();

        await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.CommitAsync(
            stored, stored with { CustomStatus = "1" }, [DurableKeys.Inbox("x", 1, Guid.Empty)], Ct));

        Assert.Equal(stored.ETag, (await table.FindOpenAsync("x", Ct))!.ETag);
    }

    [Fact]
    public async Task An_instance_is_inserted_once_but_its_own_row_is_no_conflict()
    {
        var (table, stored) = await NewAsync();

        Assert.Equal(stored.ETag, (await table.InsertAsync(stored, Ct))!.ETag);
        Assert.Null(await table.InsertAsync(stored with { Execution = "another" }, Ct));
    }

    [Fact]
    public async Task An_instance_is_loaded_with_its_own_inbox_only()
    {
        var (table, _) = await NewAsync();
        foreach (var (id, order) in new[] { ("x", 2), ("x", 1), ("x-1", 3), ("w", 4) })
        {
            await table.SendAsync(id, new(DurableKeys.Inbox(id, order, Guid.Empty), "run", "Go", $"{order}"), Ct);
        }

        var (found, inbox) = (await table.LoadAsync("x", Ct))!.Value;

        Assert.Equal("x", found.Id);
        Assert.Equal(["1", "2"], inbox.Select(row => row.Payload));
    }

    async Task<(DurableTable Table, StoredInstance Stored)> NewAsync()
    {
        var options = EngineUnderTest.Quick(EngineUnderTest.NewTable()) with { Buckets = 1 };
        var table = new DurableTable(new TableServiceClient(azurite.ConnectionString), options);
        await table.CreateAsync(Ct);
        var started = new HistoryEvent.Started(Start, "Any", null);
        var stored = await table.InsertAsync(
            new()
            {
                Id = "x",
                Name = "Any",
                Execution = "run",
                Created = Start,
                Updated = Start,
                History = [started],
                HistoryText = HistoryText.Write(started),
            },
            Ct);
        return (table, stored!);
    }
}
