using System.Collections.Concurrent;
using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Sites;

/// <summary>Where a suite keeps its sites: each suite runs on memory and on the real protocol.</summary>
public abstract class Store
{
    /// <summary>The undisturbed table.</summary>
    public abstract ITable Table { get; }

    /// <summary>The same rows through requests that fail as planned; the plan also counts them.</summary>
    /// <param name="plan">Which requests are lost.</param>
    /// <param name="retries">How often the client library itself repeats a request; memory has no such client.</param>
    public abstract ITable Through(FaultPlan plan, int retries = 0);

    /// <summary>A table that counts its requests.</summary>
    public (ITable Table, FaultPlan Count) Counting()
    {
        var count = FaultPlan.None();
        return (Through(count), count);
    }
}

public sealed class MemoryStore : Store
{
    readonly MemoryTable table = new();

    public override ITable Table => table;

    public override ITable Through(FaultPlan plan, int retries = 0) => new FaultyTable(table, plan);
}

public sealed class AzuriteStore : Store
{
    static readonly ConcurrentDictionary<(string, string), Lazy<bool>> Created = new();

    readonly AzuriteFixture azurite;
    readonly string name;

    public AzuriteStore(AzuriteFixture azurite, string name = TableNames.Sites)
    {
        (this.azurite, this.name) = (azurite, name);
        Table = new AzureTable(new TableClient(azurite.ConnectionString, name));
        _ = Created.GetOrAdd((azurite.ConnectionString, name), table => new(() =>
            new TableClient(table.Item1, table.Item2).CreateIfNotExists() is not null)).Value;
    }

    public override ITable Table { get; }

    public override ITable Through(FaultPlan plan, int retries = 0) => new AzureTable(new TableClient(
        azurite.ConnectionString, name, StorageOptions.With(retries, new FaultPolicy(plan))));

    public ITable Through(CountingPolicy counter) => new AzureTable(new TableClient(
        azurite.ConnectionString, name, StorageOptions.With(0, counter)));
}
