using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>Creates a site of an operator, or changes what it is called and where it is.</summary>
public sealed class PutSite(DirectoryTable directory, DirectoryChanges changes)
{
    [Function(nameof(PutSite))]
    [Demands(Permission.ManageSitesAndOperators, MayBeNew = true)]
    [Summary("Create or change a site")]
    [Takes(typeof(SiteBody))]
    [Answers(200, typeof(Site)), Answers(201, typeof(Site))]
    [Refuses("id-taken")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/sites/{site}")] HttpRequest request,
        string site,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<SiteBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        var errors = new BodyErrors();
        var wanted = new Site(
            Id<Site>.Parse(site),
            body.Operator,
            errors.Line("name", body.Name),
            body.Country,
            body.TimeZone,
            errors.Line("address", body.Address, BodyErrors.AddressMax));
        if (!CountryAndZone.IsCountry(body.Country))
            errors.Add("country", "unknown-country", $"'{Problems.Shown(body.Country)}' is no country.",
                "Send ISO 3166-1 alpha-2, such as GB.");
        if (!CountryAndZone.IsTimeZone(body.TimeZone))
            errors.Add("timeZone", "unknown-time-zone", $"'{Problems.Shown(body.TimeZone)}' is no time zone.",
                "Send an IANA name, such as Europe/London.");
        if (await directory.OperatorAsync(body.Operator, ct) is null)
            errors.Add("operator", "unknown-operator", $"There is no operator '{body.Operator}'.",
                "Create the operator first.");

        return errors.Problem
            ?? DirectoryAnswers.Of(await changes.PutAsync(wanted, precondition, ct), request, wanted, "site", site);
    }


    sealed record SiteBody(
        Id<Operator> Operator,
        [Length(1, BodyErrors.NameMax)] string Name,
        [RegularExpression("^[A-Z]{2}$")] string Country,
        [Length(1, CountryAndZone.ZoneLengthMax)] string TimeZone,
        [Length(1, BodyErrors.AddressMax)] string Address);
}
