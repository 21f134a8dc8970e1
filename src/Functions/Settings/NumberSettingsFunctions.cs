using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Settings;

/// <summary>
/// How a number in service is set: its label, where calls go, what it shows, what may be called from it.
/// </summary>
public sealed class NumberSettingsFunctions(
    SettingsChanges changes, SettingsTable table, SiteQueries queries, TimeProvider clock)
{
    const string Route = "v1/sites/{site}/numbers/{number}/settings";

    /// <summary>
    /// All that can be set, also what nobody set. A number that is not in service has no settings; what was set before
    /// it went out of service is forgotten.
    /// </summary>
    [Function("GetSettings"), Demands(Permission.SeeAccountNumbers)]
    [Summary("Read a number's settings")]
    [Answers(200, typeof(SettingsBody))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request,
        string number,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var site = admitted.Site!;
        if (PhoneText.Read(number, site.Country) is not PhoneReading.Understood { Number: var id }
            || await queries.NumberAsync(site.Id, id, ct) is not { State: NumberState.Active } found
            || !await Setter.Of(admitted).SeesAsync(queries, site.Id, id, found, ct))
        {
            return Problems.NotFound();
        }

        var stored = await table.FindAsync(site.Id, id, found, ct);
        EntityTag.Write(request.HttpContext.Response, stored.Version);
        return Json.Answer(SettingsBody.Of(stored.Settings));
    }

    /// <summary>
    /// A merge patch: what is absent stays, what is null becomes as if nobody had set it, a list is replaced. Calls
    /// that would come back to the number over others of the site, however many, are refused. PINs and codes are not
    /// taken.
    /// </summary>
    [Function("PatchSettings"), Demands(Permission.EditSettings)]
    [Summary("Change a number's settings")]
    [Takes(typeof(SettingsBody))]
    [Answers(200, typeof(OperationView))]
    [Refuses("numbers-refused", "settings-refused", "site-not-managed")]
    public async Task<IResult> Patch(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Route)] HttpRequest request,
        string number,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var country = admitted.Site!.Country;
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition)
            || (await Json.ReadPatchAsync<SettingsBody>(request, ct)).Refused(out problem, out var read)
            || SettingsPatch.Of(SettingsPatch.Read(read.Text), country).Refused(out problem, out var patch))
        {
            return problem;
        }

        if (PhoneText.Read(number, country) is not PhoneReading.Understood { Number: var id })
            return Problems.NotFound();

        var operation = OperationRequest.Of(
            admitted, OperationKind.Settings, request, key, clock.GetUtcNow(), patch.Text);
        return await changes.AnswerAsync(
            request, operation, plan => plan.SetAsync(id, patch, precondition, ct), OperationAnswers.Changed, ct);
    }

    /// <summary>
    /// Asks the platform to give the number's user another PIN, by an event. No PIN is taken, stored or sent here.
    /// </summary>
    [Function("PostPinReset"), Demands(Permission.EditSettings)]
    [Summary("Have a number's PIN reset")]
    [Takes(typeof(EmptyBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("numbers-refused", "site-not-managed")]
    public async Task<IResult> ResetPin(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/pin-reset")] HttpRequest request,
        string number,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<EmptyBody>(request, ct)).Refused(out problem, out _))
        {
            return problem;
        }

        if (PhoneText.Read(number, admitted.Site!.Country) is not PhoneReading.Understood { Number: var id })
            return Problems.NotFound();

        var operation = OperationRequest.Of(admitted, OperationKind.Settings, request, key, clock.GetUtcNow());
        return await changes.AnswerAsync(
            request, operation, plan => plan.ResetPinAsync(id, ct), OperationAnswers.Created, ct);
    }
}
