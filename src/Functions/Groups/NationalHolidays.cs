using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Telephony.Domain.Access;
using Telephony.Domain.Groups;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Groups;

/// <summary>Holidays of the country that a site is in, to choose from: nothing applies them by itself.</summary>
public sealed class NationalHolidays(TimeProvider clock)
{
    const int YearMin = 2020;
    const int YearMax = 2100;

    /// <param name="Country">The site's.</param>
    /// <param name="Year">Of which year.</param>
    /// <param name="IsKnown">Whether holidays of the country are known here at all.</param>
    /// <param name="Holidays">
    /// Those of the whole country, regions may have others; in the form that a schedule or a configuration takes. One
    /// that is kept on another day than its own, as many at weekends are, stands on both: there as "(observed)".
    /// </param>
    internal sealed record NationalHolidaysView(
        string Country, int Year, bool IsKnown, ImmutableArray<HolidayForm> Holidays);

    /// <summary>Copy those that the site keeps into its schedule: they count for nothing before.</summary>
    [Function("GetNationalHolidays"), Demands(Permission.ReadDirectory)]
    [Summary("List a country's holidays to choose from")]
    [Query("year", typeof(string), "Of which year, 2020 to 2100; of the one that it is at the site when absent.")]
    [Answers(200, typeof(NationalHolidaysView))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/national-holidays")]
        HttpRequest request)
    {
        var site = Admitted.Of(request).Site!;
        if (Year(request, site.TimeZone).Refused(out var problem, out var year))
            return problem;
        return Json.Answer(new NationalHolidaysView(
            site.Country, year, CountryHolidays.AreKnown(site.Country), Of(site.Country, year)));
    }

    internal static ImmutableArray<HolidayForm> Of(string country, int year) =>
        [.. CountryHolidays.Of(country, year).Select(ConfigurationForms.Of)];

    Checked<int> Year(HttpRequest request, string zone) => request.Query["year"] switch
    {
        [] => Instant.FromDateTimeOffset(clock.GetUtcNow()).InZone(TimeZones.Find(zone)).Year,
        [{ } text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year is >= YearMin and <= YearMax => year,
        _ => Problems.BadParameter("year", "It is not one year in range.", $"Send {YearMin} to {YearMax}."),
    };
}
