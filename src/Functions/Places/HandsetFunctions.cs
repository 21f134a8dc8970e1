using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Places;

/// <summary>The handsets of a site. Each is named by its hardware address, in any of the usual spellings.</summary>
public sealed class HandsetFunctions(PlaceRequests requests, PlaceTable table)
{
    const string List = "v1/sites/{site}/handsets";
    const string One = List + "/{mac}";

    /// <summary>
    /// In the order of their addresses. An occupier sees those in a space that it sees, and which numbers of its own
    /// ring on them.
    /// </summary>
    [Function("GetHandsets"), Demands(Permission.ReadDirectory)]
    [Summary("List a site's handsets")]
    [Query("space", typeof(Id<Space>), "Only handsets in this space.")]
    [Query("free", typeof(bool), "Only handsets that ring for no number, or only those that do.")]
    [Answers(200, typeof(Page<HandsetView>))]
    public async Task<IResult> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = List)] HttpRequest request, CancellationToken ct)
    {
        if (QueryFilter.Id<Space>(request, "space").Refused(out var problem, out var space)
            || QueryFilter.Flag(request, "free").Refused(out problem, out var free))
        {
            return problem;
        }

        return await requests.ListAsync(request, PlaceKind.Handset, Shows, HandsetView.Of, ct);

        bool Shows(Placed placed) =>
            (space is null || ((Handset)placed.Item).Space == space)
            && (free is null || (placed.Uses.Numbers == 0) == free);
    }

    /// <summary>With the chain from the handset to its switch and its floor, and what is missing of it.</summary>
    [Function("GetHandset"), Demands(Permission.ReadDirectory)]
    [Summary("Read a handset")]
    [Answers(200, typeof(HandsetView))]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request,
        string mac,
        CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!.Id;
        return requests.GetAsync(request, RefOf(mac), async (shown, found) => HandsetView.Of(shown) with
        {
            Chain = ChainView.Of(await ChainAsync(site, (Handset)found, ct), shown),
        }, ct);
    }

    /// <summary>No other site may have a handset with this address, and no other handset its port.</summary>
    [Function("PutHandset"), Demands(Permission.ManageNetwork)]
    [Summary("Create, change or place a handset")]
    [Takes(typeof(HandsetBody))]
    [Answers(200, typeof(HandsetView)), Answers(201, typeof(HandsetView))]
    [Refuses("site-not-managed", "place-refused")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = One)] HttpRequest request,
        string mac,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<HandsetBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        if (PlaceInput.ReadMac(mac, out var address) is { } wrong)
            return Problems.Invalid(wrong);

        var errors = new BodyErrors();
        var wanted = new PlaceInput(errors).Handset(address, body);
        return errors.Problem ?? await requests.PutAsync(request, wanted, precondition, HandsetView.Of, ct);
    }

    /// <summary>Its address may then be another site's. Refused as long as it rings for a number.</summary>
    [Function("DeleteHandset"), Demands(Permission.ManageNetwork)]
    [Summary("Remove a handset")]
    [Answers(204)]
    [Refuses("site-not-managed", "place-in-use")]
    public Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = One)] HttpRequest request,
        string mac,
        CancellationToken ct) => requests.DeleteAsync(request, RefOf(mac), ct);

    async Task<HandsetChain> ChainAsync(Id<Site> site, Handset handset, CancellationToken ct)
    {
        var port = handset.Port is { } plugged ? await FindAsync<Port>(site, Port.RefOf(plugged), ct) : null;
        var space = handset.Space is { } stands ? await FindAsync<Space>(site, Space.RefOf(stands), ct) : null;
        var of = port is null ? null : await FindAsync<Switch>(site, Switch.RefOf(port.Switch), ct);
        return new(handset, port, of, space);
    }

    async Task<T?> FindAsync<T>(Id<Site> site, PlaceRef which, CancellationToken ct)
        where T : PlaceItem => (await table.FindAsync(site, which, ct))?.Placed.Item as T;

    static PlaceRef? RefOf(string text) =>
        MacAddress.Read(text, out var mac) is null ? Handset.RefOf(mac) : null;
}
