namespace Telephony.Domain.Numbers;

/// <summary>Consecutive numbers, both ends included: a DDI range.</summary>
public readonly record struct NumberRange
{
    NumberRange(E164 from, E164 to) => (From, To) = (from, to);

    public E164 From { get; }

    public E164 To { get; }

    public long Count => To.Digits - From.Digits + 1;

    /// <summary>How many blocks of 100 it touches.</summary>
    public long BlockCount => To.Block.Hundreds - From.Block.Hundreds + 1;

    /// <summary>Refuses ends in the wrong order and ends of different length.</summary>
    public static RangeFault? TryCreate(E164 from, E164 to, out NumberRange range)
    {
        range = default;
        if (from.Length != to.Length)
            return RangeFault.MixedLength;
        if (to.CompareTo(from) < 0)
            return RangeFault.Reversed;

        range = new(from, to);
        return null;
    }

    /// <summary>Its numbers, by block. Check <see cref="BlockCount"/> first: a range may span billions.</summary>
    public NumberSet ToSet()
    {
        var (from, to) = (From, To);
        return NumberSet.Of(Enumerable.Range(0, checked((int)BlockCount)).Select(i =>
        {
            var block = new BlockId(from.Block.Hundreds + i);
            var first = block == from.Block ? from.Slot : 0;
            var last = block == to.Block ? to.Slot : Block.Size - 1;
            return new BlockSlots(block, Slots.Between(first, last));
        }));
    }
}

/// <summary>Why two numbers make no range.</summary>
public enum RangeFault
{
    /// <summary>The last number is lower than the first.</summary>
    Reversed,

    /// <summary>The ends have different numbers of digits, so they cannot belong to one DDI range.</summary>
    MixedLength,
}
