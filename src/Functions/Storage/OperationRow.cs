using System.Globalization;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// An operation as a row of its site. Numbers are masks by block, steps are <c>name=time</c> joined by semicolons.
/// </summary>
static class OperationRow
{
    public static TableEntity Write(Operation operation)
    {
        var row = new TableEntity(SiteKeys.Partition(operation.Id.Site), SiteKeys.Operation(operation.Id))
        {
            ["Kind"] = operation.Kind.ToString(),
            ["State"] = operation.State.ToString(),
            ["Arguments"] = operation.Arguments,
            ["At"] = operation.At,
            ["Changed"] = operation.Changed.ToString(),
            ["Unchanged"] = operation.Unchanged.ToString(),
            ["Steps"] = string.Join(';', operation.Steps.Select(step => $"{step.Name}={step.At.UtcDateTime:O}")),
            ETag = operation.ETag,
        };
        ActorProperties.Write(row, operation.Actor);
        AddIfKnown("Note", operation.Note);
        AddIfKnown("Account", operation.Account?.Value);
        AddIfKnown("AccountKind", operation.AccountKind?.ToString());
        AddIfKnown("Service", operation.Service?.Id.Value);
        AddIfKnown("ServiceCode", operation.Service?.Code);
        AddIfKnown("Quantity", operation.Service?.Quantity);
        AddIfKnown("ExpectedVersion", operation.Service?.ExpectedVersion);
        AddIfKnown("Number", operation.Number?.ToString());
        AddIfKnown("Numbers", operation.Numbers.Count > 0 ? operation.Numbers.ToString() : null);
        AddIfKnown("Settings", operation.Settings);
        AddIfKnown("SeenMain", operation.SeenMain);
        AddIfKnown("Seen", operation.Seen);
        AddIfKnown("WaitsFor", operation.Wait?.For);
        AddIfKnown("RemindsAt", operation.Wait?.RemindsAt);
        AddIfKnown("WaitsUntil", operation.Wait?.Until);
        AddIfKnown("Linked", operation.Linked?.Value);
        AddIfKnown("LinkedNumbers", operation.LinkedNumbers?.Value);
        AddIfKnown("Answers", operation.Answers?.Value);
        AddIfKnown("RetryOf", operation.RetryOf?.Value);
        AddIfKnown("EndedAt", operation.EndedAt);
        AddIfKnown("ReasonCode", operation.Reason?.Code);
        AddIfKnown("ReasonText", operation.Reason?.Text);
        AddIfKnown("ErrorCount", operation.Errors.Count > 0 ? operation.Errors.Count : null);
        AddIfKnown("Errors", operation.Errors.Count > 0 ? operation.Errors.Packed : null);
        AddIfKnown("RulesVersion", operation.RulesVersion);
        AddIfKnown("Preview", operation.Preview);
        AddIfKnown("Places", Text(operation.Places));
        WishText.Write(row, operation.Wishes);
        ChoiceText.Write(row, operation.Choice);
        if (operation.Moves.Length > 0)
            MoveText.Write(row, operation.Moves);
        return row;

        void AddIfKnown(string name, object? value)
        {
            if (value is not null)
                row[name] = value;
        }
    }

    public static Operation Read(TableEntity row) => new()
    {
        Id = OperationId.Parse(row.RowKey[2..]),
        Kind = Enum.Parse<OperationKind>(row.GetString("Kind")),
        State = Enum.Parse<OperationState>(row.GetString("State")),
        Arguments = row.GetString("Arguments"),
        Actor = ActorProperties.Read(row),
        Note = row.GetString("Note"),
        At = row.GetDateTimeOffset("At")!.Value,
        Account = Known<Account>(row, "Account"),
        AccountKind = row.GetString("AccountKind") is { } kind ? Enum.Parse<AccountKind>(kind) : null,
        Service = Known<VoiceService>(row, "Service") is { } service
            ? new(service, row.GetString("ServiceCode"), row.GetInt32("Quantity") ?? 0, row.GetInt32("ExpectedVersion"))
            : null,
        Number = E164.TryParse(row.GetString("Number"), out var number) ? number : null,
        Numbers = NumberSet.Parse(row.GetString("Numbers") ?? ""),
        Settings = row.GetString("Settings"),
        SeenMain = row.GetString("SeenMain"),
        Seen = row.GetString("Seen"),
        Wishes = WishText.Read(row),
        Wait = WaitOf(row),
        Linked = Other(row, "Linked"),
        LinkedNumbers = Other(row, "LinkedNumbers"),
        Answers = Other(row, "Answers"),
        RetryOf = Other(row, "RetryOf"),
        EndedAt = row.GetDateTimeOffset("EndedAt"),
        Changed = NumberSet.Parse(row.GetString("Changed")),
        Unchanged = NumberSet.Parse(row.GetString("Unchanged")),
        Reason = row.GetString("ReasonCode") is { } code ? new(code, row.GetString("ReasonText") ?? "") : null,
        Errors = row.GetInt32("ErrorCount") is { } count ? new(count, row.GetBinary("Errors")) : RowErrors.None,
        RulesVersion = row.GetInt32("RulesVersion"),
        Preview = row.GetString("Preview"),
        Places = PlacesOf(row.GetString("Places")),
        Choice = ChoiceText.Read(row),
        Moves = MoveText.Read(row),
        Steps = [.. row.GetString("Steps").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Step)],
        ETag = row.ETag,
    };

    /// <summary>A merge removes nothing, so what was waited for stays in the row.</summary>
    static OperationWait? WaitOf(TableEntity row) => row.GetString("State") == nameof(OperationState.Waiting)
        ? new(
            row.GetString("WaitsFor"), row.GetDateTimeOffset("RemindsAt")!.Value,
            row.GetDateTimeOffset("WaitsUntil")!.Value)
        : null;

    static string? Text(PlacesImported? places) => places is null ? null : string.Create(
        CultureInfo.InvariantCulture, $"{places.Count};{places.Created};{places.Changed};{places.Unchanged}");

    static PlacesImported? PlacesOf(string? text) =>
        text?.Split(';').Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToList()
            is [var all, var created, var changed, var unchanged]
            ? new(all, created, changed, unchanged)
            : null;

    static OperationStep Step(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return new(text[..equals], DateTimeOffset.Parse(text[(equals + 1)..], CultureInfo.InvariantCulture));
    }

    static OperationId? Other(TableEntity row, string name) =>
        OperationId.TryParse(row.GetString(name), out var other) ? other : null;

    static Id<T>? Known<T>(TableEntity row, string name) => row.GetString(name) is { } text ? Id<T>.Parse(text) : null;
}
