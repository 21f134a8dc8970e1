using System.Collections;
using System.Collections.Immutable;
using System.Globalization;

namespace Telephony.Domain.Numbers;

/// <summary>The numbers of one block that a set holds.</summary>
public readonly record struct BlockSlots(BlockId Block, Slots Slots);

/// <summary>
/// A set of numbers, held by block: what was asked for, what was taken, what changed. It prints as <c>442079460000:…25
/// hex…</c> for each block, joined by semicolons, so that 9,600 numbers fit into one table property.
/// </summary>
public sealed class NumberSet : IEnumerable<E164>, IEquatable<NumberSet>
{
    public static readonly NumberSet Empty = new([]);

    NumberSet(ImmutableArray<BlockSlots> blocks) => Blocks = blocks;

    /// <summary>Ascending, each block once, none empty.</summary>
    public ImmutableArray<BlockSlots> Blocks { get; }

    public int Count => Blocks.Sum(block => block.Slots.Count);

    public static NumberSet Of(IEnumerable<E164> numbers) =>
        Of(numbers.Select(number => new BlockSlots(number.Block, Slots.Of(number.Slot))));

    public static NumberSet Of(IEnumerable<BlockSlots> blocks) => new(
    [
        .. blocks.Where(block => !block.Slots.IsEmpty)
            .GroupBy(block => block.Block)
            .OrderBy(group => group.Key)
            .Select(group => new BlockSlots(group.Key, group.Aggregate(Slots.None, (all, b) => all.Union(b.Slots)))),
    ]);

    public NumberSet Union(NumberSet other) => Of(Blocks.Concat(other.Blocks));

    public NumberSet Except(NumberSet other) =>
        Of(Blocks.Select(block => block with { Slots = block.Slots.Except(other.In(block.Block)) }));

    public NumberSet Intersect(NumberSet other) =>
        Of(Blocks.Select(block => block with { Slots = block.Slots.Intersect(other.In(block.Block)) }));

    /// <summary>Those that lie in a block.</summary>
    public Slots In(BlockId block)
    {
        var index = Blocks.AsSpan().BinarySearch(new Place(block));
        return index >= 0 ? Blocks[index].Slots : Slots.None;
    }

    public bool Contains(E164 number) => In(number.Block).Contains(number.Slot);

    public IEnumerator<E164> GetEnumerator()
    {
        foreach (var (block, slots) in Blocks)
        {
            foreach (var slot in slots)
                yield return block[slot];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(';', Blocks.Select(block =>
        string.Create(CultureInfo.InvariantCulture, $"{block.Block.First.Digits}:{block.Slots}")));

    /// <exception cref="FormatException">Not what <see cref="ToString"/> writes.</exception>
    public static NumberSet Parse(string text) => text.Length == 0 ? Empty : Of(text.Split(';').Select(part =>
    {
        var colon = part.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && E164.TryParse("+" + part[..colon], out var first) && first.Slot == 0
            ? new BlockSlots(first.Block, Slots.Parse(part[(colon + 1)..]))
            : throw new FormatException($"'{part}' is not a block and its slots.");
    }));

    public bool Equals(NumberSet? other) => other is not null && Blocks.SequenceEqual(other.Blocks);

    public override bool Equals(object? obj) => Equals(obj as NumberSet);

    public override int GetHashCode() => Blocks.Aggregate(0, HashCode.Combine);

    readonly record struct Place(BlockId Block) : IComparable<BlockSlots>
    {
        public int CompareTo(BlockSlots other) => Block.CompareTo(other.Block);
    }
}
