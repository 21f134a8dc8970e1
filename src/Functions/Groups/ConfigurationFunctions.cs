using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Telephony.Domain.Access;
using Telephony.Domain.Calls;
using Telephony.Domain.Groups;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.MainNumber;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Groups;

/// <summary>What callers of an account's main number meet, whether the account has that number yet or not.</summary>
public sealed class ConfigurationFunctions(
    GroupTable groups, GroupChanges changes, CallTable calls, DirectoryTable directory, TimeProvider clock)
{
    internal const string Route = MainNumberFunctions.Route + "/configuration";

    /// <summary>
    /// As it is in force: without members that left service, and without an override that is over. A receptionNumber
    /// that left service is shown, and is silent. The defaults, and no ETag, where nobody has configured anything.
    /// </summary>
    [Function("GetMainConfiguration"), Demands(Permission.SeeMain)]
    [Summary("Read what callers of a main number meet")]
    [Answers(200, typeof(MainConfiguration))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var (site, account) = (admitted.Site!, admitted.Account!.Id);
        var stored = await groups.FeaturesAsync(site.Id, account, ct);
        if (stored.ETag is { } version)
            EntityTag.Write(request.HttpContext.Response, version);
        var there = await groups.ReadAsync(site, account, stored.Value, ct);
        return Json.Answer(ConfigurationForms.Of(there.InForce(account, stored.Value, Now)));
    }

    /// <summary>All of it: what is left out has its default. It counts from the next call on.</summary>
    [Function("PutMainConfiguration"), Demands(Permission.ConfigureMain)]
    [Summary("Configure what callers of a main number meet")]
    [Takes(typeof(MainConfiguration))]
    [Answers(200, typeof(OperationView))]
    [Refuses("account-not-at-site", "site-not-managed")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var (site, account) = (admitted.Site!, admitted.Account!);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || Precondition.Of(request).Refused(out problem, out var precondition)
            || (await Json.ReadAsync<MainConfiguration>(request, ct)).Refused(out problem, out var body)
            || ConfigurationInput.Of(body, site.Country).Refused(out problem, out var wanted))
        {
            return problem;
        }

        var operation = OperationRequest.Of(
            admitted, OperationKind.MainConfiguration, request, key, clock.GetUtcNow(), FeaturesRow.Text(wanted)) with
        {
            Account = account.Id,
            AccountKind = account.Kind,
        };
        return await changes.AnswerAsync(
            request, operation, () => WorkAsync(admitted, operation, wanted, precondition, ct), ct);
    }

    async Task<Checked<SiteWork>> WorkAsync(
        Admitted admitted, Operation operation, GroupFeatures wanted, Precondition precondition, CancellationToken ct)
    {
        var (site, account) = (admitted.Site!, admitted.Account!.Id);
        if ((await AccountsAtSite.FindAsync(directory, site, account, "account", ct)).Refused(out var notThere, out _))
            return notThere;

        var stored = await groups.FeaturesAsync(site.Id, account, ct);
        if (!precondition.HoldsFor(stored.ETag))
            return Problems.PreconditionFailed("configuration");

        var there = await groups.ReadAsync(site, account, wanted, ct);
        var now = Instant.FromDateTimeOffset(operation.At);
        var before = there.InForce(account, stored.Value, now);
        var features = there.InTerm(account, before, wanted);
        var errors = FeatureChecks.Here(there, account, before, features, now).ToList();
        var map = calls.MapOf(site);
        // A way that was there already closes no loop: one that came about otherwise must not be in the way here.
        foreach (var (field, to) in there.Ways(account, features).Except(there.Ways(account, before)))
        {
            if (FeatureChecks.Way(field, await map.FollowAsync(new CallPoint.Main(account), [to], ct)) is { } error)
                errors.Add(error);
        }

        if (errors.Count > 0)
            return Problems.Invalid([.. ConfigurationInput.Problems(errors)]);

        var fields = ConfigurationFields.Changed(before, features);
        return new SiteWork(
            operation, GroupChanges.Step, operation.At,
            state => PoolDecider.Decide(state, new Configure(account, fields, !map.Guard.IsEmpty)))
        {
            Beside = _ =>
            [
                .. FeaturesRow.Write(
                    operation, account, (stored.Version, stored.ETag), FeaturesRow.Text(features), features.Named),
                .. map.Guard,
            ],
        };
    }

    Instant Now => Instant.FromDateTimeOffset(clock.GetUtcNow());
}
