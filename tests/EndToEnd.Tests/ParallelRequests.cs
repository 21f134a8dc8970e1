using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>
/// Many at once, in one process and in two that share their tables: no number is given twice and nobody gets an error.
/// </summary>
public sealed class ParallelRequests(AzuriteFixture azurite)
{
    const int Requests = 16;
    const int Quantity = 10;

    /// <summary>Each gets a main number besides.</summary>
    const int All = Requests * (Quantity + 1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Sixteen_occupiers_that_ask_for_ten_numbers_at_once_get_160_distinct_ones(int processes)
    {
        using var directory = new TemporaryDirectory();
        await using var first = await AppProcess.StartAsync(azurite.ConnectionString, directory.Path);
        await using var second = processes == 2
            ? await AppProcess.StartAsync(
                azurite.ConnectionString, directory.Path,
                // The files of a Service Bus belong to one process.
                ("LocalRuntime__ServiceBus__Journal", "false"))
            : null;
        using var one = new Api(first.BaseAddress);
        using var other = new Api((second ?? first).BaseAddress);
        var site = $"parallel-{processes}";
        var accounts = Enumerable.Range(0, Requests).Select(i => $"{site}-{i}").ToList();
        await SampleSite.SeedAsync(one, site, numbers: 200, accounts);

        var results = await Task.WhenAll(accounts.Select(async (account, i) =>
        {
            var api = i % 2 == 0 ? one : other;
            var accepted = (await SampleSite.AssignAsync(api, site, account, Quantity, "at-once")).Is(202);
            return await api.EndedAsync(accepted.Body.GetProperty("id").GetString()!);
        }));

        Assert.All(results, result => Assert.Equal("Succeeded", result.GetProperty("state").GetString()));
        var numbers = results.SelectMany(result => result.GetProperty("numbers").EnumerateArray())
            .Select(number => number.GetProperty("number").GetString()).ToList();
        Assert.Equal(All, numbers.Count);
        Assert.Equal(All, numbers.Distinct().Count());

        // Main numbers are on their way to being activated, by operations that nobody waits for.
        var all = (await one.GetAsync("olivia", $"sites/{site}/numbers?top=1000")).Is(200);
        Assert.Equal(All, all.Body.GetProperty("items").EnumerateArray().Count(
            number => number.GetProperty("state").GetString() is "Active" or "Activating" or "Reserved"));
    }
}
