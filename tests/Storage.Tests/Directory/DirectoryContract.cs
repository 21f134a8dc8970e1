using Azure;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Directory;

/// <summary>The directory's store, on memory and on Azurite.</summary>
public abstract class DirectoryContract
{
    static readonly Operator Acme = new(Id<Operator>.Parse("acme"), "Acme");
    static readonly Operator Other = new(Id<Operator>.Parse("other"), "Other");
    static readonly Site London =
        new(Id<Site>.Parse("london"), Acme.Id, "London", "GB", "Europe/London", "1 High Street");
    static readonly Account Tenant =
        new(Id<Account>.Parse("tenant"), Acme.Id, AccountKind.Occupier, "Tenant", [London.Id]);
    static readonly User Eve =
        new(Id<User>.Parse("eve"), Tenant.Id, "Eve", "eve@tenant.example", Role.OccupierUser, [London.Id]);
    static readonly Precondition New = new Precondition.Create();

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>An empty table.</summary>
    protected abstract Task<ITable> OpenAsync();

    [Fact]
    public async Task What_is_written_is_read_back()
    {
        var (table, changes) = Over(await OpenAsync());
        await WriteAllAsync(changes);

        Assert.Equal(Acme, (await table.FindAsync(Acme.Id, Ct))!.Value);
        Assert.Equal(London, (await table.FindAsync(Acme.Id, London.Id, Ct))!.Value);
        Assert.Equal(London, await table.SiteAsync(London.Id, Ct));
        Assert.Equivalent(Tenant, (await table.FindAsync(Acme.Id, Tenant.Id, Ct))!.Value, strict: true);
        Assert.Equivalent(Eve, (await table.FindAsync(Acme.Id, Tenant.Id, Eve.Id, Ct))!.Value, strict: true);
        Assert.Equivalent(
            Account.OfOperator(Acme), await table.AccountAsync(Acme.Id, Id<Account>.Parse("acme"), Ct), strict: true);
        Assert.Equal([Acme], await table.OperatorsAsync(null, 10, Ct).ToListAsync(Ct));
        Assert.Equal([London], await table.SitesAsync(Acme.Id, null, 10, Ct).ToListAsync(Ct));
        Assert.Equal(
            ["acme", "tenant"],
            await table.AccountsAsync(Acme.Id, null, 10, Ct).Select(account => account.Id.Value).ToListAsync(Ct));
        Assert.Equal(
            ["eve"], await table.UsersAsync(Acme.Id, Tenant.Id, null, 10, Ct).Select(user => user.Id.Value)
            .ToListAsync(Ct));
    }

    [Fact]
    public async Task A_list_goes_on_after_an_entry_and_keeps_to_its_kind_and_account()
    {
        var (table, changes) = Over(await OpenAsync());
        await WriteAllAsync(changes);
        foreach (var id in new[] { "eve-2", "eve0", "evelyn", "a" })
            await changes.PutAsync(Acme.Id, Eve with { Id = Id<User>.Parse(id) }, New, Ct);
        await changes.PutAsync(Tenant with { Id = Id<Account>.Parse("tenant-2") }, New, Ct);
        await changes.PutAsync(
            Acme.Id, Eve with { Id = Id<User>.Parse("z"), Account = Id<Account>.Parse("tenant-2") }, New, Ct);

        var users = await table.UsersAsync(Acme.Id, Tenant.Id, Eve.Id, 2, Ct).Select(user => user.Id.Value)
            .ToListAsync(Ct);
        Assert.Equal(["eve-2", "eve0", "evelyn"], users);
        Assert.Equal(
            ["tenant-2"],
            await table.AccountsAsync(Acme.Id, Tenant.Id, 1, Ct).Select(account => account.Id.Value).ToListAsync(Ct));
    }

    [Fact]
    public async Task Of_two_operators_that_claim_a_site_id_at_once_one_gets_it()
    {
        var (table, changes) = Over(await OpenAsync());
        await changes.PutAsync(Acme, New, Ct);
        await changes.PutAsync(Other, New, Ct);

        var results = await Task.WhenAll(
            changes.PutAsync(London, New, Ct), changes.PutAsync(London with { Operator = Other.Id }, New, Ct));

        Assert.Single(results.OfType<PutResult.Stored>());
        Assert.Single(results.OfType<PutResult.Taken>());
        var owner = (await table.SiteOwnerAsync(London.Id, Ct))!.Value;
        Assert.Equal(owner, (await table.SiteAsync(London.Id, Ct))!.Operator);
        Assert.Null(await table.FindAsync(owner == Acme.Id ? Other.Id : Acme.Id, London.Id, Ct));
    }

