using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Telephony.Domain.Access;
using Telephony.Domain.Groups;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.MainNumber;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Groups;

/// <summary>What a caller meets: at a moment, or over a time.</summary>
public sealed class RouteFunctions(GroupTable groups, TimeProvider clock)
{
    /// <summary>A month: what people look at at once.</summary>
    const int DaysMax = 31;

    /// <summary>Deeper than other answers: each place that a call comes to is in the one before.</summary>
    static readonly JsonSerializerOptions Deep = new(Json.Options) { MaxDepth = 64 };

    /// <summary>
    /// By what is configured, and by the numbers that are in service now. It can be asked before the account has a main
    /// number.
    /// </summary>
    [Function("GetRoute"), Demands(Permission.SeeMain)]
    [Summary("Ask what a caller meets at a moment")]
    [Query("at", typeof(string), "The moment, such as 2026-04-01T09:00:00Z; now when absent.")]
    [Answers(200, typeof(RouteView))]
    public async Task<IResult> At(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = MainNumberFunctions.Route + "/route")]
        HttpRequest request, CancellationToken ct)
    {
        if (Moment(request, "at").Refused(out var problem, out var at))
            return problem;

        var admitted = Admitted.Of(request);
        var (moment, account) = (at ?? Instant.FromDateTimeOffset(clock.GetUtcNow()), admitted.Account!.Id);
        var site = await groups.ReadAsync(admitted.Site!, account, null, ct);
        return Results.Json(
            RouteView.Of(site, Routing.Route(site, account, moment), moment, admitted.OnlyAccount), Deep);
    }

    /// <summary>What is met from the beginning on, and then each change, such as those of the week ahead.</summary>
    [Function("GetRouteChanges"), Demands(Permission.SeeMain)]
    [Summary("List what callers meet over a time")]
    [Query("from", typeof(string), "The beginning, such as 2026-04-01T09:00:00Z; now when absent.")]
    [Query("to", typeof(string), "The end, at most 31 days later; 7 days later when absent.")]
    [Answers(200, typeof(RouteChangesView))]
    public async Task<IResult> Changes(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = MainNumberFunctions.Route + "/route/changes")]
        HttpRequest request, CancellationToken ct)
    {
        if (Moment(request, "from").Refused(out var problem, out var asked)
            || Moment(request, "to").Refused(out problem, out var until))
        {
            return problem;
        }

        var from = asked ?? Instant.FromDateTimeOffset(clock.GetUtcNow());
        var to = until ?? from + Duration.FromDays(7);
        if (to <= from || to - from > Duration.FromDays(DaysMax))
        {
            return Problems.BadParameter(
                "to", "It is not after the beginning, or too long after it.", "Send a time within 31 days of 'from'.");
        }

        var admitted = Admitted.Of(request);
        var account = admitted.Account!.Id;
        var site = await groups.ReadAsync(admitted.Site!, account, null, ct);
        var changes = Routing.Changes(site, account, from, to, admitted.OnlyAccount);
        return Results.Json(
            new RouteChangesView(
                from.ToDateTimeOffset(), to.ToDateTimeOffset(),
                [.. changes.Select(change => RouteView.Of(
                    site, change.Route, change.From, admitted.OnlyAccount))]),
            Deep);
    }

    /// <summary>In years for which zones are known; null when it is not said.</summary>
    static Checked<Instant?> Moment(HttpRequest request, string name) => request.Query[name] switch
    {
        [] => (Instant?)null,
        [{ } text] when TimeConverter.TryRead(text, out var time)
            && time.UtcDateTime.Year is >= TimesChecks.YearMin and < TimesChecks.YearMax =>
            (Instant?)Instant.FromDateTimeOffset(time),
        _ => Problems.BadParameter(
            name, "It is no time with its offset in the years 2000 to 2198, or sent more than once.",
            "Send one such as 2026-04-01T09:00:00Z; a plus sign has to be written %2B."),
    };
}
