using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// Numbers whose claims are in doubt, because claims and sites are never written together: an operation is about to
/// bring them in, or has retired them.
/// </summary>
/// <param name="Operation">Which operation.</param>
/// <param name="Lives">The numbers, each in the generation that is or was claimed.</param>
/// <param name="At">Since when.</param>
/// <param name="HasEnded">Whether the operation brings in none of them any more: what is not live then is free.</param>
sealed record Intent(OperationId Operation, NumberLives Lives, DateTimeOffset At, bool HasEnded)
{
    public ETag ETag { get; init; }
}

/// <summary>An intent as a row of its site.</summary>
static class IntentRow
{
    const string Lives = "Lives";
    const string At = "At";
    const string Ended = "Ended";

    public static TableEntity Write(Intent intent)
    {
        var row = Row(intent);
        row[At] = intent.At;
        row[Ended] = intent.HasEnded;
        TextParts.Write(row, Lives, intent.Lives.ToString());
        return row;
    }

    /// <summary>The merge after which its operation brings nothing in: it has an older version of the row.</summary>
    public static RowChange End(Intent intent)
    {
        var row = Row(intent);
        row[Ended] = true;
        return new RowChange.Merge(row);
    }

    public static RowChange Delete(Intent intent) => new RowChange.Delete(Row(intent));

    public static Intent Read(TableEntity row) => new(
        OperationId.Parse(row.RowKey[2..]),
        NumberLives.Parse(TextParts.Read(row, Lives)),
        row.GetDateTimeOffset(At)!.Value,
        row.GetBoolean(Ended) ?? false)
    {
        ETag = row.ETag,
    };

    static TableEntity Row(Intent intent) =>
        new(SiteKeys.Partition(intent.Operation.Site), SiteKeys.Intent(intent.Operation)) { ETag = intent.ETag };
}
