using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using PublicHoliday;
using Telephony.Domain.Access;
using Telephony.Domain.Groups;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Holiday = Telephony.Domain.Groups.Holiday;

namespace Telephony.Functions.Groups;

/// <summary>Holidays of the country that a site is in, to choose from: nothing applies them by itself.</summary>
public sealed class NationalHolidays(TimeProvider clock)
{
    const int YearMin = 2020;
    const int YearMax = 2100;

    static readonly FrozenDictionary<string, Func<IPublicHolidays>> Known =
        new Dictionary<string, Func<IPublicHolidays>>
    {
        ["AT"] = () => new AustriaPublicHoliday(), ["AU"] = () => new AustraliaPublicHoliday(),
        ["BE"] = () => new BelgiumPublicHoliday(), ["BR"] = () => new BrazilPublicHoliday(),
        ["CA"] = () => new CanadaPublicHoliday(), ["CH"] = () => new SwitzerlandPublicHoliday(),
        ["CZ"] = () => new CzechRepublicPublicHoliday(), ["DE"] = () => new GermanPublicHoliday(),
        ["DK"] = () => new DenmarkPublicHoliday(), ["EE"] = () => new EstoniaPublicHoliday(),
        ["ES"] = () => new SpainPublicHoliday(), ["FI"] = () => new FinlandPublicHoliday(),
        ["FR"] = () => new FrancePublicHoliday(), ["GB"] = () => new UKBankHoliday(),
        ["GR"] = () => new GreecePublicHoliday(), ["HR"] = () => new CroatiaPublicHoliday(),
        ["HU"] = () => new HungaryPublicHoliday(), ["IE"] = () => new IrelandPublicHoliday(),
        ["IT"] = () => new ItalyPublicHoliday(), ["JP"] = () => new JapanPublicHoliday(),
        ["LT"] = () => new LithuaniaPublicHoliday(), ["LU"] = () => new LuxembourgPublicHoliday(),
        ["LV"] = () => new LatviaPublicHoliday(), ["MX"] = () => new MexicoPublicHoliday(),
        ["NL"] = () => new DutchPublicHoliday(), ["NO"] = () => new NorwayPublicHoliday(),
        ["NZ"] = () => new NewZealandPublicHoliday(), ["PL"] = () => new PolandPublicHoliday(),
        ["PT"] = () => new PortugalPublicHoliday(), ["RO"] = () => new RomanianPublicHoliday(),
        ["RS"] = () => new SerbianPublicHoliday(), ["SE"] = () => new SwedenPublicHoliday(),
        ["SI"] = () => new SloveniaPublicHoliday(), ["SK"] = () => new SlovakiaPublicHoliday(),
        ["US"] = () => new USAPublicHoliday(), ["ZA"] = () => new SouthAfricaPublicHoliday(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <param name="Country">The site's.</param>
    /// <param name="Year">Of which year.</param>
    /// <param name="IsKnown">Whether holidays of the country are known here at all.</param>
    /// <param name="Holidays">
    /// Those of the whole country, regions may have others; in the form that a schedule or a configuration takes.
    /// </param>
    internal sealed record NationalHolidaysView(
        string Country, int Year, bool IsKnown, ImmutableArray<HolidayForm> Holidays);

    /// <summary>Copy those that the site keeps into its schedule: they count for nothing before.</summary>
    [Function("GetNationalHolidays"), Demands(Permission.ReadDirectory)]
    [Summary("List a country's holidays to choose from")]
    [Query("year", typeof(string), "Of which year, 2020 to 2100; of this one when absent.")]
    [Answers(200, typeof(NationalHolidaysView))]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/national-holidays")]
        HttpRequest request)
    {
        if (Year(request).Refused(out var problem, out var year))
            return problem;
        var country = Admitted.Of(request).Site!.Country;
        return Json.Answer(new NationalHolidaysView(country, year, Known.ContainsKey(country), Of(country, year)));
    }

    internal static ImmutableArray<HolidayForm> Of(string country, int year) =>
        Known.GetValueOrDefault(country) is not { } holidays ? [] :
        [
            .. from holiday in holidays().PublicHolidayNames(year)
               let day = LocalDate.FromDateTime(holiday.Key)
               orderby day
               select ConfigurationForms.Of(new Holiday(holiday.Value, new HolidayTime.Days(day, day))),
        ];

    Checked<int> Year(HttpRequest request) => request.Query["year"] switch
    {
        [] => clock.GetUtcNow().Year,
        [{ } text] when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && year is >= YearMin and <= YearMax => year,
        _ => Problems.BadParameter("year", "It is not one year in range.", $"Send {YearMin} to {YearMax}."),
    };
}
