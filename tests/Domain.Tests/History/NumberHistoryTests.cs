using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Numbers.NumberState;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.History;

/// <summary>Who had a number, from the changes that it remembers. Times are hours after noon.</summary>
public sealed class NumberHistoryTests
{
    [Fact]
    public void A_period_lasts_from_the_hold_to_the_release_and_a_rest_is_nobodys()
    {
        var history = Of(
            100,
            Entry(1, 0, null, Available),
            Entry(2, 10, Available, NumberState.Held, Ours, until: 30),
            Entry(3, 20, NumberState.Held, Reserved, Ours),
            Entry(4, 21, Reserved, Activating, Ours),
            Entry(5, 21, Activating, Active, Ours),
            Entry(6, 40, Active, Deactivating, Ours),
            Entry(7, 41, Deactivating, Reserved, Ours),
            Entry(8, 50, Reserved, Cooldown, Ours, until: 90),
            Entry(9, 90, Cooldown, Available, Ours),
            Entry(10, 95, Available, Reserved, Theirs));

        Assert.Equal(
            [
                (Available, null, null), (NumberState.Held, Ours, (10, 50)), (Reserved, Ours, (10, 50)),
                (Activating, Ours, (10, 50)), (Active, Ours, (10, 50)), (Deactivating, Ours, (10, 50)),
                (Reserved, Ours, (10, 50)), (Cooldown, null, null), (Available, null, null),
                (Reserved, Theirs, (95, -1)),
            ],
            history.Spans.Select(span => (
                span.Entry.Way.To, span.Entry.Holder,
                span.Period is { } period ? ((int, int)?)(Hour(period.From), Hour(period.Until)) : null)));
        Assert.Equal(Ours, history.At(At(60))!.Entry.Way.Account);
        Assert.True(history.IsWhole);
    }

    [Theory]
    [InlineData(-1, null, null)]
    [InlineData(0, Available, null)]
    [InlineData(9, Available, null)]
    [InlineData(10, Reserved, "ours")]
    [InlineData(19, Reserved, "ours")]
    [InlineData(20, Available, null)]
    [InlineData(1000, Available, null)]
    public void At_a_time_it_is_as_the_last_change_until_then_made_it(int hour, NumberState? state, string? account)
    {
        var span = Of(
            2000,
            Entry(1, 0, null, Available),
            Entry(2, 10, Available, Reserved, Ours),
            Entry(3, 20, Reserved, Available, Ours)).At(At(hour));

        Assert.Equal((state, account), (span?.Entry.Way.To, span?.Entry.Holder?.Value));
    }

    [Theory]
    [InlineData(29, NumberState.Held, "ours", null)]
    [InlineData(30, Available, null, null)]
    [InlineData(31, Available, null, null)]
    public void A_hold_ends_at_its_end_though_nobody_has_written_that_down(
        int now, NumberState state, string? holder, int? until)
    {
        var history = Of(now, Entry(1, 0, null, Available), Entry(2, 10, Available, NumberState.Held, Ours, until: 30));

        var last = history.Spans[^1];
        Assert.Equal((state, holder, until), (last.Entry.Way.To, last.Entry.Holder?.Value, HourOrNull(last.Until)));
        Assert.Null(last.Entry.Deed);
        Assert.Equal(NumberState.Held, history.At(At(29))!.Entry.Way.To);
        Assert.True(history.IsWhole);
    }

    [Fact]
    public void A_lapse_that_was_written_down_later_is_the_same_as_one_that_was_not()
    {
        HistoryEntry[] held =
            [Entry(1, 0, null, Available), Entry(2, 10, Available, NumberState.Held, Ours, until: 30)];
        var lapse = Entry(3, 30, NumberState.Held, Available, Ours);
        lapse = lapse with { Way = lapse.Way with { At = At(30) } };

        Assert.Equal(Of(50, held).Spans, Of(50, [.. held, lapse]).Spans);
        Assert.Equal(
            lapse, Of(50, [.. held, lapse, Entry(4, 40, Available, Reserved, Theirs)]).At(At(35))!.Entry);
    }

