namespace Telephony.Storage.Tests.Linear;

/// <summary>
/// Whether the calls can be put into one order, in which each takes effect at one moment between its start and its end
/// and the model answers as the site did: the search of Wing and Gong, remembering where it has been (Lowe). A request
/// may name several numbers, all or none, so the model is the whole site and not one number; that it is then also
/// linearizable for each number follows. The search is exponential in calls that overlap, so histories are short.
/// </summary>
static class Linearizable
{
    /// <summary>One bit for each call.</summary>
    public const int CallsMax = 64;

    public static bool Is(IReadOnlyList<Call> history, SiteModel start)
    {
        Assert.InRange(history.Count, 1, CallsMax);
        var dead = new HashSet<(ulong, string)>();
        return Search(0, start);

        bool Search(ulong done, SiteModel site)
        {
            var left = Enumerable.Range(0, history.Count).Where(i => (done >> i & 1) == 0).ToList();
            if (left.Count == 0)
                return true;
            if (!dead.Add((done, site.Key)))
                return false;

            // Only a call that started before any other one ended can be the next.
            var firstEnd = left.Min(i => history[i].End);
            return left.Where(i => history[i].Start < firstEnd).Any(i =>
                site.After(history[i].Wish, history[i].Answer) is { } next && Search(done | 1UL << i, next));
        }
    }
}
