using Azure;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Contract;

public abstract partial class TableContract
{
    [Fact]
    public async Task A_range_is_in_ordinal_order_from_the_first_key_up_to_but_without_the_last()
    {
        var table = await OpenAsync();
        foreach (var key in new[] { "b", "B", "a", "a|", "a~", "_", "ab", "c", "B1" })
            await PutAsync(table, key);

        Assert.Equal(["B", "B1", "_", "a", "ab", "a|", "a~", "b", "c"], await KeysAsync(table, "A", "d"));
        Assert.Equal(["a", "ab", "a|", "a~"], await KeysAsync(table, "a", "b"));
        Assert.Equal(["a|", "a~"], await KeysAsync(table, "a|", "a\u007f"));
        Assert.Empty(await KeysAsync(table, "b", "b"));
        Assert.Empty(await KeysAsync(table, "c", "a"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(25)]
    [InlineData(1000)]
    public async Task A_range_of_several_pages_has_each_row_once(int pageSize)
    {
        var table = await OpenAsync();
        var keys = Enumerable.Range(0, 50).Select(i => $"n{i:00}").ToArray();
        await CommittedAsync(table, [.. keys.Select(key => Insert(key))]);

        Assert.Equal(keys, await KeysAsync(table, "n", "o", pageSize));
    }

    [Fact]
    public async Task A_range_sees_one_partition_only()
    {
        var table = await OpenAsync();
        await PutAsync(table, "a");
        await table.CommitAsync("site-2", [new RowChange.Insert(Row("a", partition: "site-2"))], Ct);

        Assert.Equal(["a"], await KeysAsync(table, "a", "b"));
    }

    [Fact]
    public async Task A_hundred_changes_fit_a_transaction_and_one_more_does_not()
    {
        var table = await OpenAsync();
        var changes = Enumerable.Range(0, 101).Select(i => (RowChange)Insert($"n{i:000}")).ToArray();

        await ThrowsAsync(table, changes);
        Assert.Empty(await AllAsync(table));
        await CommittedAsync(table, changes[..100]);
    }

    [Fact]
    public async Task A_transaction_of_nothing_or_on_two_partitions_or_twice_on_a_row_is_a_mistake()
    {
        var table = await OpenAsync();

        await ThrowsAsync(table);
        await ThrowsAsync(table, Insert("a"), new RowChange.Insert(Row("b", partition: "site-2")));
        await ThrowsAsync(table, Insert("a"), Insert("a"));
        Assert.Empty(await AllAsync(table));
    }

    [Theory]
    [InlineData("merge")]
    [InlineData("replace")]
    [InlineData("delete")]
    public async Task A_write_without_the_version_it_was_read_at_is_a_mistake(string write)
    {
        var table = await OpenAsync();
        await PutAsync(table, "a");

        await ThrowsAsync(table, Write(write, Row("a")));
        await ThrowsAsync(table, Write(write, Row("a", version: ETag.All)));
        await ThrowsAsync(table, Write(write, Row("a", version: new(""))));
    }

    [Fact]
    public async Task The_longest_text_fits_and_one_character_more_is_a_mistake()
    {
        var table = await OpenAsync();
        var longest = new string('é', TableLimits.TextMax);

        await ThrowsAsync(table, Insert("a", longest + "é"));
        await PutAsync(table, "a", longest);
        Assert.Equal(longest, (await FindAsync(table, "a")).GetString("Text"));
    }

    [Fact]
    public async Task A_transaction_near_the_bytes_of_the_service_fits_and_one_over_them_is_a_mistake()
    {
        var table = await OpenAsync();
        var text = new string('x', TableLimits.TextMax);
        var rows = Enumerable.Range(0, 99).Select(i => Row($"n{i:00}", text)).ToArray();
        foreach (var row in rows[..24])
            row["More"] = text;

        await CommittedAsync(table, [.. rows.Select(row => new RowChange.Insert(row))]);

        foreach (var row in rows)
            (row["More"], row.RowKey) = (text, "m" + row.RowKey);
        await ThrowsAsync(table, [.. rows.Select(row => new RowChange.Insert(row))]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a\nb")]
    public async Task A_key_that_the_service_would_reject_is_a_mistake(string key) =>
        await ThrowsAsync(await OpenAsync(), Insert(key));

    [Fact]
    public async Task Too_many_properties_a_too_big_row_and_a_type_that_tables_lack_are_mistakes()
    {
        var table = await OpenAsync();
        var (many, big, odd) = (Row("many"), Row("big"), Row("odd"));
        for (var i = 0; i < 253; i++)
            many[$"p{i}"] = i;
        for (var i = 0; i < 17; i++)
            big[$"p{i}"] = new string('x', TableLimits.TextMax);
        odd["Price"] = 1.5m;

        await ThrowsAsync(table, new RowChange.Insert(many));
        await ThrowsAsync(table, new RowChange.Insert(big));
        await ThrowsAsync(table, new RowChange.Insert(odd));

        many.Remove("p0");
        big.Remove("p0");
        big.Remove("p1");
        await CommittedAsync(table, new RowChange.Insert(many), new RowChange.Insert(big));
    }

    [Fact]
    public async Task Of_many_writers_with_one_version_just_one_wins()
    {
        var table = await OpenAsync();
        var version = await PutAsync(table, "a");

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            table.CommitAsync(Partition, [new RowChange.Merge(Row("a", $"{i}", version))], Ct)));

        Assert.Single(results.OfType<CommitResult.Committed>());
        Assert.Equal(
            7, results.Count(result => result is CommitResult.Conflict { Kind: ConflictKind.Stale, Index: 0 }));
    }
}
