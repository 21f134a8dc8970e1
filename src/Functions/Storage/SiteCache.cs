using Microsoft.Extensions.Caching.Memory;
using Telephony.Domain;
using Telephony.Domain.Directory;

namespace Telephony.Functions.Storage;

/// <summary>
/// What this process last saw of each site. It saves reads and decides nothing: a change that was decided on an old row
/// is turned down by the row's ETag. Bounded by blocks, so that memory does not grow with the number of sites.
/// </summary>
public sealed class SiteCache : IDisposable
{
    /// <summary>200,000 numbers.</summary>
    public const int BlocksMax = 2_000;

    readonly MemoryCache snapshots = new(new MemoryCacheOptions { SizeLimit = BlocksMax });

    internal SiteSnapshot? Find(Id<Site> site) => snapshots.Get<SiteSnapshot>(site);

    internal void Put(Id<Site> site, SiteSnapshot snapshot) => snapshots.Set(
        site, snapshot, new MemoryCacheEntryOptions { Size = Math.Max(1, snapshot.State.Pool.BlockCount) });

    internal void Drop(Id<Site> site) => snapshots.Remove(site);

    public void Dispose() => snapshots.Dispose();
}
