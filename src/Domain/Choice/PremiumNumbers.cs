using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Choice;

/// <summary>Which numbers have four last digits that a site calls premium, by block.</summary>
public static class PremiumNumbers
{
    const int Endings = 10_000;

    // A block ends in its own two last digits and the slot's two: a hundred kinds of blocks.
    static readonly Slots[] Repeats = ByBlock(IsRepeat);
    static readonly Slots[] Steps = ByBlock(IsStep);
    static readonly Slots[] Mirrors = ByBlock(IsMirror);

    public static Slots In(BlockId block, PremiumPatterns patterns)
    {
        var kind = (int)(block.Hundreds % Block.Size);
        var slots = Slots.None;
        if (patterns.Repeats)
            slots = slots.Union(Repeats[kind]);
        if (patterns.Steps)
            slots = slots.Union(Steps[kind]);
        if (patterns.Mirrors)
            slots = slots.Union(Mirrors[kind]);
        return slots;
    }

    static Slots[] ByBlock(Func<int, int, int, int, bool> isPremium)
    {
        var blocks = new Slots[Block.Size];
        for (var ending = 0; ending < Endings; ending++)
        {
            if (isPremium(ending / 1000, ending / 100 % 10, ending / 10 % 10, ending % 10))
                blocks[ending / 100] = blocks[ending / 100].Union(Slots.Of(ending % 100));
        }

        return blocks;
    }

    static bool IsRepeat(int a, int b, int c, int d) => a == b && b == c && c == d;

    static bool IsStep(int a, int b, int c, int d) =>
        (b - a, c - b, d - c) is (1, 1, 1) or (-1, -1, -1);

    static bool IsMirror(int a, int b, int c, int d) => a == d && b == c;
}
