using System.Collections.Immutable;
using NodaTime;

namespace Telephony.Domain.Groups;

/// <summary>When it is open, week by week, and which days are holidays: a site's, or a main number's own.</summary>
public sealed record OpeningTimes(ImmutableArray<OpenRange> Hours, ImmutableArray<Holiday> Holidays)
{
    /// <summary>So many fit any week that people can keep in mind: ten a day.</summary>
    public const int RangesMax = 70;

    /// <summary>Monday to Friday, 08:30 to 18:00, and no holidays.</summary>
    public static readonly OpeningTimes Default = new(
        [
            .. from day in Enumerable.Range((int)IsoDayOfWeek.Monday, 5)
               select new OpenRange((IsoDayOfWeek)day, DayTime.Parse("08:30"), DayTime.Parse("18:00")),
        ],
        []);
}
