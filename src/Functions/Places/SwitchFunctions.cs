using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Places;

/// <summary>The network switches of a site.</summary>
public sealed class SwitchFunctions(PlaceRequests requests)
{
    const string List = "v1/sites/{site}/switches";
    const string One = List + "/{switch}";

    /// <summary>In the order of their ids. An occupier sees none.</summary>
    [Function("GetSwitches"), Demands(Permission.ReadDirectory)]
    [Summary("List a site's switches")]
    [Answers(200, typeof(Page<SwitchView>))]
    public Task<IResult> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = List)] HttpRequest request, CancellationToken ct) =>
        requests.ListAsync(request, PlaceKind.Switch, _ => true, SwitchView.Of, ct);

    /// <summary>With how many of its ports are listed.</summary>
    [Function("GetSwitch"), Demands(Permission.ReadDirectory)]
    [Summary("Read a switch")]
    [Answers(200, typeof(SwitchView))]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request,
        string @switch,
        CancellationToken ct) =>
        requests.GetAsync(request, RefOf(@switch), (placed, _) => Task.FromResult(SwitchView.Of(placed)), ct);

    /// <summary>It cannot have fewer ports than are listed.</summary>
    [Function("PutSwitch"), Demands(Permission.ManageNetwork)]
    [Summary("Create or change a switch")]
    [Takes(typeof(SwitchBody))]
    [Answers(200, typeof(SwitchView)), Answers(201, typeof(SwitchView))]
    [Refuses("bad-id", "site-not-managed", "place-refused")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = One)] HttpRequest request,
        string @switch,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<SwitchBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        if (!Id<Switch>.TryParse(@switch, out var id))
            return Problems.BadId("switch", @switch);

        var errors = new BodyErrors();
        var wanted = new PlaceInput(errors).Switch(id, body);
        return errors.Problem ?? await requests.PutAsync(request, wanted, precondition, SwitchView.Of, ct);
    }

    /// <summary>Refused as long as ports of it are listed.</summary>
    [Function("DeleteSwitch"), Demands(Permission.ManageNetwork)]
    [Summary("Remove a switch")]
    [Answers(204)]
    [Refuses("site-not-managed", "place-in-use")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = One)] HttpRequest request,
        string @switch,
        CancellationToken ct) => requests.DeleteAsync(request, RefOf(@switch), ct);

    static PlaceRef? RefOf(string text) => Id<Switch>.TryParse(text, out var id) ? Switch.RefOf(id) : null;
}
