using NodaTime;

namespace Telephony.Domain.Groups;

/// <summary>Decides which mode a main number is in, and when that can change.</summary>
/// <param name="features">What is configured for it.</param>
/// <param name="siteTimes">The site's hours and holidays.</param>
/// <param name="siteZone">The site's zone.</param>
sealed class ModeCalendar(GroupFeatures features, OpeningTimes siteTimes, DateTimeZone siteZone)
{
    readonly DateTimeZone ownZone = features.TimeZone is { } id ? TimeZones.Find(id) : siteZone;
    readonly OpeningTimes times = features.HoursSource is HoursSource.Own ? features.Own : siteTimes;

    DateTimeZone HoursZone => features.HoursSource is HoursSource.Own ? ownZone : siteZone;

    public ModeDecision At(Instant at)
    {
        if (features.Override is { } byHand && byHand.HoldsAt(at))
        {
            return new(
                byHand.Kind is OverrideKind.ForceOpen ? Mode.InHours : Mode.OutOfHours, new ModeRule.ByHand(byHand));
        }

        var reading = ownZone.ReadingAt(at);
        foreach (var closure in features.Closures)
        {
            if (closure.Span.Contains(reading))
                return new(Mode.OutOfHours, new ModeRule.Closed(closure));
        }

        return ByTimes(HoursZone.Equals(ownZone) ? reading : HoursZone.ReadingAt(at));
    }

    /// <summary>
    /// Every moment at which its mode can change, from one moment to another; unsorted, and some change nothing.
    /// </summary>
    public IEnumerable<Instant> Boundaries(Instant from, Instant to)
    {
        if (features.Override?.Until is { } until)
            yield return until;
        foreach (var closure in features.Closures)
        {
            yield return ownZone.FirstAt(closure.Span.Start);
            yield return ownZone.FirstAt(closure.Span.End);
        }

        foreach (var span in Spans(HoursZone.ReadingAt(from).Date, HoursZone.ReadingAt(to).Date))
        {
            yield return HoursZone.FirstAt(span.Start);
            yield return HoursZone.FirstAt(span.End);
        }
    }

    ModeDecision ByTimes(LocalDateTime reading)
    {
        foreach (var holiday in times.Holidays)
        {
            if (holiday.When.In(reading.Year) is { } span && span.Contains(reading))
                return new(Mode.Holiday, new ModeRule.OnHoliday(holiday.Name, span, features.HoursSource));
        }

        foreach (var range in times.Hours)
        {
            if (range.At(reading) is { } span)
                return new(Mode.InHours, new ModeRule.InRange(range, span, features.HoursSource));
        }

        return new(Mode.OutOfHours, new ModeRule.OutsideHours(features.HoursSource));
    }

    IEnumerable<LocalSpan> Spans(LocalDate first, LocalDate last)
    {
        for (var year = first.Year; year <= last.Year; year++)
        {
            foreach (var holiday in times.Holidays)
            {
                if (holiday.When.In(year) is { } span)
                    yield return span;
            }
        }

        // Hours over midnight began the day before.
        for (var day = first.PlusDays(-1); day <= last; day = day.PlusDays(1))
        {
            foreach (var range in times.Hours.Where(range => range.Day == day.DayOfWeek))
                yield return range.On(day);
        }
    }
}
