using Azure;
using Telephony.Domain.Numbers;
using Telephony.Functions.History;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.History;

/// <summary>What is forgotten after ten years, and what never is. Changes are a day apart, the first at noon.</summary>
public sealed class TrimTests
{
    readonly MemoryTable sites = new();
    readonly MemoryTable history = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    TestHistory Tables => new(sites, history);

    [Theory]
    [InlineData(-1, "import take give retake")]
    [InlineData(0, "import take give retake")]
    [InlineData(1, "import take give retake")]
    [InlineData(2, "import give retake")]
    [InlineData(3, "import retake")]
    [InlineData(1000, "import retake")]
    public async Task A_change_goes_when_it_and_a_later_one_of_each_of_its_numbers_are_old(int days, string kept)
    {
        var site = await LivedAsync();

        await Tables.Trimmer.TrimAsync(site.Id, TenYearsAfter(days), Ct);

        // Of the numbers that were imported together, some never changed again.
        Assert.Equal(kept, await KeptAsync(site));
    }

    [Fact]
    public async Task What_a_number_is_and_was_since_the_limit_can_be_told_after_it()
    {
        var site = await LivedAsync();
        await Tables.Trimmer.TrimAsync(site.Id, TenYearsAfter(3), Ct);

        var spans = (await Tables.OfAsync(site.Id, Number(1))).Spans;

        Assert.Equal([(1, null), (4, "birch")], spans.Select(span => (span.Entry.Version, span.Entry.Holder?.Value)));
        Assert.Null((await Tables.OfAsync(site.Id, Number(0))).Spans.Single().Entry.Holder);
    }

    [Fact]
    public async Task Trimming_again_finds_nothing_more_and_two_at_once_are_one()
    {
        var site = await LivedAsync();

        var both = await Task.WhenAll(
            Tables.Trimmer.TrimAsync(site.Id, TenYearsAfter(9), Ct),
            Tables.Trimmer.TrimAsync(site.Id, TenYearsAfter(9), Ct));

        Assert.Equal(2, both.Sum());
        Assert.Equal(0, await Tables.Trimmer.TrimAsync(site.Id, TenYearsAfter(9), Ct));
        Assert.Equal("import retake", await KeptAsync(site));
    }

    [Fact]
    public async Task One_call_forgets_so_many_and_the_next_one_the_rest()
    {
        var site = await WithAsync(sites, Range(0, 1));
        const int changes = HistoryTrimmer.RowsMax + 51;
        for (var version = 1; version <= changes; version++)
            await ChangeAsync(site, $"{version}", Numbers(0), version, null);

        Assert.Equal(HistoryTrimmer.RowsMax, await Tables.Trimmer.TrimAsync(site.Id, TenYearsAfter(9_999), Ct));
        Assert.Equal(50, await Tables.Trimmer.TrimAsync(site.Id, TenYearsAfter(9_999), Ct));
        Assert.Equal($"{changes}", await KeptAsync(site));
    }

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task Whichever_request_is_lost_nothing_goes_that_is_needed(Fault fault)
    {
        for (var call = 1; call <= 3; call++)
        {
            var site = await LivedAsync();
            var plan = FaultPlan.At(call, fault);
            var trimmer = new TestHistory(new FaultyTable(sites, plan), new FaultyTable(history, plan)).Trimmer;

            await Assert.ThrowsAsync<IOException>(() => trimmer.TrimAsync(site.Id, TenYearsAfter(9), Ct));
            await trimmer.TrimAsync(site.Id, TenYearsAfter(9), Ct);

            Assert.Equal("import retake", await KeptAsync(site));
        }
    }

    /// <summary>Three numbers; the second one is taken, given back and taken again.</summary>
    async Task<TestSite> LivedAsync()
    {
        var site = await WithAsync(sites, Range(0, 3));
        await ChangeAsync(site, "import", Range(0, 3), 1, null);
        await ChangeAsync(site, "take", Numbers(1), 2, "acme");
        await ChangeAsync(site, "give", Numbers(1), 3, null);
        await ChangeAsync(site, "retake", Numbers(1), 4, "birch");
        return site;
    }

    async Task ChangeAsync(TestSite site, string step, NumberSet numbers, int version, string? account)
    {
        var operation = site.Import("request", numbers).Operation;
        var move = new Move(
            new(NumberState.Available, account is null ? NumberState.Available : NumberState.Reserved,
                NumberRole.Direct, account is null ? null : Domain.Id<Domain.Directory.Account>.Parse(account), null),
            numbers, [.. Enumerable.Repeat(version, numbers.Count)]);
        var row = EventRow.Write(
            operation, step, new([], [], numbers, NumberSet.Empty), [move], Noon.AddDays(version - 1), 1);
        row.ETag = new ETag("unused");
        foreach (var part in HistoryRow.Of(EventRow.Read(row)))
        {
            Assert.IsType<CommitResult.Committed>(
                await history.CommitAsync(part.PartitionKey, [new RowChange.Insert(part)], Ct));
        }
    }

    async Task<string> KeptAsync(TestSite site) => string.Join(
        ' ', (await Tables.RowsAsync(site.Id, Number(0).Block)).Select(row => row.RowKey.Split('~')[1]));

    /// <summary>Just after the change of a day, counted from the first one, is ten years old.</summary>
    static DateTimeOffset TenYearsAfter(int day) => Noon.AddYears(10).AddDays(day).AddHours(1);
}
