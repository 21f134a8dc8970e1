namespace Telephony.Domain.Numbers;

/// <summary>Names the 100 numbers that share all but their last two digits.</summary>
/// <param name="Hundreds">The digits of its numbers without the last two.</param>
public readonly record struct BlockId(long Hundreds) : IComparable<BlockId>, IComparable<Block>
{
    public E164 First => this[0];

    public E164 this[int slot] => E164.FromDigits((Hundreds * Block.Size) + slot);

    public int CompareTo(BlockId other) => Hundreds.CompareTo(other.Hundreds);

    /// <summary>With the block's own id.</summary>
    public int CompareTo(Block? other) => other is null ? 1 : CompareTo(other.Id);
}
