using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>All that a decision about a site's numbers may depend on.</summary>
public sealed record SiteState(
    SiteRules Rules, NumberPool Pool, ImmutableDictionary<Id<Account>, Holding> Holdings)
{
    public static readonly SiteState Empty =
        new(SiteRules.Default, NumberPool.Empty, ImmutableDictionary<Id<Account>, Holding>.Empty);

    public Holding Holding(Id<Account> account) =>
        Holdings.GetValueOrDefault(account) ?? Services.Holding.Empty(account);

    public SiteState After(SiteChange change) => this with
    {
        Pool = Pool.With(change.Blocks),
        Holdings = Holdings.SetItems(change.Holdings.Select(h => KeyValuePair.Create(h.Account, h))),
    };

    /// <summary>As it is at a time: holds that have lapsed by then are none.</summary>
    public SiteState At(DateTimeOffset now) => Pool.At(now) is var pool && ReferenceEquals(pool, Pool)
        ? this
        : this with { Pool = pool };
}
