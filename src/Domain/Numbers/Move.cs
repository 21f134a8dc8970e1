using System.Collections.Immutable;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Numbers;

/// <summary>
/// Numbers that went the same way in one step: what history keeps and events tell. A nomination is a move whose state
/// stays and whose role changes.
/// </summary>
/// <param name="From">Null for a number that is new at the site.</param>
/// <param name="To">The state afterwards.</param>
/// <param name="Role">The role afterwards.</param>
/// <param name="Account">Whose it is afterwards, or was until then; null when nobody's.</param>
/// <param name="Until">When what it came into ends: a hold, a block, a rest.</param>
/// <param name="Generation">Which life of the number at the site.</param>
/// <param name="At">When, where that was earlier than the change that wrote it down; null else.</param>
/// <param name="What">What happened besides, to numbers that stay as they are; null for nothing.</param>
public sealed record Way(
    NumberState? From, NumberState To, NumberRole? Role, Id<Account>? Account, DateTimeOffset? Until,
    int Generation = 1, DateTimeOffset? At = null, Happening? What = null)
{
    public static Way Of(
        Number? before, Number after, DateTimeOffset? at = null, Happening? what = null) => new(
        before?.State, after.State, after.Role,
        after.Account ?? after.Former ?? before?.Account ?? before?.Former,
        after.Until ?? after.RestsUntil, after.Generation, at, what);
}

/// <param name="Way">Which way they went.</param>
/// <param name="Numbers">Which numbers.</param>
/// <param name="Versions">Of each number afterwards, in the order of the numbers.</param>
public sealed record Move(Way Way, NumberSet Numbers, ImmutableArray<int> Versions)
{
    /// <summary>The part of it that lies in a block; null when none does.</summary>
    public Move? In(BlockId block) => Numbers.In(block) is { IsEmpty: false } slots
        ? new(Way, NumberSet.Of([new BlockSlots(block, slots)]), Versions.Slice(CountBefore(block), slots.Count))
        : null;

    /// <summary>The version that a number then had; null for one that did not go this way.</summary>
    public int? VersionOf(E164 number) => Numbers.Contains(number)
        ? Versions[CountBefore(number.Block)
            + Numbers.In(number.Block).Intersect(Slots.Between(0, number.Slot)).Count - 1]
        : null;

    public bool Equals(Move? other) => other is not null
        && Way == other.Way && Numbers.Equals(other.Numbers) && Versions.SequenceEqual(other.Versions);

    public override int GetHashCode() => HashCode.Combine(Way, Numbers);

    /// <summary>Where numbers that went several ways, one after the other, came from at first and to at last.</summary>
    public static ImmutableArray<Move> Overall(ImmutableArray<Move> moves)
    {
        var overall = new Dictionary<E164, (Way Way, int Version)>();
        foreach (var (way, numbers, versions) in moves)
        {
            foreach (var (number, version) in numbers.Zip(versions))
            {
                overall[number] = overall.TryGetValue(number, out var first)
                    ? (way with { From = first.Way.From }, version)
                    : (way, version);
            }
        }

        return
        [
            .. from entry in overall
               orderby entry.Key
               group entry by entry.Value.Way into went
               select new Move(
                   went.Key, NumberSet.Of(went.Select(entry => entry.Key)),
                   [.. went.Select(entry => entry.Value.Version)]),
        ];
    }

    int CountBefore(BlockId block) => Numbers.Blocks
        .TakeWhile(part => part.Block.CompareTo(block) < 0).Sum(part => part.Slots.Count);
}

/// <summary>Collects what happened to single numbers into moves, each step of a number in its order.</summary>
public sealed class MoveLog
{
    readonly OrderedDictionary<(int Step, Way Way), List<(E164 Number, int Version)>> moves = [];
    readonly Dictionary<E164, int> steps = [];

    public void Add(
        E164 number, Number? before, Number after, DateTimeOffset? at = null, Happening? what = null)
    {
        var step = steps[number] = steps.GetValueOrDefault(number) + 1;
        var key = (step, Way.Of(before, after, at, what));
        if (!moves.TryGetValue(key, out var numbers))
            moves.Add(key, numbers = []);
        numbers.Add((number, after.Version));
    }

    public ImmutableArray<Move> Moves =>
    [
        .. from move in moves
           orderby move.Key.Step
           let sorted = move.Value.OrderBy(entry => entry.Number).ToList()
           select new Move(
               move.Key.Way, NumberSet.Of(sorted.Select(entry => entry.Number)),
               [.. sorted.Select(entry => entry.Version)]),
    ];
}
