using System.Collections.Immutable;
using System.Globalization;

namespace Telephony.Domain.Numbers;

/// <summary>Numbers of one block, all in the same generation.</summary>
public readonly record struct Life(BlockId Block, int Generation, Slots Slots);

/// <summary>
/// Numbers of a site, each with the generation of it that is meant: what is claimed before it comes in and freed after
/// it has gone. It prints as <c>442079460000/1:…25 hex…</c> for each block and generation, joined by semicolons.
/// </summary>
public sealed class NumberLives : IEquatable<NumberLives>
{
    public static readonly NumberLives None = new([]);

    NumberLives(ImmutableArray<Life> lives) => Lives = lives;

    /// <summary>Ascending by block, then by generation; each once, none empty.</summary>
    public ImmutableArray<Life> Lives { get; }

    public bool IsEmpty => Lives.IsEmpty;

    public NumberSet Numbers => NumberSet.Of(Lives.Select(life => new BlockSlots(life.Block, life.Slots)));

    public static NumberLives Of(IEnumerable<Life> lives) => new(
    [
        .. from life in lives
           where !life.Slots.IsEmpty
           group life.Slots by (life.Block, life.Generation) into same
           orderby same.Key.Block, same.Key.Generation
           let slots = same.Aggregate(Slots.None, (all, one) => all.Union(one))
           select new Life(same.Key.Block, same.Key.Generation, slots),
    ]);

    /// <summary>Some numbers of each block, in the generation that the block has them in.</summary>
    public static NumberLives Of(IEnumerable<Block> blocks, Func<Block, Slots> which) => Of(
        from block in blocks
        from same in which(block).GroupBy(slot => block[slot]!.Generation)
        select new Life(block.Id, same.Key, Slots.Of(same)));

    public NumberLives Union(NumberLives other) => Of(Lives.Concat(other.Lives));

    /// <summary>Without those that the other has in the same generation.</summary>
    public NumberLives Except(NumberLives other)
    {
        var theirs = other.Lives.ToDictionary(life => (life.Block, life.Generation), life => life.Slots);
        return Of(Lives.Select(life => life with
        {
            Slots = life.Slots.Except(theirs.GetValueOrDefault((life.Block, life.Generation))),
        }));
    }

    /// <summary>Without these numbers, in whatever generation.</summary>
    public NumberLives Except(NumberSet numbers) =>
        Of(Lives.Select(life => life with { Slots = life.Slots.Except(numbers.In(life.Block)) }));

    /// <summary>Whether it has all that the other has, in the same generation.</summary>
    public bool Contains(NumberLives other) => other.Except(this).IsEmpty;

    public override string ToString() => string.Join(';', Lives.Select(life => string.Create(
        CultureInfo.InvariantCulture, $"{life.Block.First.Digits}/{life.Generation}:{life.Slots}")));

    /// <exception cref="FormatException">Not what <see cref="ToString"/> writes.</exception>
    public static NumberLives Parse(string text) => text.Length == 0 ? None : Of(text.Split(';').Select(part =>
    {
        var (slash, colon) = (part.IndexOf('/', StringComparison.Ordinal), part.IndexOf(':', StringComparison.Ordinal));
        return slash > 0 && colon > slash && E164.TryParse("+" + part[..slash], out var first) && first.Slot == 0
            ? new Life(
                first.Block,
                int.Parse(part.AsSpan((slash + 1)..colon), NumberStyles.None, CultureInfo.InvariantCulture),
                Slots.Parse(part[(colon + 1)..]))
            : throw new FormatException($"'{part}' is not a block, a generation and slots.");
    }));

    public bool Equals(NumberLives? other) => other is not null && Lives.SequenceEqual(other.Lives);

    public override bool Equals(object? obj) => Equals(obj as NumberLives);

    public override int GetHashCode() => Lives.Aggregate(0, HashCode.Combine);
}
