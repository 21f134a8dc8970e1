using Microsoft.Extensions.Time.Testing;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;
using Telephony.Functions.Audits;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Sites;

/// <summary>What an audit reads and writes: figure P8, and what is left when a request of it is lost.</summary>
public sealed class AuditTests
{
    const int RequestsMax = 40;

    /// <summary>
    /// Its events, its operations, its assignments, its things of four kinds and their count, its reports, and the one
    /// transaction.
    /// </summary>
    const int OtherRequests = 10;

    readonly MemoryStore store = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(100_000, 2)]
    public async Task P8_An_audit_reads_1000_blocks_in_one_request_and_nothing_twice(int numbers, int pages)
    {
        var site = await WithBlocksAsync(numbers / Block.Size);
        var (table, count) = store.Counting();

        var report = await AuditAsync(site, table, "audit");

        Assert.Equal(numbers, report!.NumberCount);
        Assert.Equal(pages + OtherRequests, count.Calls);
    }

    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task Whichever_request_is_lost_one_report_is_kept_and_nothing_else_changes(Fault fault)
    {
        for (var call = 1; call <= RequestsMax; call++)
        {
            var site = await WithAsync(store.Table, Range(0, 220));
            for (var n = 0; n < SiteAudit.ReportsMax; n++)
                await AuditAsync(site, store.Table, Name(n), Noon.AddDays(n));
            var before = await site.ReadAsync();
            var plan = FaultPlan.At(call, fault);
            var table = store.Through(plan);

            var report = await UntilDoneAsync(() => AuditAsync(site, table, "audit", Noon.AddDays(100)));

            var after = await site.ReadAsync();
            Assert.Equal(SiteAudit.ReportsMax, after.Reports.Count);
            Assert.Contains(after.Reports, stored => stored.Id == report!.Id);
            Assert.DoesNotContain(after.Reports, stored => stored.At == Noon);
            Assert.Equal(before.Operations.Count + 1, after.Operations.Count);
            Assert.Equal(before.Numbers, after.Numbers);
            if (plan.Faults == 0)
                return;
        }

        Assert.Fail("The faults do not come to an end.");
    }

    [Fact]
    public async Task Several_at_once_keep_thirty_reports_and_each_answers_its_own()
    {
        var site = await WithAsync(store.Table, Range(0, 20));
        for (var n = 0; n < SiteAudit.ReportsMax; n++)
            await AuditAsync(site, store.Table, Name(n), Noon.AddDays(n));

        var reports = await Task.WhenAll(Enumerable.Range(50, 4).Select(n =>
            AuditAsync(site, store.Table, Name(n), Noon.AddDays(n))));

        Assert.Equal(4, reports.Select(report => report!.Id).Distinct().Count());
        var kept = (await site.ReadAsync()).Reports;
        Assert.Equal(SiteAudit.ReportsMax, kept.Count);
        Assert.All(reports, report => Assert.Contains(kept, stored => stored.Id == report!.Id));
    }

    [Fact]
    public async Task A_report_of_more_than_a_row_holds_keeps_what_matters_most_and_says_how_much_there_was()
    {
        const int Accounts = 1_200;
        var site = new TestSite(store.Table);
        for (var block = 0; block < Accounts; block++)
        {
            var owner = Id<Account>.Parse($"{new string('a', 30)}-{block}");
            var numbers = Enumerable.Range(0, Block.Size).Select(slot => KeyValuePair.Create(slot, new Number
            {
                State = NumberState.Reserved, Account = owner, Since = Noon,
            }));
            await site.InsertAsync(
                BlockRow.Write(site.Id, new(Number(block * Block.Size).Block, numbers), null, default));
        }

        var report = await AuditAsync(site, store.Table, "audit", Noon.AddDays(91));

        var stored = Assert.Single((await site.ReadAsync()).Reports);
        // Each account is unknown, counted otherwise, and idle; and the pool is empty.
        Assert.Equal((3 * Accounts) + 1, stored.FindingCount);
        Assert.Equal((2 * Accounts) + 1, stored.CriticalCount);
        Assert.InRange(stored.Findings.Length, 100, AuditReport.FindingsMax);
        Assert.Equal("pool-critical", stored.Findings[0].Code);
        Assert.Equal(Block.Size, stored.Findings[1].NumberCount);
        Assert.Equal(report!.FindingCount, stored.FindingCount);
    }

    [Fact]
    public async Task The_audit_of_a_day_is_made_once()
    {
        var site = await WithAsync(store.Table, Range(0, 20));
        var directory = new MemoryTable();
        await directory.CommitAsync(
            "~sites", [new RowChange.Insert(DirectoryRows.Claim("~sites", site.Id.Value, "acme"))], Ct);
        await directory.CommitAsync("acme", [new RowChange.Insert(DirectoryRows.Write(Here(site)))], Ct);
        var audit = Audit(site, store.Table, TimeProvider.System, directory);

        for (var times = 0; times < 3; times++)
            await audit.AuditAsync(site.Id, new DateOnly(2026, 3, 2), Ct);
        await audit.AuditAsync(site.Id, new DateOnly(2026, 3, 3), Ct);

        var reports = (await site.ReadAsync()).Reports;
        Assert.Equal(["system", "system"], reports.Select(report => report.By));
    }

    static Site Here(TestSite site) =>
        new(site.Id, Id<Operator>.Parse("acme"), "Here", "GB", "Europe/London", "1 High Street");

    [Fact]
    public async Task A_key_that_was_used_for_another_audit_is_refused_and_not_tried_again()
    {
        var site = await WithBlocksAsync(1);
        await AuditAsync(site, store.Table, "audit");

        Assert.True((await AskAsync(site, store.Table, "audit", "another")).Refused(out var problem, out _));
        Assert.Equal("idempotency-key-reused", problem.Code);
    }

    static SiteAudit Audit(TestSite site, ITable table, TimeProvider clock, MemoryTable directory)
    {
        var (process, known) = (site.Process(table, clock), new DirectoryTable(directory, new DirectoryCache(clock)));
        return new(
            process, new(table),
            new(process, new(table), new(table), new(table, new(table)), new(table), known, clock), known, clock);
    }

    static async Task<AuditReport?> AuditAsync(TestSite site, ITable table, string name, DateTimeOffset? at = null) =>
        (await AskAsync(site, table, name, "audit", at)).Refused(out _, out var report) ? null : report;

    static Task<Checked<AuditReport>> AskAsync(
        TestSite site, ITable table, string name, string arguments, DateTimeOffset? at = null)
    {
        var now = at ?? Noon;
        return Audit(site, table, new FakeTimeProvider(now), new()).AuditAsync(
            Here(site),
            new Operation
            {
                Id = new(site.Id, name.PadRight(26, '2')),
                Kind = OperationKind.Audit,
                Actor = new("olga", Role.OperatorAdmin, null),
                Arguments = arguments,
                At = now,
            }, Ct);
    }

    static async Task<T> UntilDoneAsync<T>(Func<Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (IOException) when (attempt < RequestsMax)
            {
                // Lost: the caller asks again.
            }
        }
    }

    /// <summary>A site of so many full blocks.</summary>
    async Task<TestSite> WithBlocksAsync(int count)
    {
        var (site, number) = (new TestSite(store.Table), new Number());
        await site.RulesAsync(SiteRules.Default);
        for (var block = 0; block < count; block++)
        {
            await site.InsertAsync(BlockRow.Write(
                site.Id,
                new(Number(block * Block.Size).Block, Slots.All.Select(slot => KeyValuePair.Create(slot, number))),
                null, default));
        }

        return site;
    }
}
