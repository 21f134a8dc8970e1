using System.Collections.Immutable;

namespace Telephony.Domain.Rules;

/// <summary>A site's rules, and from when they hold.</summary>
public sealed record RuleVersion(SiteRules Rules, DateTimeOffset EffectiveFrom);

/// <summary>
/// The versions of a site's rules that can still matter. In force at a time is the newest one whose effective-from has
/// come. So a new version takes the place of every older one that would begin at the same time or later, and the
/// versions that are left ascend in number and in time alike.
/// </summary>
public sealed class RuleBook
{
    /// <summary>Versions yet to come: more could not be kept in mind, and each has to fit into one row.</summary>
    public const int ScheduledMax = 10;

    /// <summary>How far ahead a version may begin: a year, whichever it is.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromDays(366);

    /// <summary>How far back a version may say that it begins, which is then now: clocks differ by so much.</summary>
    public static readonly TimeSpan BehindMax = TimeSpan.FromMinutes(1);

    /// <summary>Of a site whose rules nobody has written: version 0, for ever.</summary>
    public static readonly RuleBook Default = new([new(SiteRules.Default, DateTimeOffset.MinValue)]);

    /// <exception cref="ArgumentException">There is none, or they do not ascend.</exception>
    public RuleBook(ImmutableArray<RuleVersion> versions)
    {
        var ascend = versions.Zip(versions.Skip(1)).All(pair =>
            pair.First.Rules.Version < pair.Second.Rules.Version
            && pair.First.EffectiveFrom < pair.Second.EffectiveFrom);
        if (versions.IsEmpty || !ascend)
            throw new ArgumentException("Versions of rules ascend in number and in time, and there is one.");
        Versions = versions;
    }

    /// <summary>Ascending; never empty.</summary>
    public ImmutableArray<RuleVersion> Versions { get; }

    /// <summary>The newest, whether it is in force or not.</summary>
    public RuleVersion Last => Versions[^1];

    /// <summary>
    /// The version in force. What came before the first one is forgotten: for work of an earlier time the first counts.
    /// </summary>
    public RuleVersion At(DateTimeOffset time) =>
        Versions.LastOrDefault(version => version.EffectiveFrom <= time) ?? Versions[0];

    /// <summary>The versions that begin later.</summary>
    public ImmutableArray<RuleVersion> After(DateTimeOffset time) =>
        [.. Versions.Where(version => version.EffectiveFrom > time)];

    /// <summary>
    /// With one version more, numbered one on. The one in force now stays, for processes whose clock is behind.
    /// </summary>
    /// <param name="rules">What they say; their version is set here.</param>
    /// <param name="from">When they begin, not before <paramref name="now"/>.</param>
    /// <param name="now">What was over by then is forgotten.</param>
    public RuleBook With(SiteRules rules, DateTimeOffset from, DateTimeOffset now)
    {
        var current = At(now);
        var kept = Versions.Where(version => version.EffectiveFrom < from
            && version.Rules.Version >= current.Rules.Version);
        return new([.. kept, new(rules with { Version = Last.Rules.Version + 1 }, from)]);
    }
}
