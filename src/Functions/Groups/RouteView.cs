using System.Collections.Immutable;
using NodaTime;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Groups;

/// <summary>What a caller of an account's main number meets at a moment.</summary>
/// <param name="Account">Whose main number.</param>
/// <param name="MainNumber">In E.164; absent while none is in service: then it is what callers would meet.</param>
/// <param name="At">The moment.</param>
/// <param name="Mode">Which of its destinations the main number sends callers to.</param>
/// <param name="Rule">What decided that.</param>
/// <param name="Greeting">What the caller hears; absent for the platform's own words.</param>
/// <param name="First">Where the call goes first.</param>
sealed record RouteView(
    Id<Account> Account, string? MainNumber, DateTimeOffset At, Mode Mode, RuleView Rule, string? Greeting,
    StopView First)
{
    /// <param name="site">Where.</param>
    /// <param name="route">What is met.</param>
    /// <param name="at">When.</param>
    /// <param name="only">The one account whose configuration may be shown; null for all.</param>
    /// <param name="shown">What stands in the answer already.</param>
    public static RouteView Of(
        SiteGroups site, Route route, Instant at, Id<Account>? only, HashSet<Route>? shown = null) => new(
        route.Account, site.MainInService(route.Account)?.ToString(), at.ToDateTimeOffset(), route.Decision.Mode,
        RuleView.Of(route.Decision.Rule), route.Greeting, StopView.Of(
            site, route.First, at, only, shown ?? new(ReferenceEqualityComparer.Instance)));
}

/// <summary>What callers meet over a time.</summary>
/// <param name="From">The beginning of that time.</param>
/// <param name="To">Its end, not included.</param>
/// <param name="Changes">What they meet from its beginning on, and each time that it changes.</param>
sealed record RouteChangesView(DateTimeOffset From, DateTimeOffset To, ImmutableArray<RouteView> Changes);

/// <summary>The kinds of rules; the first one that applies decides.</summary>
enum RuleKind
{
    Override,
    Closure,
    Holiday,
    OutOfHours,
    BusinessHours,
}

/// <summary>The rule that decided.</summary>
/// <param name="Kind">Which kind of rule.</param>
/// <param name="Text">For people.</param>
/// <param name="Name">Of the closure or the holiday.</param>
/// <param name="From">Since when it applies, by the clock of its zone.</param>
/// <param name="To">Until when.</param>
/// <param name="Source">Whose hours or holidays they are.</param>
sealed record RuleView(RuleKind Kind, string Text, string? Name, string? From, string? To, HoursSource? Source)
{
    public static RuleView Of(ModeRule rule) => rule switch
    {
        ModeRule.ByHand(var byHand) => new(
            RuleKind.Override, RouteWords.Of(byHand), null, null, null, null),
        ModeRule.Closed(var closure) => new(
            RuleKind.Closure, $"Closed: {closure.Name}.", closure.Name, TimesInput.Text(closure.Span.Start),
            TimesInput.Text(closure.Span.End), null),
        ModeRule.OnHoliday(var name, var span, var source) => new(
            RuleKind.Holiday, $"A holiday {RouteWords.Of(source)}: {name}.", name, TimesInput.Text(span.Start),
            TimesInput.Text(span.End), source),
        ModeRule.InRange(var range, var span, var source) => new(
            RuleKind.BusinessHours, $"Open {RouteWords.Of(source)}: {range}.", null, TimesInput.Text(span.Start),
            TimesInput.Text(span.End), source),
        ModeRule.OutsideHours(var source) => new(
            RuleKind.OutOfHours, $"Not open {RouteWords.Of(source)}.", null, null, null, source),
        _ => throw new InvalidOperationException($"No words for {rule}."),
    };
}

/// <summary>What takes a call, or does not.</summary>
enum StopKind
{
    HuntGroup,

    /// <summary>The number that is the reception.</summary>
    Reception,

    /// <summary>The number that the call is forwarded to.</summary>
    Forward,

    /// <summary>Another main number of the site takes the call over, with all that follows.</summary>
    MainNumber,
    Voicemail,
    Announcement,

    /// <summary>Nothing rings: what is set for unreachable follows at once.</summary>
    NobodyRings,

    /// <summary>The call ends.</summary>
    End,
}

/// <summary>Where a call comes to, and what follows when nobody takes it there.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">For people.</param>
/// <param name="Number">The number that rings, in E.164.</param>
/// <param name="National">As people of its country write it.</param>
/// <param name="Members">The numbers of the group that are in service, in E.164, in their order.</param>
/// <param name="Pattern">Which of them rings when.</param>
/// <param name="RingSeconds">For how long each rings.</param>
/// <param name="MailTo">Where the message is sent.</param>
/// <param name="AfterSeconds">For how long it rang before, where nobody answered.</param>
/// <param name="NotAnswered">What follows when nobody answers.</param>
/// <param name="Busy">What follows when it is busy.</param>
/// <param name="Unreachable">What follows when nothing can ring.</param>
/// <param name="Route">
/// What callers of the other main number meet; absent for who may not see that, and where it stands in the answer
/// before.
/// </param>
sealed record StopView(
    StopKind Kind,
    string Text,
    string? Number = null,
    string? National = null,
    IReadOnlyList<string>? Members = null,
    HuntPattern? Pattern = null,
    int? RingSeconds = null,
    string? MailTo = null,
    int? AfterSeconds = null,
    StopView? NotAnswered = null,
    StopView? Busy = null,
    StopView? Unreachable = null,
    RouteView? Route = null)
{
    public static StopView Of(SiteGroups site, Stop stop, Instant at, Id<Account>? only, HashSet<Route> shown)
    {
        var view = Alone(site, stop, at, only, shown) with { Text = RouteWords.Of(stop) };
        foreach (var branch in stop.Branches)
        {
            var then = Of(site, branch.Then, at, only, shown);
            view = branch.When switch
            {
                Failure.NotAnswered => view with { NotAnswered = then with { AfterSeconds = branch.AfterSeconds } },
                Failure.Busy => view with { Busy = then },
                _ => view with { Unreachable = then },
            };
        }

        return view;
    }

    static StopView Alone(
        SiteGroups site, Stop stop, Instant at, Id<Account>? only, HashSet<Route> shown) => stop switch
    {
        Stop.Group(var settings, var ringing, _) => new(
            StopKind.HuntGroup, "", Members: [.. ringing.Select(member => member.Number.ToString())],
            Pattern: settings.Pattern, RingSeconds: settings.RingSeconds),
        Stop.Number(var to, var isReception, _) => new(
            isReception ? StopKind.Reception : StopKind.Forward, "", to.ToString(), PhoneText.National(to)),
        Stop.Main(var called, _, var route) => new(
            StopKind.MainNumber, "", called.ToString(), PhoneText.National(called),
            Route: (only is null || only == route.Account) && shown.Add(route)
                ? RouteView.Of(site, route, at, only, shown)
                : null),
        Stop.Voicemail(var mailTo) => new(StopKind.Voicemail, "", MailTo: mailTo),
        Stop.Announcement => new(StopKind.Announcement, ""),
        Stop.Silent => new(StopKind.NobodyRings, ""),
        Stop.End => new(StopKind.End, ""),
        _ => throw new InvalidOperationException($"No view of {stop}."),
    };
}
