using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Choice;

/// <summary>How near numbers are to those of an account: the smaller, the nearer.</summary>
/// <param name="Class">0 in the same block of ten, 1 in the same hundred, 2 further away.</param>
/// <param name="Distance">To the nearest of them; 1 is next to it.</param>
readonly record struct Near(int Class, long Distance) : IComparable<Near>
{
    public int CompareTo(Near other) => Class != other.Class
        ? Class.CompareTo(other.Class)
        : Distance.CompareTo(other.Distance);
}

/// <summary>The numbers that an account has, as something to be near to.</summary>
sealed class Nearness
{
    const int Ten = 10;
    const long FarBelow = long.MinValue / 2;
    const long FarAbove = long.MaxValue / 2;

    /// <summary>Nobody is near to nothing: all are equal.</summary>
    public static readonly Nearness None = new([]);

    readonly ImmutableArray<long> anchors;

    Nearness(ImmutableArray<long> anchors) => this.anchors = anchors;

    public bool Counts => !anchors.IsEmpty;

    public static Nearness To(NumberPool pool, Id<Account> account)
    {
        var anchors = ImmutableArray.CreateBuilder<long>();
        foreach (var block in pool.Blocks)
        {
            foreach (var slot in block.Of(account))
                anchors.Add(block.Id[slot].Digits);
        }

        return new(anchors.DrainToImmutable());
    }

    public Near Of(long first, long last)
    {
        if (!Counts)
            return default;

        var (below, above) = Neighbours(first);
        var distance = Math.Min(first - below, above - last);
        return new(Shares(Ten) ? 0 : Shares(Block.Size) ? 1 : 2, distance);

        bool Shares(int size) => below / size == first / size || above / size == last / size;
    }

    /// <summary>
    /// The account's number to name for numbers that were chosen because they are near: the nearest of those in the
    /// block that decided. Where the distance did, one across the edge of the hundred is named only when there is
    /// none within it: that the chosen ones are no further away than others would not hold for it.
    /// </summary>
    /// <param name="first">The lowest of them.</param>
    /// <param name="last">The highest.</param>
    /// <param name="byClass">Whether being in the same block decided, rather than the distance.</param>
    public E164 Anchor(long first, long last, bool byClass)
    {
        var (below, above) = Neighbours(first);
        var size = byClass && Of(first, last).Class == 0 ? Ten : Block.Size;
        var (isBelow, isAbove) = (below / size == first / size, above / size == last / size);
        if (isBelow != isAbove)
            return E164.FromDigits(isBelow ? below : above);

        return E164.FromDigits(first - below <= above - last ? below : above);
    }

    /// <summary>
    /// The nearest on both sides, or what is far from everything. None lies between: what an account has is not free.
    /// </summary>
    (long Below, long Above) Neighbours(long first)
    {
        var index = ~anchors.AsSpan().BinarySearch(first);
        return (index > 0 ? anchors[index - 1] : FarBelow, index < anchors.Length ? anchors[index] : FarAbove);
    }
}
