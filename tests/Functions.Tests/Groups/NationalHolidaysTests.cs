using System.Globalization;
using System.Text.Json.Nodes;
using PublicHoliday;
using Telephony.Functions.Groups;

namespace Telephony.Functions.Tests.Groups;

/// <summary>What is offered of the holidays of a country.</summary>
public sealed class NationalHolidaysTests(World world) : IClassFixture<World>
{
    public static readonly TheoryData<string> Countries = [.. CountryHolidays.Countries];

    [Fact]
    public async Task National_holidays_are_offered_and_count_for_nothing_until_they_are_chosen()
    {
        var place = await world.PlaceAsync();
        var path = $"sites/{place.Site}/national-holidays?year=2026";
        var holidays = (await world.App.GetAsync(path, place.Admin)).Is(200).Body["holidays"]!.AsArray();
        Assert.Contains("2026-12-25", holidays.Select(holiday => (string?)holiday!["firstDay"]));
        Assert.NotEqual("Holiday", (string?)(await place.RouteAsync("2026-12-25T12:00:00Z"))["mode"]);

        (await place.ScheduleAsync(new JsonObject { ["holidays"] = holidays.DeepClone() }.ToJsonString())).Is(200);
        Assert.Equal("Holiday", (string?)(await place.RouteAsync("2026-12-25T12:00:00Z"))["mode"]);
    }

    [Theory]
    [InlineData("GB", 2026, "2026-04-03")]
    [InlineData("US", 2026, "2026-11-26")]
    [InlineData("DE", 2026, "2026-10-03")]
    [InlineData("FR", 2026, "2026-07-14")]
    [InlineData("AU", 2027, "2027-01-26")]
    public void A_country_has_its_holidays(string country, int year, string day) =>
        Assert.Contains(day, NationalHolidays.Of(country, year).Select(holiday => holiday.FirstDay));

    [Fact]
    public void Of_a_country_that_is_not_known_none_are_offered() =>
        Assert.Empty(NationalHolidays.Of("XX", 2026));

    [Theory, MemberData(nameof(Countries))]
    public void Every_list_is_of_its_year_has_each_day_once_and_is_accepted_when_it_is_sent_back(string country)
    {
        for (var year = 2020; year <= 2100; year++)
        {
            var offered = NationalHolidays.Of(country, year);
            var days = offered.Select(holiday => holiday.FirstDay!).ToList();
            Assert.NotEmpty(days);
            Assert.All(days, day => Assert.StartsWith($"{year}-", day, StringComparison.Ordinal));
            Assert.Equal(days.Distinct().Order(StringComparer.Ordinal), days);
            var accepted = ConfigurationInput.Of(new SiteSchedule(Holidays: offered));
            Assert.False(accepted.Refused(out var problem, out _), $"{country} {year}: {problem?.Detail}");
        }
    }

    [Theory]
    [InlineData("GB", "01-01 12-25 12-26")]
    [InlineData("AU", "01-01 01-26 04-25 12-25 12-26")]
    [InlineData("CA", "01-01 07-01 09-30 11-11 12-25 12-26")]
    [InlineData("NZ", "01-01 01-02 02-06 04-25 12-25 12-26")]
    [InlineData("US", "01-01 06-19 07-04 11-11 12-25")]
    [InlineData("ZA", "01-01 03-21 04-27 05-01 06-16 08-09 09-24 12-16 12-25 12-26")]
    [InlineData("JP", "01-01 02-11 02-23 04-29 05-03 05-04 05-05 08-11 11-03 11-23")]
    public void A_holiday_is_offered_on_its_own_day_whatever_day_of_the_week_that_is(string country, string days)
    {
        // The youngest of them came in 2021.
        for (var year = 2021; year <= 2100; year++)
        {
            var own = NationalHolidays.Of(country, year)
                .Where(holiday => !holiday.Name.EndsWith("(observed)", StringComparison.Ordinal))
                .Select(holiday => holiday.FirstDay![5..]);
            Assert.Empty(days.Split(' ').Except(own).Select(day => $"{year}-{day}"));
        }
    }

    [Theory]
    [InlineData("GB", "2027-12", "25 Christmas, 26 Boxing Day, 27 Christmas (observed), 28 Boxing Day (observed)")]
    [InlineData("US", "2027-01", "01 New Year, 18 Martin Luther King Day")]
    [InlineData("US", "2027-12", "24 Christmas (observed), 25 Christmas, 31 New Year (observed)")]
    [InlineData("US", "2028-01", "01 New Year, 17 Martin Luther King Day")]
    [InlineData("US", "2028-12", "25 Christmas")]
    [InlineData("AU", "2022-12", "25 Christmas Day, 26 Boxing Day, 27 Boxing Day (observed)")]
    [InlineData("JP", "2027-03", "21 Vernal Equinox Day, 22 Vernal Equinox Day (observed)")]
    [InlineData("JP", "2028-03", "20 Vernal Equinox Day")]
    [InlineData("BR", "2079-04", "21 Sexta Feira Santa")]
    public void A_holiday_that_is_kept_on_another_day_stands_on_both(string country, string month, string offered) =>
        Assert.Equal(
            offered,
            string.Join(", ", NationalHolidays.Of(country, int.Parse(month[..4], CultureInfo.InvariantCulture))
                .Where(holiday => holiday.FirstDay!.StartsWith(month, StringComparison.Ordinal))
                .Select(holiday => $"{holiday.FirstDay![8..]} {holiday.Name}")));

    [Fact]
    public void Brazils_are_the_librarys_wherever_that_has_a_list()
    {
        for (var year = 2020; year < 2079; year++)
        {
            Assert.Equal(
                new BrazilPublicHoliday().PublicHolidayNames(year).OrderBy(known => known.Key)
                    .Select(known => (known.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), known.Value)),
                NationalHolidays.Of("BR", year).Select(holiday => (holiday.FirstDay!, holiday.Name)));
        }
    }

    [Theory]
    [InlineData("2019", 400)]
    [InlineData("2020", 200)]
    [InlineData("2100", 200)]
    [InlineData("2101", 400)]
    [InlineData("+2026", 400)]
    [InlineData("2026&year=2027", 400)]
    public async Task One_year_can_be_asked_for_from_2020_to_2100(string year, int status)
    {
        var place = await world.PlaceAsync(numbers: 0);
        var answer = await world.App.GetAsync($"sites/{place.Site}/national-holidays?year={year}", place.Admin);
        if (status == 200)
            Assert.Equal(year, (string?)answer.Is(200).Body["year"]!.ToString());
        else
            answer.IsProblem(status, "bad-parameter");
    }

    [Fact]
    public async Task Without_a_year_it_is_the_one_that_it_is_at_the_site()
    {
        var place = await world.PlaceAsync(numbers: 0);
        (await world.App.PutAsync("sites/kiritimati", world.Platform, new
        {
            @operator = "acme", name = "Early", country = "GB", timeZone = "Pacific/Kiritimati", address = "1 Quay",
        })).Is(201);
        var newYearsEve = new DateTimeOffset(2026, 12, 31, 10, 30, 0, TimeSpan.Zero);
        world.App.Clock.Advance(newYearsEve - world.App.Clock.GetUtcNow());

        Assert.Equal((2026, 2027), (await YearAsync(place.Site), await YearAsync("kiritimati")));

        async Task<int> YearAsync(string site) =>
            (int)(await world.App.GetAsync($"sites/{site}/national-holidays", world.Admin)).Is(200).Body["year"]!;
    }
}
