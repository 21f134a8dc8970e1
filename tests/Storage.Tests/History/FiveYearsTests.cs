using Telephony.Domain.Numbers;

namespace Telephony.Storage.Tests.History;

/// <summary>"Who had it on 1 March?", over five years of 1,000 numbers, against a ledger kept beside them.</summary>
public sealed class FiveYearsTests
{
    const int Dates = 400;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_had_a_number_when_is_answered_as_the_ledger_says_also_after_the_oldest_is_forgotten()
    {
        var life = await Life.LiveAsync();
        AssertLived(life);
        var random = new Random(7);
        var years = Life.End.AddDays(20) - Life.Begin;
        var dates = Enumerable.Range(0, Dates)
            .Select(_ => Life.Begin.AddDays(-10) + (random.NextDouble() * years)).ToList();

        Assert.NotEmpty(await life.Tables.EventsAsync(Life.Site));
        await AssertAnswersAsync(life, dates, every: 1);
        await life.Tables.Mover.MoveAsync(Life.Site, default, Ct);
        Assert.Empty(await life.Tables.EventsAsync(Life.Site));
        await AssertAnswersAsync(life, dates, every: 20);

        // Three years of the five are then more than ten years ago.
        var (before, limit) = (life.RowCount, Life.Begin.AddYears(3));
        var trimmed = 0;
        while (await life.Tables.Trimmer.TrimAsync(Life.Site, limit.AddYears(10), Ct) is > 0 and var some)
            trimmed += some;
        Assert.Equal(before - trimmed, life.RowCount);
        Assert.InRange(trimmed, before / 4, before);
        await AssertAnswersAsync(life, [limit, .. dates.Where(date => date > limit)], every: 7);
    }

    static async Task AssertAnswersAsync(Life life, IReadOnlyList<DateTimeOffset> dates, int every)
    {
        for (var number = 0; number < Life.Numbers; number += every)
        {
            var history = await life.Tables.OfAsync(Life.Site, Life.Number(number), Life.End.AddDays(30));
            var lines = life.Ledger.Of(number);
            // Also the very moments at which something happened, and the last ones before them.
            var moments = lines.SelectMany(line => (DateTimeOffset?[])[line.From, line.Until]).OfType<DateTimeOffset>()
                .SelectMany(time => (DateTimeOffset[])[time, time.AddTicks(-1)]).Where(time => time >= dates.Min());
            foreach (var date in dates.Concat(moments).Where(date => date < Life.End.AddDays(30)))
            {
                var (line, span) = (life.Ledger.At(number, date), history.At(date));
                if (line.State != (span?.Entry.Way.To ?? NumberState.Retired) || line.Account != span?.Entry.Holder)
                {
                    Assert.Fail($"{Life.Number(number)} at {date:O} was {line}, its history says {span}.\n"
                        + string.Join('\n', history.Spans));
                }
            }
        }
    }

    static void AssertLived(Life life)
    {
        Assert.True(life.Ledger.Count > 6_000, $"Only {life.Ledger.Count} changes.");
        Assert.True(life.Faults > 20, $"Only {life.Faults} moves failed.");
        Assert.True(life.RowCount > 2_000, $"Only {life.RowCount} rows.");
        foreach (var outcome in (string[])["reserve: refused", "reserve: done", "hold: refused", "release: refused",
            "count: done", "starter: done", "end hold: done", "block: done", "rest is over: done"])
        {
            var times = life.Outcomes.GetValueOrDefault(outcome);
            Assert.True(times >= 20, $"{outcome} {times} times.");
        }
    }
}
