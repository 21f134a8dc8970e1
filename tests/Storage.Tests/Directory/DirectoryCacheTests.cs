using Microsoft.Extensions.Time.Testing;
using Telephony.Functions.Directory;

namespace Telephony.Storage.Tests.Directory;

public sealed class DirectoryCacheTests
{
    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    int loads;

    [Theory]
    [InlineData(29, 1)]
    [InlineData(30, 2)]
    public async Task What_was_read_is_kept_for_less_than_30_seconds(int seconds, int expected)
    {
        using var cache = new DirectoryCache(clock);
        await LoadAsync(cache);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        await LoadAsync(cache);
        Assert.Equal(expected, loads);
    }

    [Fact]
    public async Task The_age_counts_from_before_the_read()
    {
        using var cache = new DirectoryCache(clock);
        await cache.GetAsync("p", "r", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            return Task.FromResult<string?>("slow");
        });
        clock.Advance(TimeSpan.FromSeconds(10));
        await LoadAsync(cache);
        Assert.Equal(1, loads);
    }

    [Fact]
    public async Task What_is_dropped_or_missing_is_read_again()
    {
        using var cache = new DirectoryCache(clock);
        await LoadAsync(cache);
        cache.Drop("p", "r");
        await LoadAsync(cache);
        Assert.Equal(2, loads);

        Assert.Null(await cache.GetAsync("p", "other", () => Task.FromResult<string?>(null)));
        Assert.Equal("here now", await cache.GetAsync("p", "other", () => Task.FromResult<string?>("here now")));
    }

    [Fact]
    public async Task A_read_that_a_write_overtook_is_not_kept()
    {
        using var cache = new DirectoryCache(clock);
        var old = await cache.GetAsync("p", "r", () =>
        {
            cache.Drop("p", "r");
            return Task.FromResult<string?>("old");
        });

        Assert.Equal("old", old);
        await LoadAsync(cache);
        Assert.Equal(1, loads);
    }

    Task<string?> LoadAsync(DirectoryCache cache) => cache.GetAsync("p", "r", () =>
    {
        loads++;
        return Task.FromResult<string?>("value");
    });
}
