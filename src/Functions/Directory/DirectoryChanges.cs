using Azure;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;
using static Telephony.Functions.Directory.DirectoryKeys;

namespace Telephony.Functions.Directory;

/// <summary>What became of a write to the directory.</summary>
abstract record PutResult
{
    /// <summary>It is stored as asked; perhaps it already was.</summary>
    public sealed record Stored(ETag Version, bool Created) : PutResult;

    /// <summary>It is not as the caller saw it; nothing changed.</summary>
    public sealed record Moved : PutResult;

    /// <summary>The id belongs to another.</summary>
    public sealed record Taken(string Owner) : PutResult;
}

/// <summary>
/// Writes to the directory. A repeat of a write finds everything as it asked for, and a write that was cut off between
/// two transactions leaves only a claim that its repeat takes up.
/// </summary>
public sealed class DirectoryChanges(ITable directory, DirectoryCache cache)
{
    /// <summary>The operator and its own account, in one transaction.</summary>
    internal async Task<PutResult> PutAsync(Operator owner, Precondition precondition, CancellationToken ct)
    {
        var own = DirectoryRows.Write(Account.OfOperator(owner));
        var storedOwn = await directory.FindAsync(own.PartitionKey, own.RowKey, ct);
        own.ETag = storedOwn?.ETag ?? default;
        RowChange account = storedOwn is null ? new RowChange.Insert(own) : new RowChange.Replace(own);

        var index = DirectoryRows.Claim(AllOperators, owner.Id.Value, owner.Id.Value);
        var result =
            await PutAsync(DirectoryRows.Write(owner), precondition, [account], () => ClaimAsync(index, ct), ct);
        cache.Drop(own.PartitionKey, own.RowKey);
        return result;
    }

    /// <summary>Claims the id for the operator everywhere, then writes the site.</summary>
    internal async Task<PutResult> PutAsync(Site site, Precondition precondition, CancellationToken ct)
    {
        var claim = DirectoryRows.Claim(AllSites, site.Id.Value, site.Operator.Value);
        if (await OtherOwnerAsync(claim, ct) is { } taken)
            return taken;

        var result = await PutAsync(DirectoryRows.Write(site), precondition, [], () => ClaimAsync(claim, ct), ct);
        cache.Drop(AllSites, site.Id.Value);
        return result;
    }

    internal Task<PutResult> PutAsync(Account account, Precondition precondition, CancellationToken ct) =>
        PutAsync(DirectoryRows.Write(account), precondition, [], Unclaimed, ct);

    /// <summary>The user, and when it is new the claim of its id within the operator, in one transaction.</summary>
    internal async Task<PutResult> PutAsync(
        Id<Operator> owner, User user, Precondition precondition, CancellationToken ct)
    {
        var claim = DirectoryRows.Claim(Partition(owner), UserClaimRow(user.Id), user.Account.Value);
        var claimed = await directory.FindAsync(claim.PartitionKey, claim.RowKey, ct);
        if (claimed is not null && DirectoryRows.ReadClaim(claimed) != user.Account.Value)
            return new PutResult.Taken($"account '{DirectoryRows.ReadClaim(claimed)}'");

        RowChange[] alongside = claimed is null ? [new RowChange.Insert(claim)] : [];
        var result = await PutAsync(DirectoryRows.Write(owner, user), precondition, alongside, Unclaimed, ct);
        // A removal that never came to its end is called off by who still wants the user.
        if (result is PutResult.Stored && claimed is not null && DirectoryRows.IsLeaving(claimed))
            await MarkLeavingAsync(owner, user.Id, isLeaving: false, ct);
        return result;
    }

    /// <summary>
    /// Says that a user is being removed, or no longer. Numbers are in other partitions than users: whoever assigns
    /// one to the user looks at this afterwards and takes it back, and whoever removes the user looks for numbers
    /// after saying so. Whichever comes first, the other sees it.
    /// </summary>
    /// <returns>The claim of the user's id as it is then; null when there is none.</returns>
    internal async Task<TableEntity?> MarkLeavingAsync(
        Id<Operator> owner, Id<User> user, bool isLeaving, CancellationToken ct)
    {
        var (partition, row) = (Partition(owner), UserClaimRow(user));
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var claim = await directory.FindAsync(partition, row, ct);
            if (claim is null || DirectoryRows.IsLeaving(claim) == isLeaving)
                return claim;

            var marked = DirectoryRows.Claim(claim, isLeaving);
            var result = await directory.CommitAsync(partition, [new RowChange.Replace(marked)], ct);
            cache.Drop(partition, row);
            if (result is CommitResult.Committed committed)
            {
                marked.ETag = committed.ETags[0];
                return marked;
            }
        }

