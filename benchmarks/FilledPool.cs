using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;

namespace Telephony.Benchmarks;

/// <summary>How a pool's numbers were given out.</summary>
/// <param name="Percent">How many of a hundred, about.</param>
/// <param name="ByBlock">Whole blocks at random, instead of single numbers at random.</param>
/// <param name="Patterns">Which endings are never chosen.</param>
sealed record Filling(int Percent, bool ByBlock, PremiumPatterns Patterns)
{
    public override string ToString() => $"{Percent} %"
        + (Percent == 0 ? "" : ByBlock ? ", whole blocks" : ", at random")
        + (Patterns == PremiumPatterns.None ? "" : ", premium endings kept");
}

/// <summary>
/// A site with consecutive numbers, some taken. One account has 100 of them, ten in each tenth of the pool; of the
/// free ones every tenth was in use before. Equal for equal fillings.
/// </summary>
sealed class FilledPool
{
    /// <summary>01632 is an area code for fiction.</summary>
    const long FirstNumber = 441632000000;
    const int Seed = 1, Tenths = 10, Others = 50;

    public static readonly Recipient Newcomer = new(Id<Account>.Parse("newcomer"), AccountKind.Occupier);
    public static readonly Recipient Neighbour = new(Id<Account>.Parse("neighbour"), AccountKind.Occupier);

    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    readonly SiteState state;

    public FilledPool(int blocks, Filling filling)
    {
        Filling = filling;
        var random = new Random(Seed);
        var pool = NumberPool.Empty.With(Enumerable.Range(0, blocks).Select(index =>
        {
            var isTaken = random.Next(100) < filling.Percent;
            return new Block(new(FirstNumber / Block.Size + index), Enumerable.Range(0, Block.Size).Select(slot =>
                KeyValuePair.Create(slot, IsNeighbours(index, slot, blocks) ? Of(Neighbour.Account)
                    : (filling.ByBlock ? isTaken : random.Next(100) < filling.Percent) ? Of(Other(random))
                    : Free(slot, random))));
        }));
        var holding = Holding.Empty(Neighbour.Account) with { DirectNumbers = Tenths * Tenths };
        state = new(
            SiteRules.Default with { PremiumPatterns = filling.Patterns },
            pool,
            ImmutableDictionary<Id<Account>, Holding>.Empty.Add(Neighbour.Account, holding));
        Bitmap = new(pool.Blocks.Select(block => block.Open.Except(PremiumNumbers.In(block.Id, filling.Patterns))));
    }

    public Filling Filling { get; }

    /// <summary>The same numbers as bits: those that can be chosen.</summary>
    public BitmapScan Bitmap { get; }

    public SiteState With(Contiguity contiguity) =>
        state with { Rules = state.Rules with { Contiguity = contiguity } };

    static bool IsNeighbours(int block, int slot, int blocks)
    {
        var each = Math.Max(1, blocks / Tenths);
        return block % each == each / 2 && slot < Tenths;
    }

    static Id<Account> Other(Random random) => Id<Account>.Parse($"account-{random.Next(Others)}");

    static Number Of(Id<Account> account) =>
        new() { State = NumberState.Reserved, Account = account, Source = NumberSource.ByHand, Since = Noon };

    static Number Free(int slot, Random random) =>
        new() { Since = slot % Tenths == 0 ? Noon.AddDays(-random.Next(1, 300)) : null };
}
