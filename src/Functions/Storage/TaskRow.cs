using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Tasks;

namespace Telephony.Functions.Storage;

/// <summary>A task and the version that it was read at.</summary>
public sealed record StoredTask(PlatformTask Task, ETag ETag);

/// <summary>
/// A task as a row of its site, kept for good: it is all that remembers who asked, and what came of it.
/// </summary>
static class TaskRow
{
    public static TableEntity Write(PlatformTask task, ETag etag = default)
    {
        var row = new TableEntity(SiteKeys.Partition(task.Id.Site), SiteKeys.Task(task.Id))
        {
            ["Kind"] = task.Kind.ToString(),
            ["Account"] = task.Account.Value,
            ["Text"] = task.Text,
            ["Numbers"] = task.Numbers.ToString(),
            ["State"] = task.State.ToString(),
            ["OpenedBy"] = task.Opened.User,
            ["OpenedAt"] = task.Opened.At,
            ETag = etag,
        };
        if (task.Reason is { } reason)
            row["Reason"] = reason;
        if (task.Answered is { } answered)
            (row["AnsweredBy"], row["AnsweredAt"]) = (answered.User, answered.At);
        return row;
    }

    public static StoredTask Read(Id<Site> site, TableEntity row) => new(
        new(
            new(site, row.RowKey[2..]),
            Enum.Parse<TaskKind>(row.GetString("Kind")),
            Id<Account>.Parse(row.GetString("Account")),
            row.GetString("Text"),
            NumberSet.Parse(row.GetString("Numbers")),
            new(row.GetString("OpenedBy"), row.GetDateTimeOffset("OpenedAt")!.Value))
        {
            State = Enum.Parse<TaskState>(row.GetString("State")),
            Reason = row.GetString("Reason"),
            Answered = row.GetString("AnsweredBy") is { } user
                ? new(user, row.GetDateTimeOffset("AnsweredAt")!.Value)
                : null,
        },
        row.ETag);
}
