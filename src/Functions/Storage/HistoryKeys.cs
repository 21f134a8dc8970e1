using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// Keys of the table <c>history</c>. A partition is one block of one site, so that all that its 100 numbers went
/// through is one range, in the order of time.
/// </summary>
static class HistoryKeys
{
    const string TimeFormat = "yyyyMMddHHmmssfffffff";

    /// <summary>The first key there can be: each begins with a time, in digits.</summary>
    public const string First = "0";

    /// <summary>The key after the last there can be.</summary>
    public const string End = ":";

    public static string Partition(Id<Site> site, BlockId block) =>
        string.Create(CultureInfo.InvariantCulture, $"{site}|{block.First.Digits:D15}");

    public static string Row(Deed deed, string step) => $"{Of(deed.At, deed.Operation)}~{step}";

    /// <summary>What the keys of all steps of an operation begin with that were asked for at a time.</summary>
    public static string Of(DateTimeOffset at, OperationId operation) => $"{From(at)}|{operation.Hash}";

    /// <summary>The first key of what was asked for at a time or later.</summary>
    public static string From(DateTimeOffset time) =>
        time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Whose step a row is of.</summary>
    public static (OperationId Operation, string Step) Read(string partition, string row)
    {
        var site = partition[..partition.IndexOf('|', StringComparison.Ordinal)];
        var operation = row.IndexOf('|', StringComparison.Ordinal) + 1;
        var step = row.IndexOf('~', StringComparison.Ordinal);
        return (new(Id<Site>.Parse(site), row[operation..step]), row[(step + 1)..]);
    }
}
