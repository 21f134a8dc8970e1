using System.Collections.Immutable;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Numbers;

/// <summary>Numbers of a block that a site has, or is about to have, in one generation.</summary>
public readonly record struct Claim(Id<Site> Site, int Generation, Slots Slots);

/// <summary>Which site has each number of one block: at most one, in one generation. Immutable.</summary>
public sealed class BlockClaims : IEquatable<BlockClaims>
{
    public static readonly BlockClaims None = new([]);

    BlockClaims(ImmutableArray<Claim> claims) => Claims = claims;

    /// <summary>Ascending by site, then by generation; each once, none empty.</summary>
    public ImmutableArray<Claim> Claims { get; }

    public bool IsEmpty => Claims.IsEmpty;

    public static BlockClaims Of(IEnumerable<Claim> claims) => new(
    [
        .. from claim in claims
           where !claim.Slots.IsEmpty
           group claim.Slots by (claim.Site, claim.Generation) into same
           orderby same.Key.Site, same.Key.Generation
           let slots = same.Aggregate(Slots.None, (all, one) => all.Union(one))
           select new Claim(same.Key.Site, same.Key.Generation, slots),
    ]);

    /// <summary>The site that has the number at a slot; null when none has.</summary>
    public Id<Site>? SiteOf(int slot)
    {
        foreach (var claim in Claims)
        {
            if (claim.Slots.Contains(slot))
                return claim.Site;
        }

        return null;
    }

    /// <summary>What the site has in this generation.</summary>
    public Slots Of(Id<Site> site, int generation) =>
        Union(claim => claim.Site == site && claim.Generation == generation);

    /// <summary>What other sites have.</summary>
    public Slots Elsewhere(Id<Site> site) => Union(claim => claim.Site != site);

    /// <summary>
    /// With these for the site, but for those that another has. A newer generation stays: who claims an older one has
    /// seen a site that is no longer so.
    /// </summary>
    public BlockClaims With(Claim claim)
    {
        var lasting = Union(other => other.Site != claim.Site || other.Generation > claim.Generation);
        var free = claim.Slots.Except(lasting);
        return Of(Claims.Select(other => other with { Slots = other.Slots.Except(free) })
            .Append(claim with { Slots = free }));
    }

    /// <summary>Without what the site has of these in this generation.</summary>
    public BlockClaims Without(Claim claim) => Of(Claims.Select(
        other => other.Site == claim.Site && other.Generation == claim.Generation
            ? other with { Slots = other.Slots.Except(claim.Slots) }
            : other));

    public bool Equals(BlockClaims? other) => other is not null && Claims.SequenceEqual(other.Claims);

    public override bool Equals(object? obj) => Equals(obj as BlockClaims);

    public override int GetHashCode() => Claims.Aggregate(0, HashCode.Combine);

    Slots Union(Func<Claim, bool> which) =>
        Claims.Where(which).Aggregate(Slots.None, (all, claim) => all.Union(claim.Slots));
}
