using Azure.Data.Tables;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// What one step did to the numbers of one block, kept for years: the part of an <see cref="EventRow"/> that is about
/// them, with whose doing it was and why it was these. Written once and never changed.
/// </summary>
static class HistoryRow
{
    /// <summary>A row for each block; the same ones each time, so that a repeat finds them.</summary>
    public static IEnumerable<TableEntity> Of(StepEvent step) =>
        step.Blocks.Select(block => Write(block, step.In(block)));

    /// <summary>What it says of one number: most rows of a block say nothing, and need not be read for that.</summary>
    public static IEnumerable<HistoryEntry> Of(TableEntity row, E164 number) =>
        NumberSet.Parse(row.GetString("Numbers")).Contains(number) ? Read(row).Of(number) : [];

    public static StepEvent Read(TableEntity row)
    {
        var (operation, step) = HistoryKeys.Read(row.PartitionKey, row.RowKey);
        return new(DeedProperties.Read(row, operation), step, MoveText.Read(row), ChoiceText.Read(row));
    }

    static TableEntity Write(BlockId block, StepEvent step)
    {
        var row = new TableEntity(
            HistoryKeys.Partition(step.Deed.Operation.Site, block), HistoryKeys.Row(step.Deed, step.Step))
        {
            ["Numbers"] = NumberSet.Of(step.Moves.SelectMany(move => move.Numbers)).ToString(),
        };
        DeedProperties.Write(row, step.Deed);
        ChoiceText.Write(row, step.Choice);
        MoveText.Write(row, step.Moves);
        return row;
    }
}
