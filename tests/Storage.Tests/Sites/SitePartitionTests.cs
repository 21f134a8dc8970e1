using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class SitePartitionOnMemory() : SitePartitionTests(new MemoryStore());

public sealed class SitePartitionOnAzurite(AzuriteFixture azurite) : SitePartitionTests(new AzuriteStore(azurite));

/// <summary>What comes of each change, of its repeat, and of a refusal.</summary>
public abstract class SitePartitionTests(Store store)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Imported_numbers_are_in_the_pool()
    {
        var site = new TestSite(store.Table);

        var done = await DoneAsync(site.Process(), site.Import("import", Range(50, 100), NumberKind.Premium));

        Assert.Equal((OperationState.Succeeded, Range(50, 100)), (done.Operation.State, done.Operation.Changed));
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(Range(50, 100), NumberSet.Of(after.Numbers.Keys));
        Assert.All(after.Numbers.Values, number => Assert.Equal(new Number(NumberKind.Premium), number));
    }

    [Fact]
    public async Task Numbers_are_added_to_a_block_that_has_some()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        await DoneAsync(site.Process(), site.Allocate("first", "acme", Range(0, 5)));

        await DoneAsync(site.Process(), site.Import("more", Range(10, 10)));

        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal((Range(0, 20), Range(0, 5)), (NumberSet.Of(after.Numbers.Keys), after.Reserved("acme")));
    }

    [Fact]
    public async Task An_allocation_gives_these_very_numbers_and_counts_them()
    {
        var site = await WithAsync(store.Table, Range(0, 200));

        var done = await DoneAsync(site.Process(), site.Allocate("first", "acme", Numbers(3, 150)));

        Assert.False(done.Replayed);
        Assert.Equal(Numbers(3, 150), done.Operation.Changed);
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(Numbers(3, 150), after.Reserved("acme"));
        Assert.Equal(2, after.Holdings["acme"].DirectNumbers);
        var number = after.Numbers[Number(150)];
        Assert.Equal((NumberSource.ByHand, done.Operation.Id), (number.Source!.Value, number.Operation!.Value));
        Assert.Equal((Noon, 2), (number.Since!.Value, number.Version));
    }

    [Fact]
    public async Task Numbers_that_the_account_has_already_are_told_apart_from_new_ones()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var process = site.Process();
        await DoneAsync(process, site.Allocate("first", "acme", Range(0, 3)));

        var done = await DoneAsync(process, site.Allocate("second", "acme", Range(2, 3)));

        Assert.Equal((Range(3, 2), Range(2, 1)), (done.Operation.Changed, done.Operation.Unchanged));
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(Range(0, 5), after.Reserved("acme"));
    }

    [Fact]
    public async Task A_request_that_changes_nothing_is_remembered_and_announces_nothing()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var process = site.Process();
        await DoneAsync(process, site.Allocate("first", "acme", Range(0, 3)));
        var before = await site.ReadAsync();

        var done = await DoneAsync(process, site.Allocate("second", "acme", Range(0, 3)));

        Assert.Equal((OperationState.Succeeded, Range(0, 3)), (done.Operation.State, done.Operation.Unchanged));
        var after = await site.ReadAsync();
        Assert.Equal(before.Events.Count, after.Events.Count);
        Assert.Equal(before.Numbers.OrderBy(n => n.Key), after.Numbers.OrderBy(n => n.Key));
        Assert.Equal(before.Operations.Count + 1, after.Operations.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_takes_what_the_account_lacks(bool inSteps)
    {
        var site = await WithAsync(store.Table, Range(0, 120));
        var process = site.Process();
        await DoneAsync(process, site.Allocate("byhand", "acme", Numbers(0, 110)));

        var outcome = await RunAsync(process, site.Assign("service", "acme", 5), inSteps);

        var done = Assert.IsType<SiteOutcome.Done>(outcome);
        Assert.Equal((OperationState.Succeeded, Range(111, 3)), (done.Operation.State, done.Operation.Changed));
        var after = await site.ReadAsync();
        after.AssertConsistent();
        Assert.Equal(5, after.Holdings["acme"].DirectNumbers);
        var service = Assert.Single(after.Holdings["acme"].Services.Values);
        Assert.Equal(("voice", 5, 1), (service.Code, service.Quantity, service.Version));
        Assert.Equal(OperationState.Succeeded, after.Operation(done.Operation.Id).State);
    }

    [Theory]
    [InlineData("import", false)]
    [InlineData("import", true)]
    [InlineData("allocate", false)]
    [InlineData("allocate", true)]
    [InlineData("assign", false)]
    [InlineData("assign", true)]
    public async Task A_repeat_answers_the_same_and_writes_nothing(string what, bool inSteps)
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var work = Request(site, what);
        var process = site.Process();
        var first = Assert.IsType<SiteOutcome.Done>(await RunAsync(process, work, inSteps));
        var before = await site.ReadAsync();

        // The same process, another one, and one that is told the operation as it was before it began.
        foreach (var repeating in (SitePartition[])[process, site.Process()])
        {
            var again = Assert.IsType<SiteOutcome.Done>(await RunAsync(repeating, work, inSteps));
            Assert.True(again.Replayed);
            Assert.Equal(OperationText(first.Operation), OperationText(again.Operation));
        }

        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("allocate")]
    [InlineData("assign")]
    public async Task A_key_that_is_used_for_other_arguments_is_told(string what)
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        await DoneAsync(site.Process(), Request(site, what));
        var before = await site.ReadAsync();
        // One that would be carried out, and one that would be refused.
        SiteWork[] others = [site
            .Allocate("request", "acme", Range(7, 1)), site.Allocate("request", "acme", Range(500, 1))];

        foreach (var other in others)
        {
            var reused = Assert.IsType<SiteOutcome.KeyReused>(await site.Process().TransactAsync(other, Ct));
            Assert.Equal(other.Operation.Id, reused.Operation.Id);
        }

        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    [Fact]
    public async Task A_refusal_names_each_number_and_changes_nothing()
    {
        var site = await WithAsync(store.Table, Range(0, 10));
        var process = site.Process();
        await DoneAsync(process, site.Allocate("first", "acme", Range(0, 2)));
        var before = await site.ReadAsync();

        SiteWork[] refused =
        [
            site.Allocate("mixed", "other", Numbers(0, 1, 5, 50)),
            site.Assign("toomuch", "other", 9),
            site.Assign("noversion", "other", 1, version: 7),
            site.Import("twice", Range(9, 2)),
        ];
        var refusals = new List<Refusal>();
        foreach (var work in refused)
            refusals.AddRange(Assert.IsType<SiteOutcome.Refused>(await process.TransactAsync(work, Ct)).Refusals);

        Assert.Equal(
        [
            TestSite.Taken(Number(0)),
            TestSite.Taken(Number(1)),
            new Refusal.OfNumber(Number(50), NumberRefusal.NotProvisioned) { To = NumberState.Reserved },
            new Refusal.PoolExhausted(9, 8),
            new Refusal.ServiceChanged(Domain.Id<Domain.Services.VoiceService>.Parse("voice-1"), null),
            new Refusal.OfNumber(Number(9), NumberRefusal.AlreadyProvisioned),
        ],
        refusals);
        Assert.Equal(before.Exact, (await site.ReadAsync()).Exact);
    }

    static SiteWork Request(TestSite site, string what) => what switch
    {
        "import" => site.Import("request", Range(100, 5)),
        "allocate" => site.Allocate("request", "acme", Range(2, 3)),
        _ => site.Assign("request", "acme", 3),
    };

    static Task<SiteOutcome> RunAsync(SitePartition process, SiteWork work, bool inSteps) =>
        inSteps ? InStepsAsync(process, work) : process.TransactAsync(work, Ct);

    static async Task<SiteOutcome.Done> DoneAsync(SitePartition process, SiteWork work) =>
        Assert.IsType<SiteOutcome.Done>(await process.TransactAsync(work, Ct));

    static string OperationText(Operation o) =>
        $"{o.Id} {o.Kind} {o.State} {o.Arguments} {o.Actor} {o.Account} {o.At:O} {o.EndedAt:O} "
        + $"{o.Changed} {o.Unchanged} "
        + string.Join(';', o.Steps);
}
