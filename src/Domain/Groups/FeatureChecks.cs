using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Telephony.Domain.Calls;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Groups;

/// <summary>All that is wrong with a configuration, by field. Nothing is stored that this finds fault with.</summary>
public static class FeatureChecks
{
    /// <summary>What is wrong at any site and at any time.</summary>
    public static ImmutableArray<FeatureError> Anywhere(GroupFeatures wanted) =>
    [
        .. Zone(wanted),
        .. TimesChecks.Hours(wanted.Own.Hours),
        .. TimesChecks.Holidays(wanted.Own.Holidays),
        .. TimesChecks.Closures(wanted.Closures),
        .. TimesChecks.Count("closures", wanted.Own.Holidays.Length + wanted.Closures.Length),
        .. Seconds(wanted),
        .. Members(wanted.HuntGroup.Members),
        .. Mail(wanted),
    ];

    /// <summary>
    /// What is wrong here and now with what is to be otherwise than before: what was right once and is no more through
    /// somebody else must not be in the way of another change.
    /// </summary>
    /// <param name="site">As it is.</param>
    /// <param name="account">Whose main number it is about.</param>
    /// <param name="before">What is in force.</param>
    /// <param name="wanted">What is to be configured.</param>
    /// <param name="now">When.</param>
    public static ImmutableArray<FeatureError> Here(
        SiteGroups site, Id<Account> account, GroupFeatures before, GroupFeatures wanted, Instant now) =>
    [
        .. Over(wanted, now),
        .. InService(site, account, before.HuntGroup.Members, wanted.HuntGroup.Members),
        .. Reception(site, account, before, wanted),
    ];

    /// <summary>What is wrong with where a field passes calls on to; null when nothing is.</summary>
    /// <param name="field">Which.</param>
    /// <param name="search">What came of following them.</param>
    public static FeatureError? Way(string field, PathSearch search) => search switch
    {
        PathSearch.Loop loop => new(
            field, "loop", $"Calls would come back to this main number: {string.Join(" → ", Accounts(loop.Path))}.",
            "Send another destination, or first change where one of the others leads."),
        PathSearch.TooFar => new(
            field, "calls-too-far", string.Create(
                CultureInfo.InvariantCulture, $"Calls could go on to more than {CallPaths.NumbersMax} numbers."),
            "Send a destination that passes calls on to fewer."),
        _ => null,
    };

    /// <summary>All that is wrong with a site's hours and holidays.</summary>
    public static ImmutableArray<FeatureError> Of(OpeningTimes times) =>
    [
        .. TimesChecks.Hours(times.Hours),
        .. TimesChecks.Holidays(times.Holidays),
        .. TimesChecks.Count("holidays", times.Holidays.Length),
    ];

    static IEnumerable<FeatureError> Zone(GroupFeatures wanted)
    {
        if (wanted.TimeZone is { } zone && !TimeZones.IsKnown(zone))
        {
            yield return new(
                "timeZone", "unknown-time-zone", "There is no time zone of that name.",
                "Send an IANA name, such as Europe/London, or leave it out for the site's.");
        }
    }

    static IEnumerable<FeatureError> Over(GroupFeatures wanted, Instant now)
    {
        if (wanted.Override is { } byHand && !byHand.HoldsAt(now))
        {
            yield return new(
                "override.until", "in-the-past", "It is over.",
                "Send a time to come, or leave the override out.");
        }
    }

    static IEnumerable<FeatureError> Seconds(GroupFeatures wanted)
    {
        var group = wanted.HuntGroup;
        return
        [
            .. Range("huntGroup.ringSeconds", group.RingSeconds, HuntGroup.SecondsMin, HuntGroup.RingSecondsMax),
            .. Range("huntGroup.maxSeconds", group.MaxSeconds, HuntGroup.SecondsMin, HuntGroup.SecondsMax),
            .. Range(
                "ifNotAnswered.afterSeconds", wanted.NotAnsweredSeconds, HuntGroup.SecondsMin, HuntGroup.SecondsMax),
        ];
    }

