using Azure;
using Azure.Data.Tables;

namespace Telephony.LocalRuntime.Timers;

/// <summary>Requests to the table of timers. There is no write without the version that was read.</summary>
sealed class TimerTable(TableServiceClient service, TimerOptions options)
{
    const int Conflict = 409;
    const int PreconditionFailed = 412;

    readonly TableClient table = service.GetTableClient(options.Table);

    public Task CreateAsync(CancellationToken ct) => table.CreateIfNotExistsAsync(ct);

    public async Task<StoredTimer?> FindAsync(string name, CancellationToken ct)
    {
        var answer = await table.GetEntityIfExistsAsync<TableEntity>(
            StoredTimer.Partition, name, cancellationToken: ct);
        return answer.HasValue ? StoredTimer.Read(answer.Value!) : null;
    }

    /// <summary>Null when the row is there.</summary>
    public Task<StoredTimer?> TryInsertAsync(StoredTimer timer, CancellationToken ct) =>
        TryAsync(timer, row => table.AddEntityAsync(row, ct));

    /// <summary>Null when the row is not as it was read.</summary>
    public Task<StoredTimer?> TryReplaceAsync(StoredTimer timer, CancellationToken ct) =>
        TryAsync(timer, row => table.UpdateEntityAsync(row, timer.ETag, TableUpdateMode.Replace, ct));

    /// <summary>
    /// Null does not say whose the row is: the client repeats a write whose answer was lost, and then meets its own.
    /// </summary>
    static async Task<StoredTimer?> TryAsync(StoredTimer timer, Func<TableEntity, Task<Response>> write)
    {
        try
        {
            var answer = await write(timer.ToRow());
            return timer with { ETag = answer.Headers.ETag ?? default };
        }
        catch (RequestFailedException failure) when (failure.Status is Conflict or PreconditionFailed)
        {
            return null;
        }
    }
}
