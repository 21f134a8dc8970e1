using System.Collections.Immutable;
using Telephony.Domain.Calls;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using Telephony.Domain.Numbers;
using Telephony.Domain.Settings;

namespace Telephony.Domain.Tests.Calls;

/// <summary>A site's main numbers as they are configured, and its direct numbers as they are set.</summary>
sealed record SiteCalls(SiteGroups Site)
{
    public ImmutableDictionary<E164, NumberSettings> Set { get; init; } =
        ImmutableDictionary<E164, NumberSettings>.Empty;

    public SiteCalls With(E164 number, NumberSettings settings) => this with { Set = Set.SetItem(number, settings) };

    public NumberSettings Of(E164 number) => Set.GetValueOrDefault(number, NumberSettings.Default);

    /// <summary>What comes of a configuration that is wanted, by field.</summary>
    public IEnumerable<(string Field, PathSearch Search)> Ways(Id<Account> account, GroupFeatures wanted) =>
        Site.Ways(account, wanted).Select(way => (way.Field, Follow(new CallPoint.Main(account), [way.To])));

    /// <summary>As a request does it: what is not known is looked up, until everything is.</summary>
    public PathSearch Follow(CallPoint start, IEnumerable<CallPoint> to)
    {
        var (known, ways) = (new Dictionary<CallPoint, ImmutableArray<CallPoint>>(), to.ToList());
        while (true)
        {
            var search = CallPaths.Follow(start, ways, known);
            if (search is not PathSearch.Needs needs)
                return search;
            foreach (var point in needs.Points)
                known.Add(point, From(point));
        }
    }

    ImmutableArray<CallPoint> From(CallPoint point) => point switch
    {
        CallPoint.Called(var number) => Site.State.Pool.Find(number) is { } found
            ? CallPaths.From(found, Of(number))
            : [],
        CallPoint.Main(var account) => [.. Site.Ways(account, Site.Of(account)).Select(way => way.To)],
        _ => throw new InvalidOperationException($"Nothing is known of {point}."),
    };
}
