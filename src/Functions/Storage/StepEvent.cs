using System.Collections.Immutable;
using Telephony.Domain.Choice;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// What one step of an operation did to numbers, or to the site's schedule. It is written with the change as an
/// <see cref="EventRow"/>, and moves from there into a <see cref="HistoryRow"/> for each block.
/// </summary>
/// <param name="Deed">Whose doing it was.</param>
/// <param name="Step">The step that did it.</param>
/// <param name="Moves">What happened to which numbers.</param>
/// <param name="Choice">Why it was these, where they were chosen.</param>
sealed record StepEvent(Deed Deed, string Step, ImmutableArray<Move> Moves, ImmutableArray<Piece> Choice)
{
    /// <summary>What of the site's hours and holidays is set otherwise; no number's doing, so in no history.</summary>
    public ImmutableArray<string> Schedule { get; init; } = [];

    public IEnumerable<BlockId> Blocks =>
        Moves.SelectMany(move => move.Numbers.Blocks).Select(part => part.Block).Distinct();

    /// <summary>The part of it that lies in a block.</summary>
    public StepEvent In(BlockId block) => this with
    {
        Moves = [.. Moves.Select(move => move.In(block)).OfType<Move>()],
        Choice = [.. Choice.Where(piece => piece.First.Block.CompareTo(block) <= 0
            && piece.Last.Block.CompareTo(block) >= 0)],
    };

    /// <summary>What it did to one number, in order.</summary>
    public IEnumerable<HistoryEntry> Of(E164 number)
    {
        foreach (var move in Moves)
        {
            if (move.VersionOf(number) is not { } version)
                continue;

            // What lapsed in a block did so by itself, whoever then wrote the block.
            yield return new(
                move.Way, version, move.Way.At ?? Deed.At,
                move.Way.At is null ? Deed : null,
                move.Way is { From: NumberState.Available, To: NumberState.Reserved }
                    ? Choice.FirstOrDefault(piece => piece.Contains(number))
                    : null);
        }
    }
}
