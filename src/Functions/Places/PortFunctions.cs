using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Places;

/// <summary>The ports of a site's switches, and the outlets that they are patched to.</summary>
public sealed class PortFunctions(PlaceRequests requests)
{
    const string List = "v1/sites/{site}/ports";
    const string One = List + "/{port}";

    /// <summary>In the order of their ids. An occupier sees those that are patched to a space that it sees.</summary>
    [Function("GetPorts"), Demands(Permission.ReadDirectory)]
    [Summary("List a site's ports")]
    [Query("switch", typeof(Id<Switch>), "Only ports of this switch.")]
    [Query("space", typeof(Id<Space>), "Only ports that are patched to this space.")]
    [Query("patched", typeof(bool), "Only ports that are patched to an outlet, or only those that are not.")]
    [Answers(200, typeof(Page<PortView>))]
    public async Task<IResult> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = List)] HttpRequest request, CancellationToken ct)
    {
        if (QueryFilter.Id<Switch>(request, "switch").Refused(out var problem, out var of)
            || QueryFilter.Id<Space>(request, "space").Refused(out problem, out var space)
            || QueryFilter.Flag(request, "patched").Refused(out problem, out var patched))
        {
            return problem;
        }

        return await requests.ListAsync(
            request, PlaceKind.Port, placed => Shows((Port)placed.Item), PortView.Of, ct);

        bool Shows(Port port) =>
            (of is null || port.Switch == of) && (space is null || port.Space == space)
            && (patched is null || port.Space is not null == patched);
    }

    /// <summary>With the handset that is plugged in.</summary>
    [Function("GetPort"), Demands(Permission.ReadDirectory)]
    [Summary("Read a port")]
    [Answers(200, typeof(PortView))]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request,
        string port,
        CancellationToken ct) =>
        requests.GetAsync(request, RefOf(port), (placed, _) => Task.FromResult(PortView.Of(placed)), ct);

    /// <summary>Without a space it is not patched.</summary>
    [Function("PutPort"), Demands(Permission.ManageNetwork)]
    [Summary("Create, change or patch a port")]
    [Takes(typeof(PortBody))]
    [Answers(200, typeof(PortView)), Answers(201, typeof(PortView))]
    [Refuses("bad-id", "site-not-managed", "place-refused")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = One)] HttpRequest request,
        string port,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<PortBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        if (!Id<Port>.TryParse(port, out var id))
            return Problems.BadId("port", port);

        var errors = new BodyErrors();
        var wanted = new PlaceInput(errors).Port(id, body);
        return errors.Problem ?? await requests.PutAsync(request, wanted, precondition, PortView.Of, ct);
    }

    /// <summary>Refused as long as a handset is plugged in.</summary>
    [Function("DeletePort"), Demands(Permission.ManageNetwork)]
    [Summary("Remove a port")]
    [Answers(204)]
    [Refuses("site-not-managed", "place-in-use")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = One)] HttpRequest request,
        string port,
        CancellationToken ct) => requests.DeleteAsync(request, RefOf(port), ct);

    static PlaceRef? RefOf(string text) => Id<Port>.TryParse(text, out var id) ? Port.RefOf(id) : null;
}
