using System.Collections.Immutable;
using NodaTime;
using Telephony.Domain.Calls;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Groups;

/// <summary>Whose hours and holidays count.</summary>
public enum HoursSource
{
    /// <summary>The site's, in its zone. Hours and holidays of its own are kept and do not count.</summary>
    Site,

    /// <summary>Its own.</summary>
    Own,
}

/// <summary>What somebody says by hand, whatever the hours say.</summary>
public enum OverrideKind
{
    ForceOpen,
    ForceClosed,
}

/// <summary>Open or closed by hand.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Until">Until when; null until somebody takes it back.</param>
public sealed record Override(OverrideKind Kind, Instant? Until = null)
{
    public bool HoldsAt(Instant at) => Until is not { } until || at < until;
}

/// <summary>Closed once, by the clock of the main number's zone.</summary>
public sealed record Closure(string Name, LocalSpan Span);

/// <summary>Voicemail of a main number.</summary>
/// <param name="Enabled">Whether callers can leave a message.</param>
/// <param name="SendsMail">Whether messages are sent by mail.</param>
/// <param name="ToEmail">Where to; needed when they are.</param>
public sealed record Voicemail(bool Enabled = true, bool SendsMail = false, string? ToEmail = null);

/// <summary>What callers hear, in each mode; null for the platform's own words.</summary>
public sealed record Greetings(string? InHours = null, string? OutOfHours = null, string? Holiday = null);

/// <summary>What is configured for an account's main number at a site.</summary>
public sealed record GroupFeatures
{
    /// <summary>Holidays and closures together: more nobody could look through.</summary>
    public const int DatesMax = 200;

    public const int NotAnsweredSecondsUsual = 60;

    /// <summary>Of a main number that nobody has configured.</summary>
    public static readonly GroupFeatures Default = new();

    public string? DisplayName { get; init; }

    public string? Extension { get; init; }

    public string? ReceptionLabel { get; init; }

    /// <summary>What the reception is; null for the operator's main number at the site.</summary>
    public Member? Reception { get; init; }

    /// <summary>The zone of its own hours, holidays and closures; null for the site's.</summary>
    public string? TimeZone { get; init; }

    public HoursSource HoursSource { get; init; } = HoursSource.Site;

    /// <summary>Its own hours and holidays, whether they count or not.</summary>
    public OpeningTimes Own { get; init; } = OpeningTimes.Default;

    public ImmutableArray<Closure> Closures { get; init; } = [];

    public Override? Override { get; init; }

    public Destination InHours { get; init; } = new Destination.HuntGroup();

    public Destination OutOfHours { get; init; } = new Destination.Voicemail();

    public Destination OnHoliday { get; init; } = new Destination.Voicemail();

    /// <summary>For how long a number rings before <see cref="IfNotAnswered"/>.</summary>
    public int NotAnsweredSeconds { get; init; } = NotAnsweredSecondsUsual;

    public Destination IfNotAnswered { get; init; } = new Destination.Voicemail();

    public Destination IfBusy { get; init; } = new Destination.Voicemail();

    public Destination IfUnreachable { get; init; } = new Destination.Voicemail();

    public HuntGroup HuntGroup { get; init; } = HuntGroup.Default;

    public Voicemail Voicemail { get; init; } = new();

    public Greetings Greetings { get; init; } = new();

    public Destination For(Mode mode) => mode switch
    {
        Mode.InHours => InHours,
        Mode.Holiday => OnHoliday,
        _ => OutOfHours,
    };

    public string? GreetingFor(Mode mode) => mode switch
    {
        Mode.InHours => Greetings.InHours,
        Mode.Holiday => Greetings.Holiday,
        _ => Greetings.OutOfHours,
    };

    /// <summary>The numbers of the account that it names.</summary>
    public IEnumerable<Member> Named => Reception is { } named
        ? HuntGroup.Members.Prepend(named)
        : HuntGroup.Members;

    /// <summary>Every place where it says what happens to a call, by the field that says so.</summary>
    public ImmutableArray<(string Field, Destination To)> Destinations =>
    [
        ("inHours", InHours), ("outOfHours", OutOfHours), ("holiday", OnHoliday),
        ("ifNotAnswered.to", IfNotAnswered), ("ifBusy", IfBusy), ("ifUnreachable", IfUnreachable),
    ];

    /// <summary>
    /// Where it may pass a call on to at any time, and which field says so. The hunt group is no such place: its call
    /// rings phones, and does not go where the members' own calls do.
    /// </summary>
    /// <param name="reception">The operator's account, whose main number is the reception of who names none.</param>
    /// <param name="namedRings">Whether the reception that is named is in service.</param>
    public IEnumerable<(string Field, CallPoint To)> Ways(Id<Account> reception, bool namedRings)
    {
        foreach (var (field, destination) in Destinations)
        {
            if (destination is Destination.Forward(var number))
                yield return (field, new CallPoint.Called(number));
            else if (destination is Destination.Reception && Reception is null)
                yield return (field, new CallPoint.Main(reception));
            else if (destination is Destination.Reception && namedRings)
                yield return (field, new CallPoint.Called(Reception!.Number));
        }
    }
}
