using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.History;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.History;

/// <summary>
/// Who had a number when: every change of it at the site, newest first, each with how long it stayed so. An occupier
/// sees only the times that the number was its own.
/// </summary>
public sealed class GetNumberHistory(HistoryTable history, SiteQueries sites, TimeProvider clock)
{
    [Function(nameof(GetNumberHistory)), Demands(Permission.SeeHistory)]
    [Summary("Read a number's history")]
    [Query(WhenWanted.Name, typeof(string),
        "Only what was so then: a time with its offset, such as 2026-03-01T09:00:00Z; or a date, such as 2026-03-01, "
        + "for all that was so at any moment of that day in the site's time zone.")]
    [Answers(200, typeof(Page<HistoryView>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/numbers/{number}/history")]
        HttpRequest request,
        string number,
        CancellationToken ct)
    {
        var (admitted, now) = (Admitted.Of(request), clock.GetUtcNow());
        var site = admitted.Site!;
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || Before(paging.After).Refused(out problem, out var before)
            || WhenWanted.Of(request, site.TimeZone, now).Refused(out problem, out var when))
        {
            return problem;
        }

        if (PhoneText.Read(number, site.Country) is not PhoneReading.Understood { Number: var id })
            return Problems.NotFound();
        var all = await history.OfAsync(site.Id, id, now, ct);
        // An occupier must not learn of a number that was never its own; others know it even where no history is kept.
        var known = admitted.OnlyAccount is { } ? all.Spans.Any(Shows)
            : !all.Spans.IsEmpty || await sites.NumberAsync(site.Id, id, ct) is not null;
        if (!known)
            return Problems.NotFound();

        var people = HistoryView.PeopleOf(all.Spans.Where(Shows));
        var shown = (when?.Of(all) ?? all.Spans).Where(span => Shows(span) && span.Entry.Version < before).Reverse();
        return (await Page<HistoryView>.TakeAsync(
            shown.Select(View).ToAsyncEnumerable(), paging.Top,
            view => view.Version.ToString(CultureInfo.InvariantCulture), ct)).Answer(request);

        bool Shows(HistorySpan span) => admitted.OnlyAccount is not { } own || span.Period?.Account == own;

        HistoryView View(HistorySpan span) =>
            admitted.OnlyAccount is { } own ? HistoryView.OfOwn(span, own, people) : HistoryView.Of(span);
    }

    /// <summary>The version that the page before ended with.</summary>
    static Checked<int> Before(string? after) =>
        after is null ? int.MaxValue
        : int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version
        : Paging.BadAfter();
}
