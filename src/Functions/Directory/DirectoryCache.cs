using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Caching.Memory;

namespace Telephony.Functions.Directory;

/// <summary>
/// What every request looks up, for at most 30 seconds and a bounded number of entries. It decides no write.
/// </summary>
public sealed class DirectoryCache(TimeProvider clock) : IDisposable
{
    public const int EntriesMax = 10_000;

    public static readonly TimeSpan AgeMax = TimeSpan.FromSeconds(30);

    readonly MemoryCache entries = new(new MemoryCacheOptions { SizeLimit = EntriesMax });
    long drops;

    /// <summary>
    /// The cached thing, or what <paramref name="load"/> finds. That something is missing is not remembered.
    /// </summary>
    public async Task<T?> GetAsync<T>(string partition, string row, Func<Task<T?>> load, bool fresh = false)
        where T : class
    {
        if (!fresh && TryGet((partition, row), out T? cached))
            return cached;

        var (dropsBefore, readAt) = (Interlocked.Read(ref drops), clock.GetTimestamp());
        var loaded = await load();
        // A read that a write of ours overtook may be old already: it is used once and not kept.
        if (loaded is not null && Interlocked.Read(ref drops) == dropsBefore)
        {
            var options = new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = AgeMax };
            entries.Set((partition, row), new Entry(loaded, readAt), options);
        }
        else if (loaded is null)
        {
            entries.Remove((partition, row));
        }

        return loaded;
    }

    public void Drop(string partition, string row)
    {
        Interlocked.Increment(ref drops);
        entries.Remove((partition, row));
    }

    public void Dispose() => entries.Dispose();

    bool TryGet<T>((string, string) key, [NotNullWhen(true)] out T? value)
        where T : class
    {
        var young = entries.TryGetValue(key, out Entry? entry) && clock.GetElapsedTime(entry!.ReadAt) < AgeMax;
        value = young ? (T)entry!.Value : null;
        return young;
    }

    sealed record Entry(object Value, long ReadAt);
}
