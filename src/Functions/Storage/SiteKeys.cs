using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;

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

    /// <summary>There once every number of the site is claimed; those that come later are claimed before.</summary>
    public const string AllClaimed = "C|all-claimed";

    public const string IntentsFrom = "I|";
    public const string IntentsTo = "I|~";

    public const string OperationsFrom = "O|";
    public const string OperationsTo = "O|~";

    public const string HoldingsFrom = "A|";
    public const string HoldingsTo = "A|~";

    public const string BlocksFrom = "B|";
    public const string BlocksTo = "B|~";

    public const string OpenFrom = "Q|";
    public const string OpenTo = "Q|~";

    public const string HoldsFrom = "K|";
    public const string HoldsTo = "K|~";

    public const string RuleVersionsFrom = "R|";
    public const string RuleVersionsTo = "R|~";

    public const string EventsFrom = "E|";
    public const string EventsTo = "E|~";

    public const string AuditsFrom = "S|";
    public const string AuditsTo = "S|~";

    public const string TasksFrom = "T|";
    public const string TasksTo = "T|~";

    public const string UsersFrom = "U|";

    public const string SettingsFrom = "N|";
    public const string SettingsTo = "N|~";

    /// <summary>
    /// Written by every change that lets calls go on from one number to another: two of them, of different numbers,
    /// could otherwise close a loop and not meet.
    /// </summary>
    public const string CallPaths = "F|call-paths";

    /// <summary>In the place of an account; no id has such a character.</summary>
    const string SiteFeatures = "~site";

    public const string PlaceCounts = "P|count";

    public const string MacDoubtsFrom = "G|";
    public const string MacDoubtsTo = "G|~";

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

    /// <summary>Says that an operation was accepted and may not have ended: the sweep looks at it.</summary>
    public static string Open(OperationId operation) => $"Q|{operation}";

    /// <summary>Without the site, which the partition names: a task is addressed within its site.</summary>
    public static string Task(OperationId task) => $"T|{task.Hash}";

    /// <summary>An audit's report; without the site, as a task is.</summary>
    public static string Audit(OperationId audit) => $"S|{audit.Hash}";

    /// <summary>Who the future starter of a hold is, and nothing that a decision rests on.</summary>
    public static string Hold(OperationId hold) => $"K|{hold.Hash}";

    public static OperationId Hold(Id<Site> site, string key) => new(site, key[2..]);

    public static string Intent(OperationId operation) => $"I|{operation}";

    /// <summary>A space, switch, port or handset.</summary>
    public static string Place(PlaceRef place) => PlacesFrom(place.Kind) + place.Id;

    public static string PlacesFrom(PlaceKind kind) => kind switch
    {
        PlaceKind.Space => "P|space|",
        PlaceKind.Switch => "P|switch|",
        PlaceKind.Port => "P|port|",
        _ => "H|",
    };

    public static string PlacesTo(PlaceKind kind) => PlacesFrom(kind) + "~";

    public const string LinesFrom = "L|+";
    public const string LinesTo = "L|+~";

    public const string SessionsFrom = "V|";

    /// <summary>To whom or what a number is assigned.</summary>
    public static string Line(E164 number) => $"L|{number}";

    public static E164 LineNumber(string key) => E164.Parse(key[2..]);

    /// <summary>When a number is logged out by itself; sorted by that time.</summary>
    public static string Session(DateTimeOffset until, E164 number) => SessionsBefore(until) + number;

    /// <summary>The key after those of all sessions that end before a time.</summary>
    public static string SessionsBefore(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"{SessionsFrom}{time.UtcTicks:D19}~");

    public static E164 SessionNumber(string key) => E164.Parse(key[(key.IndexOf('~', StringComparison.Ordinal) + 1)..]);

    /// <summary>Says that a user has a number: written and deleted with its assignment.</summary>
    public static string UserNumber(Id<User> user, E164 number) => $"{UserNumbersFrom(user)}{number}";

    public static string UserNumbersFrom(Id<User> user) => $"{UsersFrom}{user}~";

    /// <summary>How a number is set: one row for each that somebody set.</summary>
    public static string Settings(E164 number) =>
        string.Create(CultureInfo.InvariantCulture, $"N|{number.Digits:D15}");

    public static E164 Settings(string key) =>
        E164.FromDigits(long.Parse(key.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture));

    /// <summary>Says that an address may be claimed though the site has no such handset.</summary>
    public static string MacDoubt(MacAddress mac) => $"G|{mac.Key}";

    /// <summary>Counted down from the largest number, so that the newest version comes first.</summary>
    public static string RuleVersion(int version) =>
        string.Create(CultureInfo.InvariantCulture, $"R|{int.MaxValue - version:D10}");

    /// <summary>What callers of an account's main number meet; with no account, when the site is open.</summary>
    public static string Features(Id<Account>? account) => $"M|{account?.Value ?? SiteFeatures}";

    /// <summary>A version of it, counted down.</summary>
    public static string FeaturesVersion(Id<Account>? account, int version) =>
        string.Create(CultureInfo.InvariantCulture, $"{FeaturesVersionsFrom(account)}{int.MaxValue - version:D10}");

    public static string FeaturesVersionsFrom(Id<Account>? account) => $"{Features(account)}~";

    /// <summary>The first key behind this one: no character of a key sorts before the space.</summary>
    public static string After(string key) => key + " ";

    public static bool IsHolding(string key) => key.StartsWith("A|", StringComparison.Ordinal);

    public static bool IsBlock(string key) => key.StartsWith("B|", StringComparison.Ordinal);

    public static Id<Account> Account(string key) => Id<Account>.Parse(key[2..]);

    public static BlockId Block(string key) =>
        E164.FromDigits(long.Parse(key.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture)).Block;
}
