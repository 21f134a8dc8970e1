using Azure;
using Azure.Data.Tables;

namespace Telephony.Functions.Storage;

/// <summary>
/// One write of a transaction. There is no upsert and no write without a version: neither could see a rival.
/// </summary>
public abstract record RowChange(TableEntity Row)
{
    /// <summary>Fails when the row exists.</summary>
    public sealed record Insert(TableEntity Row) : RowChange(Row);

    /// <summary>Changes the named properties and leaves the others; fails when the row's ETag has moved on.</summary>
    public sealed record Merge(TableEntity Row) : RowChange(Row);

    /// <summary>Puts this row in the place of the old one; fails when the row's ETag has moved on.</summary>
    public sealed record Replace(TableEntity Row) : RowChange(Row);

    /// <summary>Removes the row; fails when its ETag has moved on.</summary>
    public sealed record Delete(TableEntity Row) : RowChange(Row);
}

/// <summary>What became of a transaction.</summary>
public abstract record CommitResult
{
    /// <summary>
    /// All changes are in; <paramref name="ETags"/> are the rows' new versions, in the order of the changes.
    /// </summary>
    public sealed record Committed(IReadOnlyList<ETag> ETags) : CommitResult;

    /// <summary>Nothing changed: the change at <paramref name="Index"/> met a row that was not as expected.</summary>
    public sealed record Conflict(int Index, ConflictKind Kind) : CommitResult;
}

/// <summary>Why a transaction was turned down.</summary>
public enum ConflictKind
{
    /// <summary>An insert met an existing row.</summary>
    Exists,

    /// <summary>A merge, replace or delete carried an old ETag.</summary>
    Stale,

    /// <summary>A merge, replace or delete met no row.</summary>
    Missing,
}
