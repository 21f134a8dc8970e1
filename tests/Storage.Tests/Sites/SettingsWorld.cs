using System.Globalization;
using System.Text.Json.Nodes;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Settings;
using Telephony.Functions.Storage;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Sites;

/// <summary>A site with numbers in service, and processes that set them.</summary>
sealed class SettingsWorld(Store store, TestSite site)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<SettingsWorld> OpenAsync(Store store)
    {
        var site = await TestSite.WithAsync(store.Table, TestSite.Range(0, 5));
        await site.Process().TransactAsync(site.Allocate("allocate", "acme", TestSite.Range(0, 5)), Ct);
        for (var index = 0; index < 5; index++)
        {
            await site.RewriteAsync(
                TestSite.Number(index), number => number with { State = NumberState.Active, Term = 1 });
        }

        return new(store, site);
    }

    public TestSite Site => site;

    public SettingsTable Table => new(store.Table);

    /// <summary>Has a process of its own set one number; the same name is the same request.</summary>
    public async Task<SiteOutcome?> SetAsync(string name, int number, JsonObject patch, ITable? through = null)
    {
        var table = through ?? store.Table;
        var queries = new SiteQueries(table);
        var (partition, settings) = (site.Process(table), new SettingsTable(table));
        var calls = new CallTable(table, queries, settings, new GroupTable(table, partition));
        var changes = new SettingsChanges(partition, settings, calls, queries, TimeProvider.System);
        var operation = new Operation
        {
            Id = new(site.Id, name.PadRight(26, '2')), Kind = OperationKind.Settings,
            Actor = new("olga", Role.OperatorAdmin, null), Arguments = patch.ToJsonString(), At = TestSite.Noon,
        };
        Assert.False(SettingsPatch.Of(patch, "GB").Refused(out _, out var read));
        var came = await changes.TransactAsync(
            Directory, new("olga", Role.OperatorAdmin, null, null), operation,
            plan => plan.SetAsync(TestSite.Number(number), read!, null, Ct), Ct);
        return came.Refused(out _, out var outcome) ? null : outcome;
    }

    public async Task<StoredSettings> ReadAsync(int number)
    {
        var id = TestSite.Number(number);
        var found = await new SiteQueries(store.Table).NumberAsync(site.Id, id, Ct);
        return await Table.FindAsync(site.Id, id, found!, Ct);
    }

    /// <summary>All that a change of settings writes, but for versions of rows.</summary>
    public async Task<string> TextAsync()
    {
        var rows = await store.Table.RangeAsync(SiteKeys.Partition(site.Id), "A", "~", ct: Ct).ToListAsync(Ct);
        var numbers = rows.Where(row => SiteKeys.IsBlock(row.RowKey)).Select(BlockRow.Read)
            .SelectMany(block => block.Provisioned.Select(slot => string.Create(
                CultureInfo.InvariantCulture, $"{slot} {block[slot]!.State} {block[slot]!.Version}")));
        return string.Join('\n', numbers
            .Concat(rows.Where(row => row.RowKey[0] is 'N').Select(row => $"{row.RowKey} {row["Settings"]}"))
            .Append($"{rows.Count(row => row.RowKey[0] is 'E')} events")
            .Append($"{rows.Count(row => row.RowKey[0] is 'F')} guards")
            .Concat(rows.Where(row => row.RowKey[0] is 'O').Select(row => $"{row["Kind"]} {row["State"]}").Order(
                StringComparer.Ordinal)));
    }

    public static JsonObject ForwardTo(int number) => new()
    {
        ["forwarding"] = new JsonObject
        {
            ["busy"] = new JsonObject { ["on"] = true, ["number"] = TestSite.Number(number).ToString() },
        },
    };

    Site Directory => new(
        site.Id, Id<Operator>.Parse("acme-op"), "A", "GB", "Europe/London", "1 High Street");
}
