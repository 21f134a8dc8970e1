using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Services;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.VoiceServices;

/// <summary>The voice services that an account has at a site.</summary>
public sealed class GetVoiceServices(SiteQueries sites)
{
    /// <param name="Id">Unique within the account at the site.</param>
    /// <param name="Code">One of the site's services.</param>
    /// <param name="Quantity">Units.</param>
    internal sealed record VoiceServiceView(string Id, string Code, int Quantity);

    [Function(nameof(GetVoiceServices)), Demands(Permission.ReadDirectory)]
    [Summary("List an account's voice services at a site")]
    [Answers(200, typeof(Page<VoiceServiceView>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/accounts/{account}/voice-services")]
        HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterId<VoiceService>().Refused(out problem, out var after))
        {
            return problem;
        }

        var services = (await HoldingAsync(request, ct)).Services.Values
            .Where(service => after is not { } last || service.Id.CompareTo(last) > 0)
            .Take(paging.Top + 1)
            .ToList();
        var page = services.Take(paging.Top).Select(ViewOf).ToList();
        var next = services.Count > page.Count ? Paging.Token(page[^1].Id) : null;
        return new Page<VoiceServiceView>(page, next).Answer(request);
    }

    [Function("GetVoiceService"), Demands(Permission.ReadDirectory)]
    [Summary("Read a voice service")]
    [Answers(200, typeof(VoiceServiceView))]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = PutVoiceService.Route)] HttpRequest request,
        string service,
        CancellationToken ct)
    {
        if (!Id<VoiceService>.TryParse(service, out var id)
            || (await HoldingAsync(request, ct)).Service(id) is not { } found)
        {
            return Problems.NotFound();
        }

        EntityTag.Write(request.HttpContext.Response, ServiceVersion.Of(found));
        return Json.Answer(ViewOf(found));
    }

    Task<Holding> HoldingAsync(HttpRequest request, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        return sites.HoldingAsync(admitted.Site!.Id, admitted.Account!.Id, ct);
    }

    static VoiceServiceView ViewOf(VoiceService service) => new(service.Id.Value, service.Code, service.Quantity);
}
