using System.Collections.Frozen;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// The letters that stand for a number's state, role and kind in a block's row: one for each slot, so that any table
/// viewer shows the block. A letter that has been written keeps its meaning for ever.
/// </summary>
static class Alphabet
{
    /// <summary>No number is provisioned at the slot.</summary>
    public const char Nothing = '.';

    public static readonly Letters<NumberState> States = new(
        (NumberState.Staged, 's'),
        (NumberState.PortingIn, 'i'),
        (NumberState.Available, 'a'),
        (NumberState.Held, 'h'),
        (NumberState.Reserved, 'r'),
        (NumberState.Activating, 'u'),
        (NumberState.Active, 'l'),
        (NumberState.Deactivating, 'd'),
        (NumberState.Cooldown, 'c'),
        (NumberState.Blocked, 'b'),
        (NumberState.PortingOut, 'o'),
        (NumberState.Retired, 'x'));

    public static readonly Letters<NumberRole> Roles = new(
        (NumberRole.Direct, 'd'),
        (NumberRole.NominatedMain, 'n'),
        (NumberRole.Main, 'm'));

    public static readonly Letters<NumberKind> Kinds = new(
        (NumberKind.Standard, 's'),
        (NumberKind.Premium, 'p'),
        (NumberKind.Special, 'x'),
        (NumberKind.PortedIn, 'i'));

    public static readonly Letters<NumberSource> Sources = new(
        (NumberSource.ByHand, 'h'),
        (NumberSource.ByService, 's'));
}

/// <summary>One letter for each value of an enum, and back.</summary>
sealed class Letters<T>(params (T Value, char Letter)[] pairs)
    where T : struct, Enum
{
    readonly FrozenDictionary<T, char> letters = pairs.ToFrozenDictionary(pair => pair.Value, pair => pair.Letter);
    readonly FrozenDictionary<char, T> values = pairs.ToFrozenDictionary(pair => pair.Letter, pair => pair.Value);

    public char this[T value] => letters[value];

    /// <exception cref="FormatException">No value has this letter: the row was written by a newer version, or is
    /// broken.</exception>
    public T this[char letter] => values.TryGetValue(letter, out var value)
        ? value
        : throw new FormatException($"'{letter}' stands for no {typeof(T).Name}.");
}
