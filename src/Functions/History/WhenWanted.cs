using System.Globalization;
using Microsoft.AspNetCore.Http;
using Telephony.Domain.History;
using Telephony.Functions.Http;

namespace Telephony.Functions.History;

/// <summary>
/// The time that a history is asked for: a moment; or a date, which is all of that day where the site is, from one
/// midnight up to the next.
/// </summary>
/// <param name="From">The moment, or when the day begins.</param>
/// <param name="To">When the day ends; null for a moment.</param>
sealed record WhenWanted(DateTimeOffset From, DateTimeOffset? To)
{
    public const string Name = "on";

    /// <summary>No record reaches further back, and no zone has a day that cannot be told.</summary>
    static readonly DateOnly Earliest = new(1900, 1, 1);

    /// <summary>Null when no time is asked for.</summary>
    public static Checked<WhenWanted?> Of(HttpRequest request, string timeZone, DateTimeOffset now) =>
        request.Query[Name] switch
        {
            [] => (WhenWanted?)null,
            [{ } text] when Read(text, timeZone) is { } wanted => wanted.From <= now ? wanted : Problems.BadParameter(
                Name, "It is in the future, which has no history yet.", "Send a time that has been."),
            _ => Problems.BadParameter(
                Name, "It is neither a date nor a time with its offset.",
                "Send one such as 2026-03-01, or 2026-03-01T09:00:00Z; a plus sign in the address is %2B."),
        };

    /// <summary>What was so at that moment, or at any moment of that day.</summary>
    public IEnumerable<HistorySpan> Of(NumberHistory history) =>
        To is { } to ? history.Between(From, to)
        : history.At(From) is { } span ? [span]
        : [];

    static WhenWanted? Read(string text, string timeZone)
    {
        if (TimeConverter.TryRead(text, out var time))
            return new(time, null);
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            || day < Earliest || day == DateOnly.MaxValue)
        {
            return null;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return new(Midnight(day, zone), Midnight(day.AddDays(1), zone));
    }

    /// <summary>
    /// The first moment of a day: where clocks go back over midnight the earlier one, and where they go forward over it
    /// the moment they do.
    /// </summary>
    static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.GetUtcOffset(local);
        return new(local, offset);
    }
}
