using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Places;

/// <summary>What an import has come to so far.</summary>
sealed class PlaceTally
{
    public int Created { get; private set; }

    public int Changed { get; private set; }

    public int Unchanged { get; private set; }

    public List<ProblemError> Errors { get; } = [];

    public void Add(PlaceTally part)
    {
        (Created, Changed) = (Created + part.Created, Changed + part.Changed);
        Unchanged += part.Unchanged;
        Errors.AddRange(part.Errors);
    }

    internal void Count(Placed? before, PlaceDecision decision)
    {
        if (decision is PlaceDecision.Unchanged)
            Unchanged++;
        else if (before is null)
            Created++;
        else
            Changed++;
    }
}

/// <summary>
/// Puts many things of a site, each as if it were sent alone, as many in one transaction as surely fit. What is so
/// already is not written, so a repeat writes what the first try did not get to.
/// </summary>
public sealed class PlaceImport(PlaceTable table, MacClaims claims, TimeProvider clock)
{
    /// <param name="site">Where.</param>
    /// <param name="entries">In an order in which each finds what it stands on.</param>
    /// <param name="mayLease">Whether the caller may say who leases a space.</param>
    /// <param name="dryRun">Only say what would happen.</param>
    /// <param name="ct">Stops between transactions.</param>
    internal async Task<PlaceTally> RunAsync(
        Id<Site> site, IEnumerable<PlaceEntry> entries, bool mayLease, bool dryRun, CancellationToken ct)
    {
        var tally = new PlaceTally();
        var places = await table.LoadAllAsync(site, ct);
        foreach (var kind in entries.GroupBy(entry => entry.Item.Ref.Kind).OrderBy(kind => kind.Key))
        {
            foreach (var part in kind.Chunk(TogetherMax(kind.Key)))
            {
                (places, var done) = await PutAsync(places, part, mayLease, dryRun, ct);
                tally.Add(done);
            }
        }

        return tally;
    }

    /// <summary>
    /// A transaction has a row for the counts, and for each port or handset its own, two that it leaves and two that it
    /// comes to; a new handset leaves none, and ends the doubt about its address.
    /// </summary>
    static int TogetherMax(PlaceKind kind) =>
        (TableLimits.TransactionRowsMax - 1) / (kind is PlaceKind.Port or PlaceKind.Handset ? 5 : 1);

    async Task<(PlaceSnapshot Places, PlaceTally Tally)> PutAsync(
        PlaceSnapshot places, PlaceEntry[] entries, bool mayLease, bool dryRun, CancellationToken ct)
    {
        IReadOnlySet<MacAddress> elsewhere = new HashSet<MacAddress>();
        var everClaimed = new HashSet<MacAddress>();
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var (after, tally) = Decide(places.Places, entries, elsewhere, mayLease);
            var created = after.Touched.Where(which => places.Places.Find(which) is null)
                .Select(which => after.Find(which)!.Item).OfType<Handset>().Select(handset => handset.Mac).ToList();
            var claimed = dryRun
                ? new(await claims.ElsewhereAsync(places.Site, created, ct), [])
                : await claims.ClaimAsync(places.Site, created, ct);
            if (claimed.Elsewhere.Count > 0)
            {
                // Without these, others may come in that they were in the way of, and these are yet to be claimed.
                elsewhere = elsewhere.Union(claimed.Elsewhere).ToHashSet();
                continue;
            }

            if (dryRun)
                return (places with { Places = after with { Touched = [] } }, tally);
            var saved = after.Touched.IsEmpty
                ? places with { Places = after with { Touched = [] } }
                : await table.CommitAsync(places, after, claimed.Used, ct);
            if (saved is not null)
            {
                await claims.GiveUpAsync(places.Site, everClaimed.Except(created), ct);
                return (saved, tally);
            }

            everClaimed.UnionWith(created);

            await Rivals.PauseAsync(attempt, clock, ct);
            places = await table.LoadAllAsync(places.Site, ct);
        }

        throw new SiteBusyException($"Other changes at {places.Site} won {Rivals.AttemptsMax} tries in a row.");
    }

    static (SitePlaces After, PlaceTally Tally) Decide(
        SitePlaces places, PlaceEntry[] entries, IReadOnlySet<MacAddress> elsewhere, bool mayLease)
    {
        var (after, tally) = (places, new PlaceTally());
        foreach (var entry in entries)
        {
            var before = after.Find(entry.Item.Ref);
            var decision = before is null && entry.Item is Handset { Mac: var mac } && elsewhere.Contains(mac)
                ? new PlaceDecision.Refused([new PlaceRefusal.Elsewhere(mac)])
                : PlaceDecider.Put(after, entry.Over(before?.Item), mayLease);
            if (decision is PlaceDecision.Refused refused)
            {
                tally.Errors.AddRange(refused.Refusals.Select(PlaceProblems.Error).Select(entry.At));
                continue;
            }

            tally.Count(before, decision);
            after = decision is PlaceDecision.Accepted accepted ? accepted.After : after;
        }

        return (after, tally);
    }
}
