using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Choice;

/// <summary>
/// The numbers that may be chosen for an account that asked for none by name. Never chosen are numbers that are not
/// Available, nominated main numbers, Premium, Special and PortedIn numbers, those whose ending the site calls premium,
/// and those earmarked, unless they are earmarked for this very account. No rule of a site can change that.
/// </summary>
/// <param name="pool">Where they are looked for.</param>
/// <param name="account">For whom.</param>
/// <param name="patterns">What the site calls premium.</param>
sealed class Candidates(NumberPool pool, Id<Account> account, PremiumPatterns patterns)
{
    readonly Func<Number, bool> isOwn = number => number.Earmark == account;

    public Slots Earmarked(Block block) => block.Where(block.Earmarked, isOwn);

    /// <summary>What any account may have.</summary>
    public Slots General(Block block) => General(block, patterns);

    public Slots All(Block block) => General(block).Union(Earmarked(block));

    public int Count(Func<Block, Slots> which)
    {
        var count = 0;
        foreach (var block in pool.Blocks)
            count += which(block).Count;
        return count;
    }

    public static Slots General(Block block, PremiumPatterns patterns) =>
        block.Open.IsEmpty ? block.Open : block.Open.Except(PremiumNumbers.In(block.Id, patterns));
}
