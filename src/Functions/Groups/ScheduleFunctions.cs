using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Groups;

/// <summary>When a site is open: for every main number there whose hours are the site's.</summary>
public sealed class ScheduleFunctions(GroupTable groups, GroupChanges changes, TimeProvider clock)
{
    internal const string Route = "v1/sites/{site}/schedule";

    /// <summary>The defaults, and no ETag, where nobody has said anything.</summary>
    [Function("GetSchedule"), Demands(Permission.ReadDirectory)]
    [Summary("Read when a site is open")]
    [Answers(200, typeof(SiteSchedule))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        var stored = await groups.TimesAsync(Admitted.Of(request).Site!.Id, ct);
        if (stored.ETag is { } version)
            EntityTag.Write(request.HttpContext.Response, version);
        return Json.Answer(ConfigurationForms.Of(stored.Value));
    }

    /// <summary>All of it: what is left out has its default. It counts from the next call on.</summary>
    [Function("PutSchedule"), Demands(Permission.ConfigureMain)]
    [Summary("Change when a site is open")]
    [Takes(typeof(SiteSchedule))]
    [Answers(200, typeof(OperationView))]
    [Refuses("site-not-managed")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition)
            || (await Json.ReadAsync<SiteSchedule>(request, ct)).Refused(out problem, out var body)
            || ConfigurationInput.Of(body).Refused(out problem, out var wanted))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var (site, text) = (admitted.Site!.Id, FeaturesRow.Text(wanted));
        var operation = OperationRequest.Of(
            admitted, OperationKind.Schedule, request, key, clock.GetUtcNow(), text);
        return await changes.AnswerAsync(request, operation, WorkAsync, ct);

        async Task<Checked<SiteWork>> WorkAsync()
        {
            var stored = await groups.TimesAsync(site, ct);
            if (!precondition.HoldsFor(stored.ETag))
                return Problems.PreconditionFailed("schedule");
            var fields = ConfigurationFields.Changed(stored.Value, wanted);
            return new SiteWork(
                operation, GroupChanges.Step, operation.At,
                state => PoolDecider.Decide(state, new Configure(null, fields)))
            {
                Beside = _ => FeaturesRow.Write(operation, null, (stored.Version, stored.ETag), text, []),
            };
        }
    }
}
