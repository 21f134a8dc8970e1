using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Places;

/// <summary>What the functions for spaces, switches, ports and handsets have in common.</summary>
public sealed class PlaceRequests(
    PlaceTable table, PlaceChanges changes, SitePartition sites, DirectoryTable directory)
{
    /// <summary>
    /// Rows read for one page; a filter that lets little through ends the page early, with a way to go on.
    /// </summary>
    const int RowsMax = 5_000;

    /// <summary>Why nothing may change at the site now; null when it may.</summary>
    internal Task<Problem?> ClosedAsync(Id<Site> site, CancellationToken ct) =>
        Refusals.NotManagedAsync(sites, site, ct);

    /// <summary>What is wrong with the account that a space is to be leased to; null when nothing is.</summary>
    internal async Task<Problem?> LeaseAsync(Site site, Id<Account>? tenant, string field, CancellationToken ct) =>
        tenant is { } id
        && (await AccountsAtSite.FindAsync(directory, site, id, field, ct)).Refused(out var problem, out _)
            ? problem
            : null;

    internal async Task<IResult> PutAsync<T>(
        HttpRequest request, PlaceItem wanted, Precondition precondition, Func<Placed, T> view, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var site = admitted.Site!.Id;
        if (await ClosedAsync(site, ct) is { } closed)
            return closed;

        var mayLease = admitted.MayAlso(Permission.ManageAccountsAndUsers);
        switch (await changes.PutAsync(site, wanted, precondition, mayLease, ct))
        {
            case PlaceOutcome.Stored stored:
                EntityTag.Write(request.HttpContext.Response, stored.ETag);
                return Json.Answer(
                    view(stored.Placed), stored.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            case PlaceOutcome.Refused refused:
                return PlaceProblems.Of(refused.Refusals);
            default:
                return Problems.PreconditionFailed(Name(wanted.Ref));
        }
    }

    internal async Task<IResult> DeleteAsync(HttpRequest request, PlaceRef? which, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (Precondition.Of(request).Refused(out var problem, out var precondition))
            return problem;
        if (which is not { } place)
            return Problems.NotFound();
        if (await ClosedAsync(admitted.Site!.Id, ct) is { } closed)
            return closed;

        var mayLease = admitted.MayAlso(Permission.ManageAccountsAndUsers);
        return await changes.RemoveAsync(admitted.Site.Id, place, precondition, mayLease, ct) switch
        {
            PlaceOutcome.Removed => Results.NoContent(),
            PlaceOutcome.NotThere => Problems.NotFound(),
            PlaceOutcome.Refused refused => PlaceProblems.Of(refused.Refusals),
            _ => Problems.PreconditionFailed(Name(place)),
        };
    }

    /// <summary>The thing, when the caller sees it; else that there is none.</summary>
    /// <param name="request">Whose answer it is.</param>
    /// <param name="which">The thing; null when there can be none.</param>
    /// <param name="view">How it looks: as the caller may know it, and as it is.</param>
    /// <param name="ct">Stops between reads.</param>
    internal async Task<IResult> GetAsync<T>(
        HttpRequest request, PlaceRef? which, Func<Placed, PlaceItem, Task<T>> view, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (which is not { } place
            || await table.FindAsync(admitted.Site!.Id, place, ct) is not { } found
            || !(await SightAsync(admitted, found.Placed.Item, ct))(found.Placed.Item))
        {
            return Problems.NotFound();
        }

        EntityTag.Write(request.HttpContext.Response, found.ETag);
        return Json.Answer(await view((await ShownAsync(admitted, [found.Placed], ct))[0], found.Placed.Item));
    }

    /// <param name="request">Whose query says which part.</param>
    /// <param name="kind">Of what.</param>
    /// <param name="shows">What the filters let through.</param>
    /// <param name="view">How an entry looks.</param>
    /// <param name="ct">Stops between rows.</param>
    internal async Task<IResult> ListAsync<T>(
        HttpRequest request, PlaceKind kind, Predicate<Placed> shows, Func<Placed, T> view, CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging))
            return problem;
        if (paging.After is { } token && !Id<PlaceItem>.TryParse(token, out _))
            return Paging.BadAfter();

        var admitted = Admitted.Of(request);
        var sees = await SightAsync(admitted, of: null, ct);
        var page = await Page<Placed>.TakeAsync(
            table.AllAsync(admitted.Site!.Id, kind, paging.After, ct).Select(stored => stored.Placed),
            placed => shows(placed) && sees(placed.Item), placed => placed, placed => placed.Item.Ref.Id, paging.Top,
            RowsMax, ct);
        var shown = await ShownAsync(admitted, page.Items, ct);
        return new Page<T>([.. shown.Select(view)], page.Next).Answer(request);
    }

    /// <summary>
    /// Things that the caller sees, as it may know them: that a handset rings, but of the numbers that ring on it only
    /// those of its own account; and the port of a handset, or the handset of a port, only when it sees that too. A
    /// shared handset may ring for another's number, and be plugged into another's port.
    /// </summary>
    async Task<IReadOnlyList<Placed>> ShownAsync(
        Admitted admitted, IReadOnlyList<Placed> found, CancellationToken ct)
    {
        if (admitted.OnlyAccount is not { } account)
            return found;

        var cabled = await SeenAsync(admitted, [.. found.Select(placed => placed.Cabled).OfType<PlaceRef>()], ct);
        IReadOnlyList<Placed> shown =
        [
            .. found.Select(placed => placed.Cabled is { } other && !cabled.Contains(other)
                ? placed.WithoutCable()
                : placed),
        ];
        if (shown.All(placed => placed.Uses is { Assigned: null, LoggedIn: null }))
            return shown;

        // Once for the whole page, and afresh: what this process remembers may say whose a number was.
        var pool = (await sites.ReadAsync(admitted.Site!.Id, ct)).Pool;
        return [.. shown.Select(placed => placed with { Uses = placed.Uses.Showing(IsOwn) })];

        bool IsOwn(E164 number) => pool.Find(number)?.Account == account;
    }

    /// <summary>
    /// What the caller sees: an occupier the spaces that it has, alone or with others, and what is there.
    /// </summary>
    /// <param name="admitted">Who asks, and where.</param>
    /// <param name="of">The one thing that is asked about; null for all.</param>
    /// <param name="ct">Stops between reads.</param>
    async Task<Predicate<PlaceItem>> SightAsync(Admitted admitted, PlaceItem? of, CancellationToken ct)
    {
        if (admitted.OnlyAccount is not { } account)
            return _ => true;

        var site = admitted.Site!.Id;
        var seen = of is null
            ? await table.AllAsync(site, PlaceKind.Space, null, ct)
                .Where(stored => IsFor(stored, account))
                .Select(stored => ((Space)stored.Placed.Item).Id).ToHashSetAsync(cancellationToken: ct)
            : SpaceOf(of) is { } one && IsFor(await table.FindAsync(site, Space.RefOf(one), ct), account)
                ? [one]
                : [];
        return item => SpaceOf(item) is { } space && seen.Contains(space);
    }

    /// <summary>Of these things, which are all of one kind, those that the caller sees.</summary>
    async Task<HashSet<PlaceRef>> SeenAsync(Admitted admitted, IReadOnlyList<PlaceRef> which, CancellationToken ct)
    {
        var site = admitted.Site!.Id;
        switch (which)
        {
            case []:
                return [];
            case [var one]:
                return await table.FindAsync(site, one, ct) is { Placed.Item: var item }
                    && (await SightAsync(admitted, item, ct))(item) ? [one] : [];
            default:
                var sees = await SightAsync(admitted, of: null, ct);
                return await table.AllAsync(site, which[0].Kind, null, ct)
                    .Select(stored => stored.Placed.Item).Where(item => sees(item))
                    .Select(item => item.Ref).ToHashSetAsync(cancellationToken: ct);
        }
    }

    static bool IsFor(StoredPlace? stored, Id<Account> account) =>
        stored?.Placed.Item is Space space && space.IsFor(account);

    static Id<Space>? SpaceOf(PlaceItem item) => item switch
    {
        Space space => space.Id,
        Port port => port.Space,
        Handset handset => handset.Space,
        _ => null,
    };

    static string Name(PlaceRef which) => which.Kind.ToString().ToLowerInvariant();
}
