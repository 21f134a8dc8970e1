using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Codecs;

public sealed class BlockRowTests
{
    static readonly BlockId Id = new(4420794600);
    static readonly ETag Version = new("1");

    [Fact]
    public void A_new_row_read_back_is_the_block() => Gens.Blocks.Sample(block =>
        Assert.Equal(Said(block), Said(BlockRow.Read(New(block)))), iter: 300);

    [Fact]
    public void A_chain_of_merges_read_back_is_the_last_block() =>
        Gen.Select(Gens.Blocks, Gens.Slots.Array[1, 4], Gen.Bool).Sample((block, changes, reread) =>
        {
            var stored = New(block);
            foreach (var change in changes)
            {
                // A process decides on the block that it wrote or on one that it read.
                block = reread ? BlockRow.Read(stored) : block;
                var next = block.With(change);
                Merge(stored, BlockRow.Write(Gens.Site, next, block, Version));
                block = next;
            }

            Assert.Equal(Said(block), Said(BlockRow.Read(stored)));
        }, iter: 300);

    [Fact]
    public void A_slot_that_has_nothing_more_to_say_is_silenced_and_reads_as_provisioned()
    {
        var before = new Block(Id, [new(7, new() { Account = Id<Account>.Parse("acme"), Version = 2 })]);
        var stored = New(before);
        Assert.Equal("a=acme;v=2", stored.GetString("n07"));

        Merge(stored, BlockRow.Write(Gens.Site, before.With([new(7, new Number())]), before, Version));

        Assert.Equal("", stored.GetString("n07"));
        Assert.Equal(new Number(), BlockRow.Read(stored)[7]);
    }

    [Fact]
    public void A_merge_writes_the_slots_that_changed_and_no_others()
    {
        var number = new Number { State = NumberState.Reserved, Account = Id<Account>.Parse("acme"), Version = 2 };
        var before = new Block(Id, Enumerable.Range(0, Block.Size).Select(slot => KeyValuePair.Create(slot, number)));

        var merge = BlockRow.Write(Gens.Site, before.With([new(7, number with { Version = 3 })]), before, Version);

        Assert.Equal(
            ["Free", "Kind", "Role", "State", "n07"], Properties(merge)
                .Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_letters_and_the_count_show_the_block_in_any_table_viewer()
    {
        var row = New(new Block(Id,
        [
            new(0, new()),
            new(1, new(NumberKind.Premium, NumberRole.NominatedMain)),
            new(2, new(NumberKind.Special) { State = NumberState.Reserved }),
            new(99, new(NumberKind.PortedIn)),
        ]));

        Assert.Equal("B|000442079460000", row.RowKey);
        Assert.Equal("aar" + new string('.', 96) + "a", row.GetString("State"));
        Assert.Equal("dnd" + new string('.', 96) + "d", row.GetString("Role"));
        Assert.Equal("spx" + new string('.', 96) + "i", row.GetString("Kind"));
        Assert.Equal(3, row.GetInt32("Free"));
    }

    [Fact]
    public void Every_value_has_a_letter_of_its_own()
    {
        AssertLetters(Alphabet.States);
        AssertLetters(Alphabet.Roles);
        AssertLetters(Alphabet.Kinds);
        AssertLetters(Alphabet.Sources);

        static void AssertLetters<T>(Letters<T> letters)
            where T : struct, Enum
        {
            Assert.All(Enum.GetValues<T>(), value => Assert.Equal(value, letters[letters[value]]));
            Assert.All(Enum.GetValues<T>(), value => Assert.NotEqual(Alphabet.Nothing, letters[value]));
        }
    }

    [Theory]
    [InlineData("State", nameof(NumberState))]
    [InlineData("Role", nameof(NumberRole))]
    [InlineData("Kind", nameof(NumberKind))]
    public void A_letter_that_nobody_knows_is_an_error_that_names_it(string property, string type)
    {
        var row = New(new Block(Id, [new(5, new())]));
        row[property] = row.GetString(property).Remove(5, 1).Insert(5, "?");

        var e = Assert.Throws<FormatException>(() => BlockRow.Read(row));

        Assert.Contains("'?'", e.Message, StringComparison.Ordinal);
        Assert.Contains(type, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_many_blocks_as_one_change_may_touch_fit_one_transaction_even_with_the_longest_ids()
    {
        RowChange[] rows =
        [
            .. Enumerable.Range(0, 97).Select(i => new RowChange.Insert(New(new Block(
                new(9_999_999_999_000 + i),
                Enumerable.Range(0, Block.Size).Select(slot => KeyValuePair.Create(slot, SlotTextTests.Longest)))))),
        ];

        // The memory table refuses what breaks a limit of the service; these are the limits once more, by hand.
        Assert.IsType<CommitResult.Committed>(
            await new MemoryTable().CommitAsync(Gens.Site.Value, rows, TestContext.Current.CancellationToken));
        var properties = Properties(rows[0].Row).ToList();
        Assert.InRange(properties.Count, 104, 252);
        Assert.All(properties, p => Assert.True(p.Value is not string { Length: > 32 * 1024 }));
        var bytes = properties.Sum(p => (2 * p.Key.Length) + (p.Value is string text ? 2 * text.Length : 16));
        Assert.InRange(bytes, 40_000, 1024 * 1024);
    }

    [Fact]
    public void No_character_of_a_text_is_escaped_on_its_way_so_none_takes_more_room_than_it_has()
    {
        var text = SlotText.Write(SlotTextTests.Longest);

        Assert.Equal(text, JsonEncodedText.Encode(text).ToString());
    }

    static TableEntity New(Block block) => BlockRow.Write(Gens.Site, block, before: null, default);

    static IEnumerable<KeyValuePair<string, object>> Properties(TableEntity row) => TransactionGuard.OwnProperties(row);

    static void Merge(TableEntity stored, TableEntity merge)
    {
        foreach (var (name, value) in Properties(merge))
            stored[name] = value;
    }

    static string Said(Block block) => $"{block.Id} {block.Free} {block.Provisioned} {block.Open} {block.Earmarked}\n"
        + string.Join(
            '\n', block.Provisioned.Select(slot => $"{slot} {Utc(block[slot]!)} {block[slot]!.Since?.UtcTicks}"));

    static Number Utc(Number number) => number with { Since = number.Since?.ToUniversalTime() };
}