    static IEnumerable<FeatureError> InService(
        SiteGroups site, Id<Account> account, ImmutableArray<Member> before, ImmutableArray<Member> members) =>
        members.Index()
            .Where(at => !site.Rings(account, at.Item) && !before.Any(was => was.Number == at.Item.Number))
            .Select(at => NotInService($"{Field(at.Index)}.number", at.Item.Number));

    static IEnumerable<FeatureError> Members(ImmutableArray<Member> members)
    {
        if (members.Length > HuntGroup.MembersMax)
        {
            yield return new(
                "huntGroup.members", "out-of-range",
                string.Create(CultureInfo.InvariantCulture, $"{members.Length} members are too many."),
                string.Create(CultureInfo.InvariantCulture, $"Send at most {HuntGroup.MembersMax}."));
            yield break;
        }

        var named = new HashSet<E164>();
        for (var i = 0; i < members.Length; i++)
        {
            foreach (var error in Range($"{Field(i)}.weight", members[i].Weight, 1, Member.WeightMax))
                yield return error;
            if (!named.Add(members[i].Number))
                yield return Twice($"{Field(i)}.number", members[i].Number);
        }
    }

    static IEnumerable<FeatureError> Mail(GroupFeatures wanted)
    {
        if (wanted.Voicemail is { SendsMail: true, ToEmail: null })
        {
            yield return new(
                "voicemail.toEmail", "missing", "Messages are to be sent by mail, and no address says where.",
                "Send an address, or sendsMail false.");
        }

        if (wanted.Voicemail.Enabled)
            yield break;
        foreach (var (field, _) in wanted.Destinations.Where(to => to.To is Destination.Voicemail))
        {
            yield return new(
                field, "voicemail-off", "It leads to voicemail, which is off.",
                "Send voicemail with enabled true, or another destination.");
        }
    }

    static IEnumerable<FeatureError> Reception(
        SiteGroups site, Id<Account> account, GroupFeatures before, GroupFeatures wanted)
    {
        if (wanted.Reception is { } named)
        {
            if (!site.Rings(account, named) && named != before.Reception)
            {
                yield return NotInService("receptionNumber", named.Number) with
                {
                    WayOut = "Activate it for the account first, name another, or leave it out for the operator's.",
                };
            }

            yield break;
        }

        // The operator's own reception is a loop, and said to be one.
        if (account == site.Operator || site.MainInService(site.Operator) is not null)
            yield break;
        var already = before.Reception is null ? before.Destinations : [];
        foreach (var (field, _) in wanted.Destinations.Except(already).Where(to => to.To is Destination.Reception))
        {
            yield return new(
                field, "no-reception",
                "No receptionNumber is named, and the operator has no main number in service here.",
                "Name an active direct number of the account as receptionNumber, or send another destination.");
        }
    }

    /// <summary>A main number by whose it is, not by its digits as well.</summary>
    static IEnumerable<CallPoint> Accounts(ImmutableArray<CallPoint> path) =>
        path.Where((at, i) => at is CallPoint.Main || path[i + 1] is not CallPoint.Main);

    static string Field(int member) => string.Create(CultureInfo.InvariantCulture, $"huntGroup.members[{member}]");

    static FeatureError Twice(string field, E164 number) =>
        new(field, "named-twice", $"{number} stands twice.", "Name it once.");

    static FeatureError NotInService(string field, E164 number) => new(
        field, "not-a-direct-number-in-service",
        $"{number} is not an active direct number of the account at this site.",
        "Activate it for the account first, or name another.");

    static IEnumerable<FeatureError> Range(string field, int value, int min, int max)
    {
        if (value < min || value > max)
        {
            yield return new(
                field, "out-of-range", string.Create(CultureInfo.InvariantCulture, $"{value} is not {min} to {max}."),
                "Send a number in range.");
        }
    }
}
