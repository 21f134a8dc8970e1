using System.Collections.Immutable;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Directory;

/// <summary>How the directory's things look as rows: text properties, ids separated by spaces.</summary>
static class DirectoryRows
{
    public static TableEntity Write(Operator owner) =>
        new(DirectoryKeys.Partition(owner.Id), DirectoryKeys.OperatorRow) { ["Name"] = owner.Name };

    public static Operator ReadOperator(TableEntity row) =>
        new(Id<Operator>.Parse(row.PartitionKey), Text(row, "Name"));

    public static TableEntity Write(Site site) =>
        new(DirectoryKeys.Partition(site.Operator), DirectoryKeys.SiteRow(site.Id))
    {
        ["Name"] = site.Name,
        ["Country"] = site.Country,
        ["TimeZone"] = site.TimeZone,
        ["Address"] = site.Address,
    };

    public static Site ReadSite(TableEntity row) => new(
        Last<Site>(row), Owner(row), Text(row, "Name"), Text(row, "Country"), Text(row, "TimeZone"),
            Text(row, "Address"));

    public static TableEntity Write(Account account) =>
        new(DirectoryKeys.Partition(account.Operator), DirectoryKeys.AccountRow(account.Id))
        {
            ["Kind"] = account.Kind.ToString(),
            ["Name"] = account.Name,
            ["Sites"] = string.Join(' ', account.Sites),
        };

    public static Account ReadAccount(TableEntity row) => new(
        Last<Account>(row), Owner(row), Enum.Parse<AccountKind>(Text(row, "Kind")), Text(row, "Name"), Sites(row));

    public static TableEntity Write(Id<Operator> owner, User user) =>
        new(DirectoryKeys.Partition(owner), DirectoryKeys.UserRow(user.Account, user.Id))
        {
            ["Name"] = user.Name,
            ["Email"] = user.Email,
            ["Role"] = user.Role.ToString(),
            ["Sites"] = string.Join(' ', user.Sites),
        };

    public static User ReadUser(TableEntity row) => new(
        Last<User>(row),
        Id<Account>.Parse(row.RowKey.Split('|')[1]),
        Text(row, "Name"),
        Text(row, "Email"),
        Enum.Parse<Role>(Text(row, "Role")),
        Sites(row));

    /// <summary>The row that says whose an id is.</summary>
    public static TableEntity Claim(string partition, string row, string owner) =>
        new(partition, row) { ["Owner"] = owner };

    public static string ReadClaim(TableEntity row) => Text(row, "Owner");

    /// <summary>Whether the user with this id is being removed.</summary>
    public static bool IsLeaving(TableEntity claim) => claim.GetBoolean("Leaving") is true;

    public static TableEntity Claim(TableEntity claim, bool isLeaving)
    {
        var row = Claim(claim.PartitionKey, claim.RowKey, ReadClaim(claim));
        row.ETag = claim.ETag;
        if (isLeaving)
            row["Leaving"] = true;
        return row;
    }

    /// <summary>Whether two rows say the same, versions aside.</summary>
    public static bool Same(TableEntity one, TableEntity two) => Content(one).SetEquals(Content(two));

    static HashSet<(string, object)> Content(TableEntity row) =>
        [.. TransactionGuard.OwnProperties(row).Select(property => (property.Key, property.Value))];

    static string Text(TableEntity row, string property) =>
        row.GetString(property)
            ?? throw new InvalidDataException($"'{row.RowKey}' of '{row.PartitionKey}' has no {property}.");

    static Id<Operator> Owner(TableEntity row) => Id<Operator>.Parse(row.PartitionKey);

    static Id<T> Last<T>(TableEntity row) => Id<T>.Parse(row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..]);

    static ImmutableSortedSet<Id<Site>> Sites(TableEntity row) =>
        [.. Text(row, "Sites").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Id<Site>.Parse)];
}
