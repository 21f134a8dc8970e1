using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Contract;

public abstract partial class TableContract
{
    [Fact]
    public async Task A_row_that_was_never_written_is_not_found() =>
        Assert.Null(await (await OpenAsync()).FindAsync(Partition, "a", Ct));

    [Fact]
    public async Task What_is_inserted_is_read_back_with_its_types_and_the_version_that_was_answered()
    {
        var table = await OpenAsync();
        var time = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 123, TimeSpan.FromHours(2)).AddTicks(4567);
        var id = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        var row = Row("a", "Zürich <&> \"☎\" 日本");
        foreach (var (name, value) in new (string, object)[]
        {
            ("I", 42), ("L", 5_000_000_000L), ("B", true), ("D", 0.5), ("G", id), ("T", time),
                ("Y", new byte[] { 1, 255 }),
        })
        {
            row[name] = value;
        }

        var version = Assert.Single(await CommittedAsync(table, new RowChange.Insert(row)));

        var found = await FindAsync(table, "a");
        Assert.Equal(version, found.ETag);
        Assert.Equal("Zürich <&> \"☎\" 日本", found.GetString("Text"));
        Assert.Equal((42, 5_000_000_000L, true), (found.GetInt32("I"), found.GetInt64("L"), found.GetBoolean("B")));
        Assert.Equal((0.5, id, time), (found.GetDouble("D"), found.GetGuid("G"), found.GetDateTimeOffset("T")));
        Assert.Equal(new byte[] { 1, 255 }, found.GetBinary("Y"));
    }

    [Fact]
    public async Task An_insert_over_a_row_is_refused_and_changes_nothing()
    {
        var table = await OpenAsync();
        await PutAsync(table, "a", "first");

        await RefusedAsync(table, 0, ConflictKind.Exists, Insert("a", "second"));
    }

    [Fact]
    public async Task A_merge_keeps_what_it_does_not_name()
    {
        var table = await OpenAsync();
        var version = await PutAsync(table, "a", "old");
        var change = Row("a", version: version);
        change["Other"] = 1;

        await CommittedAsync(table, new RowChange.Merge(change));

        var found = await FindAsync(table, "a");
        Assert.Equal(("old", 1), (found.GetString("Text"), found.GetInt32("Other")));
    }

    [Fact]
    public async Task A_merge_cannot_remove_a_property_but_can_empty_it()
    {
        var table = await OpenAsync();
        var version = await PutAsync(table, "a", "old");
        var change = Row("a", version: version);
        change["Text"] = null;

        version = Assert.Single(await CommittedAsync(table, new RowChange.Merge(change)));
        Assert.Equal("old", (await FindAsync(table, "a")).GetString("Text"));

        await CommittedAsync(table, new RowChange.Merge(Row("a", "", version)));
        Assert.Equal("", (await FindAsync(table, "a")).GetString("Text"));
    }

    [Fact]
    public async Task A_replace_drops_what_it_does_not_name()
    {
        var table = await OpenAsync();
        var version = await PutAsync(table, "a", "old");
        var change = Row("a", version: version);
        change["Other"] = 1;

        await CommittedAsync(table, new RowChange.Replace(change));

        var found = await FindAsync(table, "a");
        Assert.False(found.ContainsKey("Text"));
        Assert.Equal(1, found.GetInt32("Other"));
    }

    [Fact]
    public async Task A_deleted_row_is_gone_and_may_come_again()
    {
        var table = await OpenAsync();
        var version = await PutAsync(table, "a");

        await CommittedAsync(table, new RowChange.Delete(Row("a", version: version)));

        Assert.Null(await table.FindAsync(Partition, "a", Ct));
        Assert.NotEqual(version, await PutAsync(table, "a"));
    }

    [Fact]
    public async Task Each_write_makes_a_new_version_that_the_next_write_can_use()
    {
        var table = await OpenAsync();
        var inserted = await PutAsync(table, "a");
        var merged = Assert.Single(await CommittedAsync(table, new RowChange.Merge(Row("a", "1", inserted))));
        // The same content once more is a new version all the same.
        var again = Assert.Single(await CommittedAsync(table, new RowChange.Merge(Row("a", "1", merged))));
        var replaced = Assert.Single(await CommittedAsync(table, new RowChange.Replace(Row("a", "2", again))));

        Assert.Equal(4, new[] { inserted, merged, again, replaced }.Distinct().Count());
        Assert.Equal(replaced, (await FindAsync(table, "a")).ETag);
        await CommittedAsync(table, new RowChange.Delete(Row("a", version: replaced)));
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("replace")]
    [InlineData("delete")]
    public async Task A_write_with_an_old_version_is_refused_and_changes_nothing(string write)
    {
        var table = await OpenAsync();
        var old = await PutAsync(table, "a", "1");
        await CommittedAsync(table, new RowChange.Merge(Row("a", "2", old)));

        await RefusedAsync(table, 0, ConflictKind.Stale, Write(write, Row("a", "3", old)));
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("replace")]
    [InlineData("delete")]
    public async Task A_write_of_a_row_that_is_gone_is_refused_and_changes_nothing(string write)
    {
        var table = await OpenAsync();
        var version = await PutAsync(table, "a", "1");
        await CommittedAsync(table, new RowChange.Delete(Row("a", version: version)));

        await RefusedAsync(table, 0, ConflictKind.Missing, Write(write, Row("a", "3", version)));
    }

    [Fact]
    public async Task A_transaction_answers_the_versions_in_the_order_of_its_changes()
    {
        var table = await OpenAsync();
        var (b, d) = (await PutAsync(table, "b"), await PutAsync(table, "d"));

        var versions = await CommittedAsync(
            table, Insert("c"), new RowChange.Merge(Row("b", "1", b)), new RowChange.Delete(Row("d", version: d)),
                Insert("a"));

        Assert.Equal(4, versions.Count);
        Assert.Equal(
            [(await FindAsync(table, "c")).ETag, (await FindAsync(table, "b")).ETag,
                (await FindAsync(table, "a")).ETag],
            new[] { versions[0], versions[1], versions[3] });
        Assert.Equal(default, versions[2]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(57)]
    [InlineData(99)]
    public async Task A_conflict_anywhere_in_a_transaction_is_named_by_its_place_and_nothing_changes(int place)
    {
        var table = await OpenAsync();
        var gone = await PutAsync(table, "gone");
        await CommittedAsync(table, new RowChange.Delete(Row("gone", version: gone)));
        var stale = await PutAsync(table, "stale");
        await CommittedAsync(table, new RowChange.Merge(Row("stale", "moved on", stale)));

        await RefusedAsync(table, place, ConflictKind.Exists, Hundred(Insert("stale")));
        await RefusedAsync(table, place, ConflictKind.Stale, Hundred(new RowChange.Merge(Row("stale", "x", stale))));
        await RefusedAsync(table, place, ConflictKind.Stale, Hundred(new RowChange.Delete(Row("stale", "x", stale))));
        await RefusedAsync(table, place, ConflictKind.Missing, Hundred(new RowChange.Replace(Row("gone", "x", gone))));

        RowChange[] Hundred(RowChange conflict) =>
            [.. Enumerable.Range(0, 100).Select(i => i == place ? conflict : Insert($"n{i:00}"))];
    }

    static RowChange Write(string kind, TableEntity row) => kind switch
    {
        "merge" => new RowChange.Merge(row),
        "replace" => new RowChange.Replace(row),
        _ => new RowChange.Delete(row),
    };
}
