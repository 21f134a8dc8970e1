using System.Collections;
using System.Globalization;

namespace Telephony.Domain.Numbers;

/// <summary>A set of places in a block, one bit for each of the 100: the lowest bit is slot 0.</summary>
public readonly record struct Slots(UInt128 Bits) : IEnumerable<int>
{
    const int HexDigits = Block.Size / 4;

    public static readonly Slots None;
    public static readonly Slots All = new((UInt128.One << Block.Size) - 1);

    public int Count => (int)UInt128.PopCount(Bits);

    public bool IsEmpty => Bits == UInt128.Zero;

    public static Slots Of(int slot) => new(UInt128.One << slot);

    public static Slots Of(IEnumerable<int> slots) => slots.Aggregate(None, (all, slot) => all.Union(Of(slot)));

    /// <summary>The slots from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public static Slots Between(int first, int last) =>
        new(All.Bits >> (Block.Size - 1 - (last - first)) << first);

    public bool Contains(int slot) => (Bits >> slot & UInt128.One) != UInt128.Zero;

    public Slots Union(Slots other) => new(Bits | other.Bits);

    public Slots Intersect(Slots other) => new(Bits & other.Bits);

    public Slots Except(Slots other) => new(Bits & ~other.Bits);

    /// <summary>The lowest <paramref name="count"/> of them, or all when there are fewer.</summary>
    public Slots Lowest(int count)
    {
        if (Count <= count)
            return this;

        var taken = UInt128.Zero;
        for (var left = Bits; count > 0; count--)
        {
            var lowest = left & (~left + 1);
            taken |= lowest;
            left ^= lowest;
        }

        return new(taken);
    }

    /// <summary>Ascending; a value, because a choice asks a thousand blocks.</summary>
    public Enumerator GetEnumerator() => new(Bits);

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>25 hexadecimal digits, slot 99 first.</summary>
    public override string ToString() => Bits.ToString($"x{HexDigits}", CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">Not what <see cref="ToString"/> writes.</exception>
    public static Slots Parse(string text) =>
        text.Length == HexDigits
        && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? new(bits)
            : throw new FormatException($"'{text}' is not {HexDigits} hexadecimal digits.");

    public struct Enumerator(UInt128 left) : IEnumerator<int>
    {
        UInt128 left = left;

        public int Current { get; private set; }

        readonly object IEnumerator.Current => Current;

        public bool MoveNext()
        {
            if (left == UInt128.Zero)
                return false;
            Current = (int)UInt128.TrailingZeroCount(left);
            left &= left - 1;
            return true;
        }

        public readonly void Reset() => throw new NotSupportedException();

        public readonly void Dispose()
        {
        }
    }
}