    [Fact]
    public async Task A_user_id_is_taken_within_its_operator_and_free_in_another()
    {
        var (_, changes) = Over(await OpenAsync());
        await WriteAllAsync(changes);
        await changes.PutAsync(Other, New, Ct);

        var elsewhere = Eve with { Account = Id<Account>.Parse("acme") };
        Assert.IsType<PutResult.Taken>(await changes.PutAsync(Acme.Id, elsewhere, New, Ct));
        Assert.IsType<PutResult.Stored>(await changes.PutAsync(Other.Id, elsewhere, New, Ct));
    }

    [Fact]
    public async Task Nothing_is_written_over_a_version_that_was_not_seen()
    {
        var (table, changes) = Over(await OpenAsync());
        await WriteAllAsync(changes);
        var seen = (await table.FindAsync(Acme.Id, London.Id, Ct))!.Version;

        Assert.IsType<PutResult.Moved>(await changes.PutAsync(London with { Name = "1" }, New, Ct));
        var stored =
            Assert.IsType<PutResult.Stored>(await changes.PutAsync(London with { Name = "2" }, Match(seen), Ct));
        Assert.IsType<PutResult.Moved>(await changes.PutAsync(London with { Name = "3" }, Match(seen), Ct));

        var now = (await table.FindAsync(Acme.Id, London.Id, Ct))!;
        Assert.Equal(("2", stored.Version), (now.Value.Name, now.Version));
        Assert.Equal("2", (await table.SiteAsync(London.Id, Ct))!.Name);
    }

    /// <summary>Every write × every request of it × request or response lost; then the same write again.</summary>
    [Theory]
    [InlineData(Fault.BeforeCall)]
    [InlineData(Fault.AfterCall)]
    public async Task A_write_that_lost_any_request_and_is_repeated_ends_as_one_that_lost_none(Fault fault)
    {
        var expected = await ContentAsync(await WrittenAsync(await OpenAsync(), FaultPlan.None()));
        for (var call = 1; ; call++)
        {
            var plan = FaultPlan.At(call, fault);
            var table = await WrittenAsync(await OpenAsync(), plan);
            if (plan.Faults == 0)
            {
                Assert.True(call > 12, "The test proves nothing unless faults struck.");
                return;
            }

            Assert.Equal(expected, await ContentAsync(table));
        }
    }

    static async Task<ITable> WrittenAsync(ITable table, FaultPlan plan)
    {
        var (_, changes) = Over(new FaultyTable(table, plan));
        foreach (var write in Writes(changes))
        {
            PutResult result;
            try
            {
                result = await write();
            }
            catch (IOException)
            {
                result = await write();
            }

            Assert.IsType<PutResult.Stored>(result);
        }

        return table;
    }

    static async Task WriteAllAsync(DirectoryChanges changes)
    {
        foreach (var write in Writes(changes))
            Assert.True(await write() is PutResult.Stored { Created: true });
    }

    static IEnumerable<Func<Task<PutResult>>> Writes(DirectoryChanges changes) =>
    [
        () => changes.PutAsync(Acme, New, Ct),
        () => changes.PutAsync(London, New, Ct),
        () => changes.PutAsync(Tenant, New, Ct),
        () => changes.PutAsync(Acme.Id, Eve, New, Ct),
    ];

    static async Task<string[]> ContentAsync(ITable table)
    {
        var rows = new List<string>();
        foreach (var partition in new[] { "acme", DirectoryKeys.AllSites, DirectoryKeys.AllOperators })
        {
            await foreach (var row in table.RangeAsync(partition, "", "\uffff", ct: Ct))
            {
                var properties = TransactionGuard.OwnProperties(row)
                    .OrderBy(property => property.Key, StringComparer.Ordinal);
                rows.Add($"{partition} {row.RowKey} {string.Join(' ', properties)}");
            }
        }

        return [.. rows];
    }

    static (DirectoryTable Table, DirectoryChanges Changes) Over(ITable table)
    {
        var cache = new DirectoryCache(TimeProvider.System);
        return (new(table, cache), new(table, cache));
    }

    static Precondition.Match Match(ETag version) => new(version);
}
