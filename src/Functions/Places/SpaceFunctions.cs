using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Places;

/// <summary>The desks, meeting rooms and shared areas of a site, and who leases them.</summary>
public sealed class SpaceFunctions(PlaceRequests requests)
{
    const string List = "v1/sites/{site}/spaces";
    const string One = List + "/{space}";

    /// <summary>In the order of their ids. An occupier sees those that it leases, and the shared ones.</summary>
    [Function("GetSpaces"), Demands(Permission.ReadDirectory)]
    [Summary("List a site's spaces")]
    [Query("floor", typeof(string), "Only spaces on this floor.")]
    [Query("kind", typeof(SpaceKind), "Only spaces of this kind.")]
    [Query("account", typeof(Id<Account>), "Only spaces that this account leases.")]
    [Answers(200, typeof(Page<SpaceView>))]
    public async Task<IResult> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = List)] HttpRequest request, CancellationToken ct)
    {
        if (QueryFilter.Text(request, "floor", PlaceLimits.TextMax).Refused(out var problem, out var floor)
            || QueryFilter.Enum<SpaceKind>(request, "kind").Refused(out problem, out var kind)
            || QueryFilter.Id<Account>(request, "account").Refused(out problem, out var account))
        {
            return problem;
        }

        return await requests.ListAsync(
            request, PlaceKind.Space, placed => Shows((Space)placed.Item), SpaceView.Of, ct);

        bool Shows(Space space) =>
            (floor is null || space.Floor == floor)
            && (kind is null || space.Kind == kind)
            && (account is null || space.LeasedTo == account);
    }

    /// <summary>With how many ports and handsets are there.</summary>
    [Function("GetSpace"), Demands(Permission.ReadDirectory)]
    [Summary("Read a space")]
    [Answers(200, typeof(SpaceView))]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request,
        string space,
        CancellationToken ct) =>
        requests.GetAsync(request, RefOf(space), (placed, _) => Task.FromResult(SpaceView.Of(placed)), ct);

    /// <summary>Only who may change accounts changes its lease, which goes to an account at the site.</summary>
    [Function("PutSpace"), Demands(Permission.ManageNetwork)]
    [Summary("Create or change a space")]
    [Takes(typeof(SpaceBody))]
    [Answers(200, typeof(SpaceView)), Answers(201, typeof(SpaceView))]
    [Refuses("bad-id", "site-not-managed", "account-not-at-site", "place-refused")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = One)] HttpRequest request,
        string space,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<SpaceBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        if (!Id<Space>.TryParse(space, out var id))
            return Problems.BadId("space", space);

        var errors = new BodyErrors();
        var wanted = new PlaceInput(errors).Space(id, body);
        return errors.Problem
            ?? await requests.LeaseAsync(Admitted.Of(request).Site!, wanted.LeasedTo, "leasedTo", ct)
            ?? await requests.PutAsync(request, wanted, precondition, SpaceView.Of, ct);
    }

    /// <summary>Refused as long as ports are patched to it or handsets stand there.</summary>
    [Function("DeleteSpace"), Demands(Permission.ManageNetwork)]
    [Summary("Remove a space")]
    [Answers(204)]
    [Refuses("site-not-managed", "place-in-use")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = One)] HttpRequest request,
        string space,
        CancellationToken ct) => requests.DeleteAsync(request, RefOf(space), ct);

    static PlaceRef? RefOf(string space) => Id<Space>.TryParse(space, out var id) ? Space.RefOf(id) : null;
}
