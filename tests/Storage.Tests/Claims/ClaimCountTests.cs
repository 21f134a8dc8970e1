using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Claims.ClaimProcess;

namespace Telephony.Storage.Tests.Claims;

/// <summary>What leaves the client library for an import: figure P9.</summary>
public sealed class ClaimCountTests(AzuriteFixture azurite)
{
    readonly AzuriteStore store = new(azurite);
    readonly CountingPolicy counter = new();

    [Theory]
    [InlineData(0, 9_700, 5)]
    [InlineData(9_950, 9_600, 6)]
    [InlineData(0, 1, 5)]
    public async Task An_import_of_numbers_in_a_row_is_five_requests_and_one_more_over_the_end_of_a_partition(
        int first, int count, int requests)
    {
        var world = new ClaimWorld(store);
        var process = world.Process(store.Through(counter));

        // Is it a repeat, the site, what is to be claimed, the claims, the numbers.
        Changed(await process.ImportAsync(world.Ours, "request", world.Range(first, count)));

        Assert.Equal(requests, counter.Total);
        await world.AssertInStepAsync();
        counter.Reset();

        Changed(await process.ImportAsync(world.Ours, "request", world.Range(first, count)));
        Assert.Equal(1, counter.Total);
    }
}
