using System.Diagnostics;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Storage;
using static Telephony.Functions.Directory.DirectoryKeys;

namespace Telephony.Functions.Directory;

/// <summary>A thing and the version that it was read at.</summary>
public sealed record Versioned<T>(T Value, ETag Version);

/// <summary>
/// Who and where: reads of the directory. The methods that answer a bare thing may be up to
/// <see cref="DirectoryCache.AgeMax"/> behind; those that answer a version are fresh.
/// </summary>
public sealed class DirectoryTable(ITable directory, DirectoryCache cache)
{
    /// <summary>The site with this id, of whatever operator.</summary>
    public async Task<Site?> SiteAsync(Id<Site> site, CancellationToken ct) =>
        await cache.GetAsync(AllSites, site.Value, async () =>
            await SiteOwnerAsync(site, ct) is { } owner ? (await FindAsync(owner, site, ct))?.Value : null);

    /// <summary>The site of a step that was scheduled there.</summary>
    /// <exception cref="UnreachableException">There is none, and nothing removes one.</exception>
    public async Task<Site> ExistingSiteAsync(Id<Site> site, CancellationToken ct) =>
        await SiteAsync(site, ct) ?? throw new UnreachableException($"There is no site '{site}'.");

    /// <param name="owner">Whose account it is.</param>
    /// <param name="account">Which one.</param>
    /// <param name="ct">Stops the read.</param>
    /// <param name="fresh">
    /// Before a caller is turned away because of the sites that the account works at: they may have changed.
    /// </param>
    public Task<Account?> AccountAsync(
        Id<Operator> owner, Id<Account> account, CancellationToken ct, bool fresh = false) => cache.GetAsync(
            Partition(owner), AccountRow(account), async () => (await FindAsync(owner, account, ct))?.Value, fresh);

    /// <summary>An account that was found before, as it is now: what a write rests on.</summary>
    /// <exception cref="UnreachableException">There is none, and nothing removes one.</exception>
    public async Task<Account> ExistingAccountAsync(Id<Operator> owner, Id<Account> account, CancellationToken ct) =>
        await AccountAsync(owner, account, ct, fresh: true)
        ?? throw new UnreachableException($"There is no account '{account}' of '{owner}'.");

    public Task<Operator?> OperatorAsync(Id<Operator> owner, CancellationToken ct) =>
        cache.GetAsync(Partition(owner), OperatorRow, async () => (await FindAsync(owner, ct))?.Value);

    public Task<Versioned<Operator>?> FindAsync(Id<Operator> owner, CancellationToken ct) =>
        FindAsync(owner, OperatorRow, DirectoryRows.ReadOperator, ct);

    public Task<Versioned<Site>?> FindAsync(Id<Operator> owner, Id<Site> site, CancellationToken ct) =>
        FindAsync(owner, SiteRow(site), DirectoryRows.ReadSite, ct);

    public Task<Versioned<Account>?> FindAsync(Id<Operator> owner, Id<Account> account, CancellationToken ct) =>
        FindAsync(owner, AccountRow(account), DirectoryRows.ReadAccount, ct);

    public Task<Versioned<User>?> FindAsync(
        Id<Operator> owner, Id<Account> account, Id<User> user, CancellationToken ct) =>
        FindAsync(owner, UserRow(account, user), DirectoryRows.ReadUser, ct);

    /// <summary>Whose user it is; null when nobody's, or when the user is being removed.</summary>
    /// <param name="owner">Within whom the user's id is unique.</param>
    /// <param name="user">Which one.</param>
    /// <param name="ct">Stops the read.</param>
    /// <param name="fresh">Read from the table, as it is now.</param>
    public async Task<Id<Account>?> AccountOfUserAsync(
        Id<Operator> owner, Id<User> user, CancellationToken ct, bool fresh = false)
    {
        var account = await cache.GetAsync(
            Partition(owner), UserClaimRow(user),
            async () => await directory.FindAsync(Partition(owner), UserClaimRow(user), ct) is { } claim
                && !DirectoryRows.IsLeaving(claim)
                ? DirectoryRows.ReadClaim(claim)
                : null,
            fresh);
        return account is null ? null : Id<Account>.Parse(account);
    }

    /// <summary>Whose a site id is, also when the site itself was never written.</summary>
    public async Task<Id<Operator>?> SiteOwnerAsync(Id<Site> site, CancellationToken ct) =>
        await directory.FindAsync(AllSites, site.Value, ct) is { } claim
            ? Id<Operator>.Parse(DirectoryRows.ReadClaim(claim))
            : null;

    public async IAsyncEnumerable<Operator> OperatorsAsync(
        Id<Operator>? after, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        var range = Operators(after);
        await foreach (var row in directory.RangeAsync(AllOperators, range.From, range.To, pageSize, ct))
        {
            // The index is written first, so it may name an operator that never came to be.
            if (await OperatorAsync(Id<Operator>.Parse(row.RowKey), ct) is { } found)
                yield return found;
        }
    }

    public IAsyncEnumerable<Site> SitesAsync(Id<Operator> owner, Id<Site>? after, int pageSize, CancellationToken ct) =>
        RangeAsync(owner, Sites(after), DirectoryRows.ReadSite, pageSize, ct);

    public IAsyncEnumerable<Account> AccountsAsync(
        Id<Operator> owner, Id<Account>? after, int pageSize, CancellationToken ct) =>
        RangeAsync(owner, Accounts(after), DirectoryRows.ReadAccount, pageSize, ct);

    public IAsyncEnumerable<User> UsersAsync(
        Id<Operator> owner, Id<Account> account, Id<User>? after, int pageSize, CancellationToken ct) =>
        RangeAsync(owner, Users(account, after), DirectoryRows.ReadUser, pageSize, ct);

    /// <summary>Every user of an operator, and whose it is.</summary>
    public IAsyncEnumerable<(Id<User> User, Id<Account> Account)> UserAccountsAsync(
        Id<Operator> owner, int pageSize, CancellationToken ct) => RangeAsync(
            owner, UserClaims(),
            claim => (UserOfClaim(claim.RowKey), Id<Account>.Parse(DirectoryRows.ReadClaim(claim))), pageSize, ct);

    async Task<Versioned<T>?> FindAsync<T>(
        Id<Operator> owner, string row, Func<TableEntity, T> read, CancellationToken ct) =>
        await directory.FindAsync(Partition(owner), row, ct) is { } found ? new(read(found), found.ETag) : null;

    IAsyncEnumerable<T> RangeAsync<T>(
        Id<Operator> owner, KeyRange range, Func<TableEntity, T> read, int pageSize, CancellationToken ct) =>
        directory.RangeAsync(Partition(owner), range.From, range.To, pageSize, ct).Select(read);
}
