using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Rules;

/// <summary>Every version of a site's rules that was ever written.</summary>
public sealed class RulesVersionsFunctions(RulesTable rules, TimeProvider clock)
{
    /// <summary>Newest first, without the rules themselves.</summary>
    [Function("GetRulesVersions"), Demands(Permission.ReadRules)]
    [Summary("List the versions of a site's rules")]
    [Answers(200, typeof(Page<RulesVersionView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/rules/versions")]
        HttpRequest request, CancellationToken ct)
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

        var site = Admitted.Of(request).Site!.Id;
        var (book, now) = ((await rules.FindAsync(site, ct)).Book, clock.GetUtcNow());
        var versions = rules.VersionsAsync(site, before, paging.Rows, ct)
            .Select(written => RulesVersionView.InList(written, book, now));
        var page = await Page<RulesVersionView>.TakeAsync(
            versions, paging.Top, view => view.Version.ToString(CultureInfo.InvariantCulture), ct);
        return page.Answer(request);
    }

    /// <summary>With all that it says; 0 are the defaults.</summary>
    [Function("GetRulesVersion"), Demands(Permission.ReadRules)]
    [Summary("Read a version of a site's rules")]
    [Answers(200, typeof(RulesVersionView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/rules/versions/{version}")]
        HttpRequest request, string version, CancellationToken ct)
    {
        if (!TryRead(version, out var number))
            return Problems.NotFound();

        var site = Admitted.Of(request).Site!.Id;
        var (book, now) = ((await rules.FindAsync(site, ct)).Book, clock.GetUtcNow());
        if (number == 0)
            return Json.Answer(RulesVersionView.OfDefaults(book, now));
        return await rules.FindVersionAsync(site, number, ct) is { } written
            ? Json.Answer(RulesVersionView.Of(written, book, now))
            : Problems.NotFound();
    }

    static bool TryRead(string text, out int version) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
