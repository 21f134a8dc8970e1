using System.Globalization;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Groups;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Groups;

/// <summary>Every configuration of a main number that was ever written, and every schedule of a site.</summary>
public sealed class ConfigurationVersions(GroupTable groups)
{
    const string OfMain = ConfigurationFunctions.Route + "/versions";
    const string OfSchedule = ScheduleFunctions.Route + "/versions";

    /// <param name="Version">Counts them, from 1.</param>
    /// <param name="WrittenAt">When.</param>
    /// <param name="Operation">The request; of what is not its account's an occupier does not see it.</param>
    /// <param name="RequestedBy">
    /// The user's id; absent for what was written before it was kept. An occupier sees it of its own people.
    /// </param>
    /// <param name="RequesterRole">In which role.</param>
    /// <param name="OnBehalfOf">The operator that the platform acted for.</param>
    internal sealed record ConfigurationVersionView(
        int Version, DateTimeOffset WrittenAt, string? Operation, string? RequestedBy, Role? RequesterRole,
        string? OnBehalfOf);

    /// <summary>Newest first, without what they say.</summary>
    [Function("GetConfigurationVersions"), Demands(Permission.SeeMain)]
    [Summary("List the versions of a main number's configuration")]
    [Answers(200, typeof(Page<ConfigurationVersionView>))]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfMain)] HttpRequest request,
        CancellationToken ct) => ListAsync(request, Admitted.Of(request).Account!.Id, ct);

    /// <summary>As it was written; 0 are the defaults.</summary>
    [Function("GetConfigurationVersion"), Demands(Permission.SeeMain)]
    [Summary("Read a version of a main number's configuration")]
    [Answers(200, typeof(MainConfiguration))]
    public Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfMain + "/{version}")] HttpRequest request,
        string version, CancellationToken ct) => ReadAsync(
            request, Admitted.Of(request).Account!.Id, version, ConfigurationForms.Of(GroupFeatures.Default),
            row => ConfigurationForms.Of(FeaturesRow.Features(row)), ct);

    /// <summary>Newest first, without what they say.</summary>
    [Function("GetScheduleVersions"), Demands(Permission.ReadDirectory)]
    [Summary("List the versions of a site's schedule")]
    [Answers(200, typeof(Page<ConfigurationVersionView>))]
    public Task<IResult> ListSchedules(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfSchedule)] HttpRequest request,
        CancellationToken ct) => ListAsync(request, null, ct);

    /// <summary>As it was written; 0 are the defaults.</summary>
    [Function("GetScheduleVersion"), Demands(Permission.ReadDirectory)]
    [Summary("Read a version of a site's schedule")]
    [Answers(200, typeof(SiteSchedule))]
    public Task<IResult> GetSchedule(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = OfSchedule + "/{version}")] HttpRequest request,
        string version, CancellationToken ct) => ReadAsync(
            request, null, version, ConfigurationForms.Of(OpeningTimes.Default),
            row => ConfigurationForms.Of(FeaturesRow.Times(row)), ct);

    async Task<IResult> ListAsync(HttpRequest request, Id<Account>? account, CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging))
            return problem;
        int? before = null;
        if (paging.After is { } token)
        {
            if (!TryRead(token, out var last))
                return Paging.BadAfter();
            before = last;
        }

        var admitted = Admitted.Of(request);
        var versions = groups.VersionsAsync(admitted.Site!.Id, account, before, paging.Rows, ct)
            .Select(written => View(written, account, admitted.OnlyAccount));
        var page = await Page<ConfigurationVersionView>.TakeAsync(
            versions, paging.Top, view => view.Version.ToString(CultureInfo.InvariantCulture), ct);
        return page.Answer(request);
    }

    async Task<IResult> ReadAsync<TForm>(
        HttpRequest request, Id<Account>? account, string version, TForm defaults, Func<TableEntity, TForm> read,
        CancellationToken ct)
        where TForm : class
    {
        if (!TryRead(version, out var number))
            return Problems.NotFound();
        var form = number == 0
            ? defaults
            : await groups.VersionAsync(Admitted.Of(request).Site!.Id, account, number, read, ct);
        return form is null ? Problems.NotFound() : Json.Answer(form);
    }

    /// <summary>An occupier does not see who of the operator did what, as in the history of its numbers.</summary>
    static ConfigurationVersionView View(WrittenVersion written, Id<Account>? account, Id<Account>? only)
    {
        var isTheirs = only is null || (written.Actor?.Role).IsOccupiers();
        var actor = isTheirs ? written.Actor : null;
        return new(
            written.Version, written.At, only is null || only == account ? written.By.Value : null,
            actor?.User, actor?.Role, actor?.OnBehalfOf?.Value);
    }

    static bool TryRead(string text, out int version) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
