using Microsoft.Extensions.Caching.Memory;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// What this process last saw of each site, and of the operations that it carries out there. It saves reads and decides
/// nothing: a change that was decided on an old row is turned down by the row's ETag. Bounded by blocks and operations,
/// so that memory does not grow with the number of sites.
/// </summary>
public sealed class SiteCache : IDisposable
{
    /// <summary>200,000 numbers.</summary>
    public const int BlocksMax = 2_000;

    /// <summary>Between two steps of an operation pass seconds; many at once are few hundreds.</summary>
    public const int OperationsMax = 500;

    readonly MemoryCache snapshots = new(new MemoryCacheOptions { SizeLimit = BlocksMax });
    readonly MemoryCache operations = new(new MemoryCacheOptions { SizeLimit = OperationsMax });

    internal SiteSnapshot? Find(Id<Site> site) => snapshots.Get<SiteSnapshot>(site);

    internal void Put(Id<Site> site, SiteSnapshot snapshot) => snapshots.Set(
        site, snapshot, new MemoryCacheEntryOptions { Size = Math.Max(1, snapshot.State.Pool.BlockCount) });

    internal void Drop(Id<Site> site) => snapshots.Remove(site);

    internal Operation? Find(OperationId operation) => operations.Get<Operation>(operation);

    internal void Put(Operation operation) => operations.Set(
        operation.Id, operation,
        new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = SitePartition.AgeMax });

    internal void Drop(OperationId operation) => operations.Remove(operation);

    public void Dispose()
    {
        snapshots.Dispose();
        operations.Dispose();
    }
}
