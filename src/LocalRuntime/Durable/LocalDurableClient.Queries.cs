using System.Globalization;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using ETag = Azure.ETag;

namespace Telephony.LocalRuntime.Durable;

/// <summary>Lists and purges, bucket by bucket.</summary>
sealed partial class LocalDurableClient
{
    /// <summary>
    /// Open instances of a bucket, then its finished ones: in this order one that ends in between is seen twice, but
    /// never missed. A page may be short, or empty, before the last.
    /// </summary>
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        return Pageable.Create<OrchestrationMetadata>((continuation, size, ct) =>
            PageAsync(query, continuation ?? query.ContinuationToken, size ?? query.PageSize, ct));
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        DurableKeys.RefuseBadId(instanceId);
        var bucket = engine.Table.Bucket(instanceId);
        var removed = await engine.Table.RemoveAsync(
            bucket, DurableKeys.Finished(instanceId), ETag.All, cancellation);
        return new PurgeResult(removed ? 1 : 0);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var query = new OrchestrationQuery(filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        var count = 0;
        for (var number = 0; number < engine.Options.Buckets; number++)
        {
            var condition = Condition(DurableKeys.Bucket(number), DurableKeys.FinishedFrom, query);
            await foreach (var row in engine.Table.Client.QueryAsync<TableEntity>(
                condition, select: DurableRows.Summary, cancellationToken: cancellation))
            {
                count += await engine.Table.RemoveAsync(row.PartitionKey, row.RowKey, row.ETag, cancellation) ? 1 : 0;
            }
        }

        return new PurgeResult(count);
    }

    static string Condition(string bucket, string kind, OrchestrationQuery query)
    {
        var from = kind + query.InstanceIdPrefix;
        var parts = new List<string>
        {
            TableClient.CreateQueryFilter($"PartitionKey eq {bucket}"),
            TableClient.CreateQueryFilter($"RowKey ge {from} and RowKey lt {DurableKeys.After(from)}"),
        };
        if (query.CreatedFrom is { } createdFrom)
        {
            parts.Add(TableClient.CreateQueryFilter($"Created ge {createdFrom}"));
        }

        if (query.CreatedTo is { } createdTo)
        {
            parts.Add(TableClient.CreateQueryFilter($"Created le {createdTo}"));
        }

        if (query.Statuses?.ToList() is { Count: > 0 } statuses)
        {
            var any = statuses.Select(status => TableClient.CreateQueryFilter($"Status eq {status.ToString()}"));
            parts.Add($"({string.Join(" or ", any)})");
        }

        return string.Join(" and ", parts);
    }

    async Task<Page<OrchestrationMetadata>> PageAsync(
        OrchestrationQuery query, string? continuation, int size, CancellationToken ct)
    {
        var place = Place.Parse(continuation);
        var bucket = DurableKeys.Bucket(place.Bucket);
        var select = query.FetchInputsAndOutputs ? null : DurableRows.Summary;
        var rows = engine.Table.Client.QueryAsync<TableEntity>(Condition(bucket, place.Kind, query), size, select, ct);
        await foreach (var page in rows.AsPages(place.Token, size).WithCancellation(ct))
        {
            var hidden = place.Kind == DurableKeys.FinishedFrom ? await OpenAsync(bucket, query, ct) : [];
            var found = page.Values
                .Where(row => !hidden.Contains(DurableKeys.InstanceOf(row.RowKey)))
                .Select(row => DurableRows.Show(row, query.FetchInputsAndOutputs ? engine.Payloads : null));
            return new([.. found], place.After(page.ContinuationToken, engine.Options.Buckets)?.ToString());
        }

        return new([]);
    }

    /// <summary>Instances of which a new run is open, so that the finished one is history.</summary>
    async Task<HashSet<string>> OpenAsync(string bucket, OrchestrationQuery query, CancellationToken ct)
    {
        var condition = Condition(bucket, DurableKeys.OpenFrom, new() { InstanceIdPrefix = query.InstanceIdPrefix });
        var open = new HashSet<string>();
        await foreach (var row in engine.Table.Client.QueryAsync<TableEntity>(
            condition, select: [nameof(TableEntity.RowKey)], cancellationToken: ct))
        {
            open.Add(DurableKeys.InstanceOf(row.RowKey));
        }

        return open;
    }

    /// <summary>Where a list goes on.</summary>
    sealed record Place(int Bucket, string Kind, string? Token)
    {
        public static Place Parse(string? text) => text?.Split(',', 3) is [var bucket, var kind, var token]
            ? new(int.Parse(bucket, CultureInfo.InvariantCulture), kind, token.Length > 0 ? token : null)
            : new(0, DurableKeys.OpenFrom, null);

        public Place? After(string? token, int buckets) =>
            token is not null ? this with { Token = token }
            : Kind == DurableKeys.OpenFrom ? new(Bucket, DurableKeys.FinishedFrom, null)
            : Bucket + 1 < buckets ? new(Bucket + 1, DurableKeys.OpenFrom, null)
            : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Bucket},{Kind},{Token}");
    }
}
