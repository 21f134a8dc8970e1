using Telephony.Domain.Directory;

namespace Telephony.Domain.Numbers;

/// <summary>
/// 100 consecutive numbers, the unit in which a site's pool is stored, guarded and cached. Immutable: a change makes a
/// new block that shares all numbers that did not change.
/// </summary>
public sealed class Block
{
    public const int Size = 100;

    readonly Number?[] numbers;
    readonly Dictionary<Id<Account>, Slots> accounts = [];

    public Block(BlockId id, IEnumerable<KeyValuePair<int, Number>> numbers)
        : this(id, new Number?[Size], numbers)
    {
    }

    Block(BlockId id, Number?[] slots, IEnumerable<KeyValuePair<int, Number>> changes)
    {
        Id = id;
        numbers = slots;
        foreach (var (slot, number) in changes)
            numbers[slot] = number;

        UInt128 open = 0, earmarked = 0, nominated = 0, provisioned = 0, live = 0, returned = 0, worded = 0;
        for (var slot = 0; slot < Size; slot++)
        {
            if (numbers[slot] is not { } number)
                continue;
            var bit = UInt128.One << slot;
            provisioned |= bit;
            if (number.State is not NumberState.Retired)
                live |= bit;
            if (number.Account is { } account)
                accounts[account] = Of(account).Union(new(bit));
            if (number.Early is not null)
                worded |= bit;
            if (number.State is NumberState.Held && !(FirstHoldEnd <= number.Until))
                FirstHoldEnd = number.Until;
            if (number.State is not NumberState.Available)
                continue;
            Free++;
            if (number.Since is not null)
                returned |= bit;
            if (number.Role is NumberRole.NominatedMain)
                nominated |= bit;
            else if (number.Earmark is not null)
                earmarked |= bit;
            else if (number is { Kind: NumberKind.Standard, Early: null })
                open |= bit;
        }

        (Open, Earmarked, Nominated) = (new(open), new(earmarked), new(nominated));
        (Provisioned, Live, Returned, Worded) = (new(provisioned), new(live), new(returned), new(worded));
    }

    public BlockId Id { get; }

    /// <summary>Slots that hold a number.</summary>
    public Slots Provisioned { get; }

    /// <summary>Those whose number is not retired.</summary>
    public Slots Live { get; }

    /// <summary>
    /// Slots that may be chosen for any account: Available, Direct, Standard, not earmarked, and not said to be an
    /// account's main number.
    /// </summary>
    public Slots Open { get; }

    /// <summary>Slots that may be chosen for one account only: Available, Direct, earmarked, of any kind.</summary>
    public Slots Earmarked { get; }

    /// <summary>Slots that are Available and nominated as main numbers.</summary>
    public Slots Nominated { get; }

    /// <summary>Slots that are Available again after somebody had them; the others were never in use.</summary>
    public Slots Returned { get; }

    /// <summary>Slots whose number was activated too early, and the platform's word is kept.</summary>
    public Slots Worded { get; }

    /// <summary>How many of its numbers are Available, for whatever use.</summary>
    public int Free { get; }

    /// <summary>When the first of its holds ends; null when it has none.</summary>
    public DateTimeOffset? FirstHoldEnd { get; }

    /// <summary>Slots whose hold has lapsed, though nobody has written that down; see <see cref="At"/>.</summary>
    public Slots Lapsed { get; private init; }

    /// <summary>As every decision sees it at a time: holds past their end are none.</summary>
    public Block At(DateTimeOffset now)
    {
        if (!(FirstHoldEnd <= now))
            return this;

        var lapsed = Where(Provisioned, number => number.HasLapsed(now));
        return new(Id, (Number?[])numbers.Clone(), lapsed.Select(
            slot => KeyValuePair.Create(slot, numbers[slot]!.At(now)))) { Lapsed = Lapsed.Union(lapsed) };
    }

    /// <summary>The same once it is written down: what had lapsed is then a fact of the past.</summary>
    public Block Written() => Lapsed.IsEmpty ? this : With([]);

    /// <summary>Slots that the account has, or that are held for it.</summary>
    public Slots Of(Id<Account> account) => accounts.GetValueOrDefault(account);

    /// <summary>Those of some slots, all provisioned, whose numbers fit.</summary>
    public Slots Where(Slots slots, Func<Number, bool> fits)
    {
        var found = Slots.None;
        foreach (var slot in slots)
        {
            if (fits(numbers[slot]!))
                found = found.Union(Slots.Of(slot));
        }

        return found;
    }

    /// <summary>The number at a slot, or null where none is provisioned.</summary>
    public Number? this[int slot] => numbers[slot];

    public Block With(IEnumerable<KeyValuePair<int, Number>> changes) =>
        new(Id, (Number?[])numbers.Clone(), changes);
}
