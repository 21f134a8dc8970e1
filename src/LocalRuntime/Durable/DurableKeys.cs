using System.Globalization;

namespace Telephony.LocalRuntime.Durable;

/// <summary>
/// Keys of the table. Open instances (a|) and their inboxes (b|) lie before finished ones (f|), so that a search for
/// work never reads those.
/// </summary>
static class DurableKeys
{
    public const string OpenFrom = "a|";
    public const string InboxFrom = "b|";
    public const string InboxTo = "c";
    public const string FinishedFrom = "f|";

    /// <summary>As Durable Functions on Azure Storage has it.</summary>
    const int IdMax = 100;

    const string Allowed = "-~_.:@";

    public static string Open(string id) => OpenFrom + id;

    public static string Finished(string id) => FinishedFrom + id;

    public static string Inbox(string id, long order, Guid unique) => $"{InboxFrom}{id}|{order:D19}-{unique:N}";

    /// <summary>The instance that a row of any kind belongs to.</summary>
    public static string InstanceOf(string rowKey) =>
        rowKey.StartsWith(InboxFrom, StringComparison.Ordinal)
            ? rowKey[InboxFrom.Length..rowKey.LastIndexOf('|')]
            : rowKey[OpenFrom.Length..];

    /// <summary>The first key after all that begin with <paramref name="prefix"/>.</summary>
    public static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    /// <summary>The partition: FNV-1a, because string.GetHashCode differs in each process.</summary>
    public static string Bucket(string id, int buckets)
    {
        var hash = 2166136261u;
        foreach (var letter in id)
        {
            hash = unchecked((hash ^ letter) * 16777619u);
        }

        return Bucket((int)(hash % (uint)buckets));
    }

    public static string Bucket(int number) => number.ToString("D3", CultureInfo.InvariantCulture);

    /// <summary>Refuses what a key cannot hold, and '|', which parts keys here.</summary>
    public static void RefuseBadId(string id)
    {
        if (string.IsNullOrEmpty(id) ||
            id.Length > IdMax ||
            !id.All(letter => char.IsAsciiLetterOrDigit(letter) || Allowed.Contains(letter)))
        {
            throw new ArgumentException(
                $"'{id}' is no instance id: 1 to {IdMax} of letters, digits and {Allowed} are.", nameof(id));
        }
    }
}
