using System.Collections.Immutable;
using System.Globalization;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Operations;

/// <summary>What became of numbers that an account had, in words.</summary>
static class MoveWords
{
    public static ImmutableArray<ChosenNumber> Of(ImmutableArray<Move> moves) =>
    [
        .. from move in moves
           from number in move.Numbers
           orderby number
           select ChosenNumber.Of(number, Of(move.Way)),
    ];

    static string Of(Way way) => (way.From, way.To, way.Until) switch
    {
        (NumberState.Held, NumberState.Available, _) => "Its hold ended: it is available.",
        (NumberState.Active, NumberState.Cooldown, { } until) =>
            $"Taken out of service and released: it rests until {Time(until)}.",
        (_, NumberState.Cooldown, { } until) => $"Released: it was in service, and rests until {Time(until)}.",
        (_, NumberState.Available, _) => "Released: it was never in service, and is available.",
        var (from, to, _) => $"From {from} to {to}.",
    };

    static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
