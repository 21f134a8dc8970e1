using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// Row keys of the table <c>sites</c>, whose partition is one site: everything that must change together. They sort so
/// that all that an allocation needs, accounts, blocks and rules, is one range.
/// </summary>
static class SiteKeys
{
    public const string Rules = "C|rules";

    /// <summary>
    /// Written by every change that rests on how many numbers the whole pool has left: two of them, in different
    /// blocks, would otherwise not meet.
    /// </summary>
    public const string PoolCount = "C|pool-count";

    /// <summary>First key of what an allocation needs.</summary>
    public const string StateFrom = "A|";

    /// <summary>The key after the last one of what an allocation needs.</summary>
    public const string StateTo = "D|";

    public const string OperationsFrom = "O|";
    public const string OperationsTo = "O|~";

    public const string HoldingsFrom = "A|";
    public const string HoldingsTo = "A|~";

    public const string BlocksFrom = "B|";
    public const string BlocksTo = "B|~";

    public const string EventsFrom = "E|";
    public const string EventsTo = "E|~";

    public const string RuleVersionsFrom = "R|";
    public const string RuleVersionsTo = "R|~";

    public static string Partition(Id<Site> site) => site.Value;

    public static string Holding(Id<Account> account) => $"A|{account}";

    /// <summary>The block's first number in 15 digits, so that blocks sort as their numbers.</summary>
    public static string Block(BlockId block) =>
        string.Create(CultureInfo.InvariantCulture, $"B|{block.First.Digits:D15}");

    public static string Event(OperationId operation, string step) => $"E|{operation}~{step}";

    /// <summary>Whose step an event's row is of.</summary>
    public static (OperationId Operation, string Step) Event(string key)
    {
        var end = key.LastIndexOf('~');
        return (OperationId.Parse(key[2..end]), key[(end + 1)..]);
    }

    public static string Operation(OperationId operation) => $"O|{operation}";

    /// <summary>Counted down from the largest number, so that the newest version comes first.</summary>
    public static string RuleVersion(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"R|{int.MaxValue - version:D10}");

    /// <summary>The first key behind this one: no character of a key sorts before the space.</summary>
    public static string After(string key) => key + " ";

    public static bool IsHolding(string key) => key.StartsWith("A|", StringComparison.Ordinal);

    public static bool IsBlock(string key) => key.StartsWith("B|", StringComparison.Ordinal);

    public static Id<Account> Account(string key) => Id<Account>.Parse(key[2..]);

    public static BlockId Block(string key) =>
        E164.FromDigits(long.Parse(key.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture)).Block;
}
