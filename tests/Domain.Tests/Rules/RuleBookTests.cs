using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Rules;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Rules;

/// <summary>Which version is in force: the book, which forgets, against a list of all that was ever written.</summary>
public sealed class RuleBookTests
{
    const int HoursMax = 12;

    /// <summary>Hours since the last write, hours ahead: few, so that versions begin at the same time.</summary>
    static readonly Gen<(int Passed, int Ahead)[]> Writes =
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, HoursMax]).Array[0, 12];

    [Fact]
    public void In_force_is_the_newest_version_whose_time_has_come() => Writes.Sample(writes =>
    {
        var (book, now) = (RuleBook.Default, Noon);
        var all = new List<(int Version, DateTimeOffset From)> { (0, DateTimeOffset.MinValue) };
        foreach (var (passed, ahead) in writes)
        {
            now = now.AddHours(passed);
            book = book.With(new() { KeepForOperator = all.Count }, now.AddHours(ahead), now);
            all.Add((all.Count, now.AddHours(ahead)));

            for (var hour = 0; hour <= HoursMax + 1; hour++)
            {
                var time = now.AddHours(hour);
                var expected = all.Last(version => version.From <= time).Version;
                Assert.Equal(expected, book.At(time).Rules.Version);
                Assert.Equal(expected, book.At(time).Rules.KeepForOperator);
                Assert.Equal(expected, book.At(time.AddTicks(1)).Rules.Version);
            }
        }
    });

    [Fact]
    public void It_keeps_what_was_in_force_when_it_was_written_and_what_comes_after_that() => Writes.Sample(writes =>
    {
        var (book, now) = (RuleBook.Default, Noon);
        foreach (var (passed, ahead) in writes)
        {
            now = now.AddHours(passed);
            var before = book;
            book = book.With(new(), now.AddHours(ahead), now);

            var kept = before.After(now).Prepend(before.At(now)).Where(v => v.EffectiveFrom < now.AddHours(ahead));
            Assert.Equal(kept.Append(book.Last), book.Versions);
        }

        Assert.Equal(writes.Length, book.Last.Rules.Version);
    });

    [Fact]
    public void A_version_holds_from_its_very_time()
    {
        var book = RuleBook.Default.With(new(), Noon, Noon.AddHours(-1));

        Assert.Equal([0, 1], [book.At(Noon.AddTicks(-1)).Rules.Version, book.At(Noon).Rules.Version]);
        Assert.Equal(0, book.At(DateTimeOffset.MinValue).Rules.Version);
    }

    [Fact]
    public void Before_all_that_it_remembers_the_first_one_counts()
    {
        var later = Noon.AddHours(1);
        var book = RuleBook.Default.With(new(), Noon, Noon).With(new(), later, later);

        Assert.Equal([1, 1, 2], new[] { Noon.AddDays(-1), Noon, later }.Select(time => book.At(time).Rules.Version));
    }

    [Fact]
    public void Versions_that_do_not_ascend_are_no_book()
    {
        RuleVersion first = new(new() { Version = 1 }, Noon), second = new(new() { Version = 2 }, Noon.AddHours(1));
        foreach (var wrong in (ImmutableArray<RuleVersion>[])[
            [], [second, first], [first, first with { EffectiveFrom = second.EffectiveFrom }],
            [first, second with { EffectiveFrom = Noon }]])
            Assert.Throws<ArgumentException>(() => new RuleBook(wrong));
        Assert.Equal(second, new RuleBook([first, second]).Last);
    }
}
