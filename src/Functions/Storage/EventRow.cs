using System.Collections.Immutable;
using Azure.Data.Tables;
using Telephony.Domain.Choice;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// What a transaction has to announce and remember, written with it: a crash can lose the announcing, never the fact.
/// The mover takes it up: it writes the history, and deletes the row.
/// </summary>
static class EventRow
{
    const string Schedule = "Schedule";

    /// <param name="operation">Whose change it is.</param>
    /// <param name="step">The step that made it; an operation announces each of its steps.</param>
    /// <param name="change">What this step changed, and why it was these numbers.</param>
    /// <param name="moves">What happened to them, and to others of their blocks that had lapsed.</param>
    /// <param name="at">When it was asked for.</param>
    /// <param name="rulesVersion">The rules it was decided by.</param>
    public static TableEntity Write(
        Operation operation, string step, SiteChange change, ImmutableArray<Move> moves, DateTimeOffset at,
        int rulesVersion)
    {
        var row = new TableEntity(SiteKeys.Partition(operation.Id.Site), SiteKeys.Event(operation.Id, step))
        {
            ["Numbers"] = change.Changed.ToString(),
        };
        DeedProperties.Write(row, DeedProperties.Of(operation, at, rulesVersion));
        ChoiceText.Write(row, change.Choice);
        MoveText.Write(row, moves);
        if (!change.Schedule.IsEmpty)
            row[Schedule] = string.Join(',', change.Schedule);
        return row;
    }

    public static StepEvent Read(TableEntity row)
    {
        var (operation, step) = SiteKeys.Event(row.RowKey);
        var (deed, choice, moves) = (DeedProperties.Read(row, operation), ChoiceText.Read(row), MoveText.Read(row));
        return new(deed, step, moves.IsEmpty ? Earlier(deed, NumberSet.Parse(row.GetString("Numbers")), choice) : moves,
            choice)
        {
            Schedule = [.. row.GetString(Schedule)?.Split(',') ?? []],
        };
    }

    /// <summary>
    /// The moves of a row from before they were written with it. Then a number had one import, whose row does not say
    /// in which role, and at most one allocation.
    /// </summary>
    static ImmutableArray<Move> Earlier(Deed deed, NumberSet numbers, ImmutableArray<Piece> choice)
    {
        if (deed.Kind is nameof(OperationKind.Import))
            return [Of(new(null, NumberState.Available, null, null, null), numbers, 1)];

        var mains = Piece.Set(choice.Where(piece => piece.Rule is ChoiceRule.NominatedMain)).Intersect(numbers);
        return
        [
            .. new[]
            {
                Of(Reserved(NumberRole.Direct), numbers.Except(mains), 2),
                Of(Reserved(NumberRole.NominatedMain), mains, 2),
            }.Where(move => move.Numbers.Count > 0),
        ];

        Way Reserved(NumberRole role) => new(NumberState.Available, NumberState.Reserved, role, deed.Account, null);
    }

    static Move Of(Way way, NumberSet numbers, int version) =>
        new(way, numbers, [.. Enumerable.Repeat(version, numbers.Count)]);
}
