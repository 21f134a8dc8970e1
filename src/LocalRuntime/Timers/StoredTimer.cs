using Azure;
using Azure.Data.Tables;

namespace Telephony.LocalRuntime.Timers;

/// <summary>A timer as its row has it: one for all processes on a storage account.</summary>
sealed record StoredTimer(string Name, TimerStatus Status)
{
    public const string Partition = "timer";

    /// <summary>The process that runs the function; empty between the runs.</summary>
    public string Owner { get; init; } = "";

    /// <summary>When the owner's hold ends, unless it gives another sign of life.</summary>
    public DateTimeOffset Until { get; init; } = DateTimeOffset.UnixEpoch;

    public ETag ETag { get; init; }

    public static StoredTimer Read(TableEntity row) => new(
        row.RowKey,
        new TimerStatus(
            row.GetDateTimeOffset(nameof(TimerStatus.Last)),
            row.GetDateTimeOffset(nameof(TimerStatus.Next))!.Value,
            row.GetDateTimeOffset(nameof(TimerStatus.LastUpdated))!.Value))
    {
        Owner = row.GetString(nameof(Owner)),
        Until = row.GetDateTimeOffset(nameof(Until))!.Value,
        ETag = row.ETag,
    };

    public TableEntity ToRow()
    {
        var row = new TableEntity(Partition, Name)
        {
            [nameof(TimerStatus.Next)] = Status.Next,
            [nameof(TimerStatus.LastUpdated)] = Status.LastUpdated,
            [nameof(Owner)] = Owner,
            [nameof(Until)] = Until,
        };
        if (Status.Last is { } last)
            row[nameof(TimerStatus.Last)] = last;
        return row;
    }

    public bool IsHeldByAnother(string process, DateTimeOffset now) => IsOfAnother(process) && Until > now;

    /// <summary>Held by another process that was not heard of for the length of a lease.</summary>
    public bool IsLeftByAnother(string process, DateTimeOffset now) => IsOfAnother(process) && Until <= now;

    /// <summary>Nobody's, with the status as it is now.</summary>
    public StoredTimer Free(TimerStatus status) => this with
    {
        Status = status,
        Owner = "",
        Until = DateTimeOffset.UnixEpoch,
    };

    bool IsOfAnother(string process) => Owner.Length > 0 && Owner != process;
}
