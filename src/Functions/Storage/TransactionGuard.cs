using Azure;
using Azure.Data.Tables;

namespace Telephony.Functions.Storage;

/// <summary>
/// Refuses a transaction that the service would reject, or worse, accept and mean otherwise. Each case is a mistake of
/// ours, so it throws; both stores call it, so the memory store is as strict as the service.
/// </summary>
static class TransactionGuard
{
    const int KeyCharsMax = 512;
    const int PropertiesMax = 252;
    const int RowBytesMax = 1024 * 1024;

    // A sub-request's boundary, verb, address and headers, beside the keys: about 600 bytes as the client writes them.
    const int EnvelopeBytes = 1024;
    const int AnnotationBytes = 40;

    static readonly string[] SystemProperties = ["PartitionKey", "RowKey", "Timestamp", "odata.etag"];

    /// <summary>The properties that are ours: no keys, timestamp or version, and nothing that is null.</summary>
    public static IEnumerable<KeyValuePair<string, object>> OwnProperties(TableEntity row) =>
        row.Where(property => property.Value is not null && !SystemProperties.Contains(property.Key))!;

    /// <exception cref="ArgumentException">The transaction breaks a limit or carries no concrete version.</exception>
    public static void Check(string partition, IReadOnlyList<RowChange> changes)
    {
        Require(changes.Count > 0, "A transaction needs a change.");
        Require(
            changes.Count <= TableLimits.TransactionRowsMax,
            $"{changes.Count} changes in a transaction of at most {TableLimits.TransactionRowsMax}.");

        var rows = new HashSet<string>(changes.Count, StringComparer.Ordinal);
        var bytes = 0L;
        foreach (var change in changes)
        {
            CheckKeys(partition, change.Row);
            Require(rows.Add(change.Row.RowKey), $"The row '{change.Row.RowKey}' is changed twice in one transaction.");
            CheckVersion(change);
            bytes += change is RowChange.Delete ? EnvelopeBytes + KeyBytes(change.Row) : CheckRow(change.Row);
        }

        Require(
            bytes <= TableLimits.TransactionBytesMax,
            $"A transaction of up to {bytes} bytes, more than {TableLimits.TransactionBytesMax}.");
    }

    static void CheckKeys(string partition, TableEntity row)
    {
        Require(row.PartitionKey == partition, $"'{row.PartitionKey}' in a transaction on partition '{partition}'.");
        foreach (var key in (ReadOnlySpan<string?>)[row.PartitionKey, row.RowKey])
        {
            Require(key is { Length: > 0 and <= KeyCharsMax }, $"A key has 1 to {KeyCharsMax} characters: '{key}'.");
            Require(!key!.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)), $"A key cannot be '{key}'.");
        }
    }

    static void CheckVersion(RowChange change)
    {
        if (change is RowChange.Insert)
            return;

        var version = change.Row.ETag;
        Require(
            version != default && version != ETag.All && version.ToString().Length > 0,
            $"A {change.GetType().Name} of '{change.Row.RowKey}' without the version it was read at.");
    }

    /// <summary>How many bytes the row takes in the request, at most.</summary>
    static int CheckRow(TableEntity row)
    {
        var (count, wire, stored) = (0, EnvelopeBytes + 2 * KeyBytes(row), 0L);
        foreach (var (name, value) in OwnProperties(row))
        {
            var (onWire, inTable) = Size(name, value);
            count++;
            wire += onWire + 2 * name.Length + AnnotationBytes;
            stored += inTable + 2 * name.Length + 8;
        }

        Require(count <= PropertiesMax, $"'{row.RowKey}' has {count} properties, more than {PropertiesMax}.");
        Require(stored <= RowBytesMax, $"'{row.RowKey}' has {stored} bytes, more than {RowBytesMax}.");
        return wire;
    }

    static (int Wire, int Stored) Size(string name, object value)
    {
        switch (value)
        {
            case string text:
                Require(text.Length <= TableLimits.TextMax,
                    $"'{name}' has {text.Length} characters, more than {TableLimits.TextMax}.");
                return (JsonBytes(text), 2 * text.Length);
            case byte[] bytes:
                Require(bytes.Length <= 2 * TableLimits.TextMax,
                    $"'{name}' has {bytes.Length} bytes, more than 64 KiB.");
                return (bytes.Length / 3 * 4 + 4, bytes.Length);
            case int or long or bool or double or Guid or DateTimeOffset:
                return (40, 16);
            default:
                throw new ArgumentException($"'{name}' is a {value.GetType().Name}, which a table row does not hold.");
        }
    }

    static int KeyBytes(TableEntity row) => JsonBytes(row.PartitionKey) + JsonBytes(row.RowKey);

    // The client escapes whatever is not plain ASCII, and a few characters that are, as six.
    static int JsonBytes(string text)
    {
        var bytes = 2;
        foreach (var c in text)
            bytes += char.IsAsciiLetterOrDigit(c) || IsPlain(c) ? 1 : 6;
        return bytes;
    }

    static bool IsPlain(char c) => c is ' ' or '.' or ',' or ':' or ';' or '=' or '-' or '_' or '|' or '~';

    static void Require(bool holds, string broken)
    {
        if (!holds)
            throw new ArgumentException(broken);
    }
}