        throw new SiteBusyException($"Others changed the claim of user {user} {Rivals.AttemptsMax} times in a row.");
    }

    /// <summary>Removes a user who is leaving, and frees the id.</summary>
    /// <param name="owner">Whose user it is.</param>
    /// <param name="seen">The user, and at which version.</param>
    /// <param name="claim">
    /// The claim as it said that the user leaves, before anybody looked for numbers; null when there is none.
    /// </param>
    /// <param name="ct">Stops between requests.</param>
    internal async Task<PutResult> DeleteAsync(
        Id<Operator> owner, Versioned<User> seen, TableEntity? claim, CancellationToken ct)
    {
        var (partition, user) = (Partition(owner), seen.Value);
        var row = new TableEntity(partition, UserRow(user.Account, user.Id)) { ETag = seen.Version };
        RowChange[] changes = claim is null
            ? [new RowChange.Delete(row)]
            : [new RowChange.Delete(row), new RowChange.Delete(claim)];
        try
        {
            // Gone is gone: the storage client repeats a request whose answer was lost.
            return await directory.CommitAsync(partition, changes, ct) is CommitResult.Committed
                || await directory.FindAsync(partition, row.RowKey, ct) is null
                ? new PutResult.Stored(default, Created: false)
                : new PutResult.Moved();
        }
        finally
        {
            cache.Drop(partition, UserClaimRow(user.Id));
        }
    }

    /// <param name="row">What is to be stored.</param>
    /// <param name="precondition">What must be true of what is stored.</param>
    /// <param name="alongside">What is written in the same transaction.</param>
    /// <param name="claim">Done before a row is created: null when its id is free for it.</param>
    /// <param name="ct">Stops between requests.</param>
    async Task<PutResult> PutAsync(
        TableEntity row,
        Precondition precondition,
        IReadOnlyList<RowChange> alongside,
        Func<Task<PutResult?>> claim,
        CancellationToken ct)
    {
        var stored = await directory.FindAsync(row.PartitionKey, row.RowKey, ct);
        if (stored is not null && DirectoryRows.Same(stored, row))
            return new PutResult.Stored(stored.ETag, Created: false);

        if (!precondition.HoldsFor(stored?.ETag))
            return new PutResult.Moved();

        if (stored is null && await claim() is { } refused)
            return refused;

        row.ETag = stored?.ETag ?? default;
        RowChange change = stored is null ? new RowChange.Insert(row) : new RowChange.Replace(row);
        try
        {
            var result = await directory.CommitAsync(row.PartitionKey, [change, .. alongside], ct);
            return result is CommitResult.Committed committed
                ? new PutResult.Stored(committed.ETags[0], Created: stored is null)
                : await AfterConflictAsync(row, stored is null, ct);
        }
        finally
        {
            // Also when the outcome is unknown.
            cache.Drop(row.PartitionKey, row.RowKey);
        }
    }

    // The storage client repeats a request whose answer was lost: the rival may be our own first attempt.
    async Task<PutResult> AfterConflictAsync(TableEntity row, bool created, CancellationToken ct) =>
        await directory.FindAsync(row.PartitionKey, row.RowKey, ct) is { } now && DirectoryRows.Same(now, row)
            ? new PutResult.Stored(now.ETag, created)
            : new PutResult.Moved();

    async Task<PutResult?> ClaimAsync(TableEntity claim, CancellationToken ct) =>
        await directory.CommitAsync(claim.PartitionKey, [new RowChange.Insert(claim)], ct) is CommitResult.Conflict
            ? await OtherOwnerAsync(claim, ct)
            : null;

    async Task<PutResult?> OtherOwnerAsync(TableEntity claim, CancellationToken ct) =>
        await directory.FindAsync(claim.PartitionKey, claim.RowKey, ct) is { } claimed
            && !DirectoryRows.Same(claimed, claim)
            ? new PutResult.Taken($"operator '{DirectoryRows.ReadClaim(claimed)}'")
            : null;

    static Task<PutResult?> Unclaimed() => Task.FromResult<PutResult?>(null);
}
