using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;

namespace Telephony.Functions.Storage;

/// <summary>To whom or what a number is assigned, as a row of its site: there while it is assigned.</summary>
static class LineRow
{
    public static TableEntity Write(Id<Site> site, Line line, ETag etag = default)
    {
        var row = new TableEntity(SiteKeys.Partition(site), SiteKeys.Line(line.Number))
        {
            ["Account"] = line.Account.Value,
            ["Operation"] = line.Operation.Value,
            ["Since"] = line.Since,
            ETag = etag,
        };
        Set("User", line.User?.Value);
        Set("Handset", line.Handset?.ToString());
        Set("Space", line.Space?.Value);
        Set("LoggedInAt", line.Session?.Handset.ToString());
        Set("LoggedInSince", line.Session?.Since);
        Set("LoggedInUntil", line.Session?.Until);
        Set("Callback", line.Emergency.Callback?.ToString());
        Set("Notify", line.Emergency.Notify is { Length: > 0 } notify ? string.Join('\n', notify) : null);
        Set("ConfirmedBy", line.Emergency.Confirmation?.By);
        Set("ConfirmedAt", line.Emergency.Confirmation?.At);
        Set("ConfirmedLocation", line.Emergency.Confirmation?.Location);
        return row;

        void Set(string property, object? value)
        {
            if (value is not null)
                row[property] = value;
        }
    }

    public static Line Read(TableEntity row) => new(
        SiteKeys.LineNumber(row.RowKey),
        Id<Account>.Parse(row.GetString("Account")),
        row.GetString("User") is { } user ? Id<User>.Parse(user) : null,
        Mac(row, "Handset"),
        row.GetString("Space") is { } space ? Id<Space>.Parse(space) : null)
    {
        Operation = OperationId.Parse(row.GetString("Operation")),
        Since = row.GetDateTimeOffset("Since")!.Value,
        Session = Mac(row, "LoggedInAt") is { } mac
            ? new(
                mac, row.GetDateTimeOffset("LoggedInSince")!.Value, row.GetDateTimeOffset("LoggedInUntil")!.Value)
            : null,
        Emergency = new(
            row.GetString("Callback") is { } number ? E164.Parse(number) : null,
            [.. row.GetString("Notify")?.Split('\n') ?? []],
            row.GetString("ConfirmedBy") is { } by
                ? new(by, row.GetDateTimeOffset("ConfirmedAt")!.Value, row.GetString("ConfirmedLocation"))
                : null),
    };

    static MacAddress? Mac(TableEntity row, string property) =>
        row.GetString(property) is { } mac ? MacAddress.Parse(mac) : null;
}
