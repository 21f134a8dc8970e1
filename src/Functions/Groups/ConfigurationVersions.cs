using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Groups;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Groups;

/// <summary>Every configuration of a main number that was ever written.</summary>
public sealed class ConfigurationVersions(GroupTable groups)
{
    const string Route = ConfigurationFunctions.Route + "/versions";

    /// <param name="Version">Counts them, from 1.</param>
    /// <param name="WrittenAt">When.</param>
    /// <param name="Operation">The request, which says who wanted it.</param>
    internal sealed record ConfigurationVersionView(int Version, DateTimeOffset WrittenAt, string Operation);

    /// <summary>Newest first, without what they say.</summary>
    [Function("GetConfigurationVersions"), Demands(Permission.SeeMain)]
    [Summary("List the versions of a main number's configuration")]
    [Answers(200, typeof(Page<ConfigurationVersionView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken ct)
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
        var versions = groups.VersionsAsync(admitted.Site!.Id, admitted.Account!.Id, before, paging.Rows, ct)
            .Select(stored => new ConfigurationVersionView(
                stored.Version, stored.Written!.Value.At, stored.Written.Value.By.Value));
        var page = await Page<ConfigurationVersionView>.TakeAsync(
            versions, paging.Top, view => view.Version.ToString(CultureInfo.InvariantCulture), ct);
        return page.Answer(request);
    }

    /// <summary>As it was written; 0 are the defaults.</summary>
    [Function("GetConfigurationVersion"), Demands(Permission.SeeMain)]
    [Summary("Read a version of a main number's configuration")]
    [Answers(200, typeof(MainConfiguration))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{version}")] HttpRequest request,
        string version, CancellationToken ct)
    {
        if (!TryRead(version, out var number))
            return Problems.NotFound();
        if (number == 0)
            return Json.Answer(ConfigurationForms.Of(GroupFeatures.Default));

        var admitted = Admitted.Of(request);
        return await groups.VersionAsync(admitted.Site!.Id, admitted.Account!.Id, number, ct) is { } stored
            ? Json.Answer(ConfigurationForms.Of(stored.Value))
            : Problems.NotFound();
    }

    static bool TryRead(string text, out int version) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
