using System.Collections.Frozen;
using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Audits;

/// <summary>An operation that has not ended.</summary>
public sealed record OpenOperation(OperationId Id, Id<Account>? Account, DateTimeOffset AcceptedAt)
{
    /// <summary>Until when it waits for somebody; null when it does not.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }
}

/// <summary>All that an audit looks at, as it was read at one time.</summary>
/// <param name="State">The site as decisions see it: no hold that has ended.</param>
/// <param name="Stored">The pool as it is written down.</param>
/// <param name="Now">When it was read.</param>
public sealed record AuditedSite(SiteState State, NumberPool Stored, DateTimeOffset Now)
{
    /// <summary>The accounts of the site's operator, and whether each is at the site.</summary>
    public FrozenDictionary<Id<Account>, bool> Accounts { get; init; } = FrozenDictionary<Id<Account>, bool>.Empty;

    /// <summary>Who has which number and where it rings; null where that was not read to its end.</summary>
    public AuditedLines? Lines { get; init; }

    public ImmutableArray<OpenOperation> Operations { get; init; } = [];

    /// <summary>When each change was made that is not yet announced.</summary>
    public ImmutableArray<DateTimeOffset> Events { get; init; } = [];

    /// <summary>What was not read to its end, and how much of it was.</summary>
    public ImmutableArray<(AuditPart Part, int Limit)> Unread { get; init; } = [];

    /// <summary>What was not read to its end is no evidence that something is not there.</summary>
    public bool IsUnread(AuditPart part) => Unread.Any(unread => unread.Part == part);

    /// <summary>Every number that is written down, with which one it is.</summary>
    public IEnumerable<(E164 Id, Number Number)> Numbers =>
        from block in Stored.Blocks
        from slot in block.Provisioned
        select (block.Id[slot], block[slot]!);
}
