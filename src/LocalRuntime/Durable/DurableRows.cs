using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Telephony.LocalRuntime.Durable;

/// <summary>Instances and inbox rows to and from the table's rows.</summary>
static class DurableRows
{
    /// <summary>What is enough to list an instance, without its payloads.</summary>
    public static readonly string[] Summary =
    [
        nameof(TableEntity.PartitionKey), nameof(TableEntity.RowKey), nameof(StoredInstance.Name),
        nameof(StoredInstance.Execution), nameof(StoredInstance.Status), nameof(StoredInstance.Created),
        nameof(StoredInstance.Updated), nameof(StoredInstance.Owner), nameof(StoredInstance.Until),
        nameof(StoredInstance.WakeAt),
    ];

    const string History = nameof(StoredInstance.History);
    const string Output = nameof(TurnEnd.Output);
    const string Failure = nameof(TurnEnd.Failure);
    const string EventName = nameof(InboxRow.EventName);
    const string Payload = nameof(InboxRow.Payload);

    /// <summary>A row of the instance; with <paramref name="before"/> only what history has more.</summary>
    public static TableEntity Write(
        string bucket, string rowKey, StoredInstance instance, StoredInstance? before = null, TurnEnd? end = null)
    {
        var row = new TableEntity(bucket, rowKey)
        {
            [nameof(StoredInstance.Name)] = instance.Name,
            [nameof(StoredInstance.Execution)] = instance.Execution,
            [nameof(StoredInstance.Status)] = instance.Status.ToString(),
            [nameof(StoredInstance.Created)] = instance.Created,
            [nameof(StoredInstance.Updated)] = instance.Updated,
            [nameof(StoredInstance.Owner)] = instance.Owner,
            [nameof(StoredInstance.Until)] = instance.Until,
            [nameof(StoredInstance.WakeAt)] = instance.WakeAt,

            // A merge cannot remove a property; JSON is never empty.
            [nameof(StoredInstance.CustomStatus)] = instance.CustomStatus ?? "",
        };
        Chunks.Write(row, History, instance.HistoryText, before?.HistoryText);
        Chunks.Write(row, Output, end?.Output);
        Chunks.Write(row, Failure, end?.Failure is { } failure ? JsonSerializer.Serialize(failure) : null);
        return row;
    }

    public static StoredInstance Read(TableEntity row)
    {
        var text = Chunks.Read(row, History) ?? "";
        return Summarize(row) with
        {
            CustomStatus = CustomStatus(row),
            HistoryText = text,
            History = HistoryText.Read(text),
        };
    }

    /// <summary>The instance without its history.</summary>
    public static StoredInstance Summarize(TableEntity row) => new()
    {
        Id = DurableKeys.InstanceOf(row.RowKey),
        Name = row.GetString(nameof(StoredInstance.Name)),
        Execution = row.GetString(nameof(StoredInstance.Execution)),
        Status = Enum.Parse<OrchestrationRuntimeStatus>(row.GetString(nameof(StoredInstance.Status))),
        Created = row.GetDateTimeOffset(nameof(StoredInstance.Created))!.Value,
        Updated = row.GetDateTimeOffset(nameof(StoredInstance.Updated))!.Value,
        Owner = row.GetString(nameof(StoredInstance.Owner)),
        Until = row.GetDateTimeOffset(nameof(StoredInstance.Until))!.Value,
        WakeAt = row.GetDateTimeOffset(nameof(StoredInstance.WakeAt))!.Value,
        History = [],
        HistoryText = "",
        ETag = row.ETag,
    };

    /// <summary>The instance as the SDK shows it; payloads only when a converter is given to read them with.</summary>
    public static OrchestrationMetadata Show(TableEntity row, DataConverter? payloads)
    {
        var instance = payloads is null ? Summarize(row) : Read(row);
        return new OrchestrationMetadata(instance.Name, instance.Id)
        {
            DataConverter = payloads,
            RuntimeStatus = instance.Status,
            CreatedAt = instance.Created,
            LastUpdatedAt = instance.Updated,
            SerializedInput = (instance.History.Count > 0 ? instance.History[0] as HistoryEvent.Started : null)?.Input,
            SerializedOutput = payloads is null ? null : Chunks.Read(row, Output),
            SerializedCustomStatus = payloads is null ? null : instance.CustomStatus,
            FailureDetails = Chunks.Read(row, Failure) is { } failure
                ? JsonSerializer.Deserialize<TaskFailureDetails>(failure)
                : null,
        };
    }

    public static TableEntity WriteInbox(string bucket, InboxRow sent)
    {
        var row = new TableEntity(bucket, sent.Key) { [nameof(InboxRow.Execution)] = sent.Execution };
        if (sent.EventName is { } name)
        {
            row[EventName] = name;
        }

        Chunks.Write(row, Payload, sent.Payload);
        return row;
    }

    public static InboxRow ReadInbox(TableEntity row) => new(
        row.RowKey,
        row.GetString(nameof(InboxRow.Execution)),
        row.GetString(EventName),
        Chunks.Read(row, Payload));

    static string? CustomStatus(TableEntity row) =>
        row.GetString(nameof(StoredInstance.CustomStatus)) is { Length: > 0 } status ? status : null;
}
