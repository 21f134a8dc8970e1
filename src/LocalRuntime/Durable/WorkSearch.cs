using Azure.Data.Tables;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// Finds work that no message of this process announces: what a dead process left, what another one sent, what fell due
/// while nobody had it in memory.
/// </summary>
sealed class WorkSearch(DurableEngine engine)
{
    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            for (var number = 0; number < engine.Options.Buckets; number++)
            {
                await TrySearchAsync(DurableKeys.Bucket(number), ct);
            }

            await Task.Delay(engine.Options.Poll, engine.Time, ct);
        }
    }

    async Task TrySearchAsync(string bucket, CancellationToken ct)
    {
        try
        {
            await SearchAsync(bucket, ct);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            DurableLog.PollFailed(engine.Log, failure, bucket);
        }
    }

    async Task SearchAsync(string bucket, CancellationToken ct)
    {
        var open = new Dictionary<string, StoredInstance>();
        var inbox = new List<TableEntity>();
        await foreach (var row in engine.Table.SearchAsync(bucket, ct))
        {
            if (row.RowKey.StartsWith(DurableKeys.OpenFrom, StringComparison.Ordinal))
            {
                open[DurableKeys.InstanceOf(row.RowKey)] = DurableRows.Summarize(row);
            }
            else
            {
                inbox.Add(row);
            }
        }

        var addressed = inbox.ToLookup(row => DurableKeys.InstanceOf(row.RowKey));
        foreach (var instance in open.Values.Where(instance => IsDue(instance, addressed.Contains(instance.Id))))
        {
            engine.Tell(instance.Id, new Arrival.Look());
        }

        foreach (var orphans in addressed.Where(rows => !open.ContainsKey(rows.Key)))
        {
            await RemoveAsync(orphans.Key, orphans, ct);
        }
    }

    bool IsDue(StoredInstance instance, bool hasInbox)
    {
        var now = engine.Now;
        if (instance.IsHeldByAnother(engine.Id, now))
        {
            return false;
        }

        // A loop here knows its timers and its lease; what it may not know is that another process wrote.
        return engine.Find(instance.Id) is { } loop
            ? hasInbox || (loop.IdleVersion is { } version && version != instance.ETag.ToString())
            : hasInbox || instance.Owner.Length > 0 || instance.WakeAt <= now;
    }

    /// <summary>
    /// Removes what was sent to an instance that ended in the meantime. It is looked for once more: it may have been
    /// scheduled after the first look, but then this row, seen before the second, was sent to a run that has ended.
    /// </summary>
    async Task RemoveAsync(string id, IEnumerable<TableEntity> rows, CancellationToken ct)
    {
        if (await engine.Table.FindOpenAsync(id, ct) is null)
        {
            foreach (var row in rows)
            {
                await engine.Table.RemoveAsync(row.PartitionKey, row.RowKey, row.ETag, ct);
            }
        }
    }
}
