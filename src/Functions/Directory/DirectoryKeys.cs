using Telephony.Domain;
using Telephony.Domain.Directory;

namespace Telephony.Functions.Directory;

/// <summary>
/// Keys of the table <c>directory</c>. A partition is one operator with all that is its own. Two more partitions say
/// which operators there are and which operator a site id belongs to; no id can be named as they are.
/// </summary>
static class DirectoryKeys
{
    /// <summary>A row for each site id, which claims it for one operator everywhere.</summary>
    public const string AllSites = "~sites";

    /// <summary>A row for each operator, so that they can be listed.</summary>
    public const string AllOperators = "~operators";

    public const string OperatorRow = "operator";

    // Sorts after every character of an id.
    const string End = "~";

    public static string Partition(Id<Operator> owner) => owner.Value;

    public static string SiteRow(Id<Site> site) => $"S|{site}";

    public static string AccountRow(Id<Account> account) => $"A|{account}";

    public static string UserRow(Id<Account> account, Id<User> user) => $"U|{account}|{user}";

    /// <summary>The row that keeps a user id unique within the operator: it names the account.</summary>
    public static string UserClaimRow(Id<User> user) => $"V|{user}";

    public static Id<User> UserOfClaim(string key) => Id<User>.Parse(key[2..]);

    public static KeyRange Sites(Id<Site>? after) => new("S|", after?.Value);

    public static KeyRange Accounts(Id<Account>? after) => new("A|", after?.Value);

    public static KeyRange Users(Id<Account> account, Id<User>? after) => new($"U|{account}|", after?.Value);

    public static KeyRange UserClaims() => new("V|", null);

    public static KeyRange Operators(Id<Operator>? after) => new("", after?.Value);

    /// <summary>The rows whose key is a prefix and an id, from the one that follows <paramref name="After"/>.</summary>
    public readonly record struct KeyRange(string Prefix, string? After)
    {
        // The space sorts before every character of an id: first comes the id itself, then this, then longer ids.
        public string From => After is null ? Prefix : $"{Prefix}{After} ";

        public string To => Prefix + End;
    }
}