    [Fact]
    public void A_lapse_whose_entry_is_no_longer_kept_is_still_seen()
    {
        var history = Of(
            99, Entry(2, 10, Available, NumberState.Held, Ours, until: 30), Entry(4, 40, Available, Reserved, Theirs));

        Assert.Equal(Available, history.At(At(35))!.Entry.Way.To);
        Assert.True(history.IsWhole);
    }

    [Fact]
    public void A_hold_that_was_prolonged_does_not_end_before()
    {
        var history = Of(
            35,
            Entry(2, 10, Available, NumberState.Held, Ours, until: 30),
            Entry(3, 20, NumberState.Held, NumberState.Held, Ours, until: 40));

        Assert.Equal(NumberState.Held, history.At(At(35))!.Entry.Way.To);
        Assert.Equal((10, -1), history.Spans[^1].Period is { } p ? (Hour(p.From), Hour(p.Until)) : default);
    }

    [Fact]
    public void What_was_asked_for_earlier_and_done_later_counts_from_when_the_change_before_it_did()
    {
        var history = Of(
            99,
            Entry(1, 0, null, Available),
            Entry(3, 19, Reserved, Available, Ours),
            Entry(2, 20, Available, Reserved, Ours),
            Entry(2, 20, Available, Reserved, Ours));

        Assert.Equal([0, 20, 20], history.Spans.Select(span => Hour(span.From)));
        Assert.Equal([1, 2, 3], history.Spans.Select(span => span.Entry.Version));
    }

    [Fact]
    public void A_number_that_came_back_goes_on_in_its_next_generation()
    {
        var again = Entry(3, 50, Retired, Available);
        var history = Of(
            99,
            Entry(1, 0, null, Available), Entry(2, 10, Available, Retired),
            again with { Way = again.Way with { Generation = 2 } });

        Assert.Equal(
            [(Available, 1), (Retired, 1), (Available, 2)],
            history.Spans.Select(span => (span.Entry.Way.To, span.Entry.Way.Generation)));
    }

    [Fact]
    public void A_missing_change_is_noticed() => Assert.False(Of(
        99, Entry(1, 0, null, Available), Entry(3, 20, Reserved, Available, Ours)).IsWhole);

    [Theory]
    [InlineData(0, 10, "1")]
    [InlineData(10, 11, "2")]
    [InlineData(5, 25, "1 2 3 4 5")]
    [InlineData(20, 21, "3 4 5")]
    [InlineData(21, 22, "5")]
    [InlineData(-9, -1, "")]
    public void Between_two_times_it_is_what_was_so_and_what_began(int from, int to, string versions)
    {
        var history = Of(
            99,
            Entry(1, 0, null, Available), Entry(2, 10, Available, Reserved, Ours),
            Entry(3, 20, Reserved, Activating, Ours), Entry(4, 20, Activating, Active, Ours),
            Entry(5, 20, Active, Deactivating, Ours));

        Assert.Equal(versions, string.Join(' ', history.Between(At(from), At(to)).Select(span => span.Entry.Version)));
    }

    static NumberHistory Of(int now, params HistoryEntry[] entries) => NumberHistory.Of(entries, At(now));

    static HistoryEntry Entry(
        int version, int hour, NumberState? from, NumberState to, Id<Account>? account = null, int? until = null) =>
        new(new(from, to, NumberRole.Direct, account, until is { } end ? At(end) : null), version, At(hour));

    static DateTimeOffset At(int hour) => Noon.AddHours(hour);

    static int Hour(DateTimeOffset? time) => HourOrNull(time) ?? -1;

    static int? HourOrNull(DateTimeOffset? time) => time is { } known ? (int)(known - Noon).TotalHours : null;
}
