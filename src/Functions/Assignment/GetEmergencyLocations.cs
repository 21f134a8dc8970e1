using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>Where emergency services would be sent to by each number of a site that can call them.</summary>
public sealed class GetEmergencyLocations(NumberList numbers, LineTable lines, PlaceTable places)
{
    /// <summary>A number in service.</summary>
    /// <param name="Number">In E.164.</param>
    /// <param name="National">As people of its country write it.</param>
    /// <param name="Account">Whose it is.</param>
    /// <param name="User">Who has it; absent for nobody in particular.</param>
    /// <param name="Location">Where they would be sent to; absent where nobody knows.</param>
    /// <param name="Missing">What the location lacks, and what to do; absent where all is known.</param>
    /// <param name="IsConfirmed">Whether somebody said that this location is right.</param>
    /// <param name="Callback">Whom they would call back, in E.164.</param>
    internal sealed record LocatedNumber(
        string Number, string National, string? Account, string? User, string? Location, string? Missing,
        bool IsConfirmed, string Callback);

    /// <summary>Ascending by number: the direct numbers in service.</summary>
    [Function(nameof(GetEmergencyLocations)), Demands(Permission.SeePool)]
    [Summary("List where emergency services would be sent to")]
    [Query("known", typeof(bool), "Only those with all of a location that the country demands, or only the others.")]
    [Query("confirmed", typeof(bool), "Only numbers whose location somebody confirmed, or only the others.")]
    [Answers(200, typeof(Page<LocatedNumber>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/emergency-locations")]
        HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterNumber().Refused(out problem, out var after)
            || QueryFilter.Flag(request, "known").Refused(out problem, out var known)
            || QueryFilter.Flag(request, "confirmed").Refused(out problem, out var confirmed))
        {
            return problem;
        }

        var site = Admitted.Of(request).Site!;
        var filter = new NumberFilter(NumberState.Active, NumberRole.Direct);
        var page = await numbers.ReadAsync(site.Id, filter, after, paging.Top, ct);
        var located = await LocatedAsync(site, page, ct);
        return new Page<LocatedNumber>(
            [.. located.Where(Shows)], page.Next is { } next ? Paging.Token(next.ToString()) : null).Answer(request);

        bool Shows(LocatedNumber number) =>
            (known is null || (number.Missing is null) == known)
            && (confirmed is null || number.IsConfirmed == confirmed);
    }

    /// <summary>One read of all handsets and spaces is less than one for each number of a page.</summary>
    async Task<IEnumerable<LocatedNumber>> LocatedAsync(Site site, NumberPage page, CancellationToken ct)
    {
        var assigned = page.Numbers.Where(number => number.Value.IsAssigned).Select(number => number.Key).ToList();
        if (assigned.Count == 0)
            return page.Numbers.Select(number => Of(number, null, null));

        var found = await lines.AroundAsync(site.Id, assigned, ct)
            .ToDictionaryAsync(line => line.Number, cancellationToken: ct);
        var things = new Dictionary<PlaceRef, PlaceItem>();
        foreach (var kind in (PlaceKind[])[PlaceKind.Space, PlaceKind.Handset])
        {
            await foreach (var stored in places.AllAsync(site.Id, kind, null, ct))
                things[stored.Placed.Item.Ref] = stored.Placed.Item;
        }

        return page.Numbers.Select(number => found.TryGetValue(number.Key, out var line)
            ? Of(number, line, EmergencyView.Of(site, line, things.GetValueOrDefault))
            : Of(number, null, null));
    }

    static LocatedNumber Of(KeyValuePair<E164, Number> number, Line? line, EmergencyView? emergency) => new(
        number.Key.ToString(), PhoneText.National(number.Key), number.Value.Account?.Value, line?.User?.Value,
        emergency?.Location,
        line is null ? "It is assigned to nobody: assign it to a handset or a space." : emergency?.Missing,
        emergency?.IsConfirmed ?? false, emergency?.Callback ?? number.Key.ToString());
}
