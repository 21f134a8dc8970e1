using System.Collections.Frozen;
using System.Collections.Immutable;
using NodaTime;
using PublicHoliday;
using Telephony.Domain.Groups;
using Holiday = Telephony.Domain.Groups.Holiday;

namespace Telephony.Functions.Groups;

/// <summary>The holidays of countries, a day each: their own days, and those on which they are kept instead.</summary>
static class CountryHolidays
{
    static readonly FrozenDictionary<string, Func<IPublicHolidays>> Known =
        new Dictionary<string, Func<IPublicHolidays>>
    {
        ["AT"] = () => new AustriaPublicHoliday(), ["AU"] = () => new AustraliaPublicHoliday(),
        ["BE"] = () => new BelgiumPublicHoliday(), ["BR"] = () => new Brazil(),
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

    /// <summary>
    /// By its name in the library, the day of each holiday that the library names only on the day on which it is kept
    /// instead, when its own is at a weekend.
    /// </summary>
    static readonly FrozenDictionary<string, AnnualDate> OwnDays = new Dictionary<string, AnnualDate>
    {
        ["New Year"] = new(1, 1), ["Day After New Year"] = new(1, 2),
        ["Christmas"] = new(12, 25), ["Christmas Day"] = new(12, 25), ["Boxing Day"] = new(12, 26),
        ["Australia Day"] = new(1, 26), ["Waitangi Day"] = new(2, 6), ["ANZAC Day"] = new(4, 25),
        ["Canada Day"] = new(7, 1), ["National Day For Truth And Reconciliation"] = new(9, 30),
        ["Remembrance Day"] = new(11, 11),
        ["Juneteenth"] = new(6, 19), ["Independence Day"] = new(7, 4), ["Veteran's Day"] = new(11, 11),
        ["Human Rights Day"] = new(3, 21), ["Freedom Day"] = new(4, 27), ["Workers' Day"] = new(5, 1),
        ["Youth Day"] = new(6, 16), ["National Women's Day"] = new(8, 9), ["Heritage Day"] = new(9, 24),
        ["Day of Reconciliation"] = new(12, 16), ["Day of Goodwill"] = new(12, 26),
        ["Foundation Day"] = new(2, 11), ["Emperor's Birthday"] = new(2, 23), ["Shōwa Day"] = new(4, 29),
        ["Constitution Memorial Day"] = new(5, 3), ["Greenery Day"] = new(5, 4), ["Children's Day"] = new(5, 5),
        ["Mountain Day"] = new(8, 11), ["Culture Day"] = new(11, 3), ["Labour Thanksgiving Day"] = new(11, 23),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Countries => Known.Keys;

    public static bool AreKnown(string country) => Known.ContainsKey(country);

    /// <summary>Those in a year, each day once; none of a country that is not known.</summary>
    public static ImmutableArray<Holiday> Of(string country, int year) =>
        Known.GetValueOrDefault(country) is not { } holidays ? [] :
        [
            // New Year of the year after may be kept on the last day of this one.
            .. new[] { year, year + 1 }.SelectMany(of => Days(holidays(), of))
                .Where(offered => offered.Day.Year == year)
                .OrderBy(offered => offered.Day)
                .ThenBy(offered => offered.IsInstead)
                .DistinctBy(offered => offered.Day)
                .Select(offered => new Holiday(
                    offered.IsInstead ? $"{offered.Name} (observed)" : offered.Name,
                    new HolidayTime.Days(offered.Day, offered.Day))),
        ];

    static IEnumerable<(LocalDate Day, string Name, bool IsInstead)> Days(IPublicHolidays holidays, int year)
    {
        foreach (var (at, name) in holidays.PublicHolidayNames(year))
        {
            var kept = LocalDate.FromDateTime(at);
            var own = OwnDay(name, kept, year);
            yield return (own, name, false);
            if (kept != own)
                yield return (kept, name, true);
        }
    }

    static LocalDate OwnDay(string name, LocalDate kept, int year) => name switch
    {
        "Vernal Equinox Day" => Equinox(kept, 20.8431),
        "Autumnal Equinox Day" => Equinox(kept, 23.2488),
        _ => OwnDays.TryGetValue(name, out var own) ? own.InYear(year) : kept,
    };

    /// <summary>It is kept on a Monday instead of on a Sunday, and on some Mondays for its own sake.</summary>
    /// <param name="kept">When it is kept.</param>
    /// <param name="dayIn1980">From which day of its month it moves on by about a quarter of a day each year.</param>
    static LocalDate Equinox(LocalDate kept, double dayIn1980)
    {
        var years = kept.Year - 1980;
        var day = (int)(dayIn1980 + (0.242194 * years)) - (years / 4);
        return kept.DayOfWeek is IsoDayOfWeek.Monday && day < kept.Day ? kept.PlusDays(-1) : kept;
    }

    /// <summary>The library's own list throws for a year in which two of them are on one day, such as 2079.</summary>
    sealed class Brazil : BrazilPublicHoliday
    {
        public override IDictionary<DateTime, string> PublicHolidayNames(int year)
        {
            var names = new Dictionary<DateTime, string>
            {
                [AnoNovo(year)] = "Ano Novo",
                [CarnavalDayOne(year)] = "Carnaval",
                [CarnavalDayTwo(year)] = "Carnaval Terça-Feira Gorda",
                [SextaFeiraSanta(year)] = "Sexta Feira Santa",
                [DiaDoTrabalho(year)] = "Dia do Trabalho",
                [CorpusChristi(year)] = "Corpus Christi",
                [DiaDaIndependencia(year)] = "Dia da Independência",
                [NossaSenhoraAparecida(year)] = "Nossa Senhora Aparecida",
                [DiaDosFinados(year)] = "Dia dos Finados",
                [DiaDaRepublica(year)] = "Dia da República",
                [Natal(year)] = "Natal",
            };
            names.TryAdd(Tiradentes(year), "Dia de Tiradentes");
            return names;
        }
    }
}
