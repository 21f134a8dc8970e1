using System.Collections.Concurrent;
using CsCheck;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.History;

/// <summary>Whatever a number goes through, its history tells what it is now, and what it was at any time.</summary>
public sealed class HistoryWalkTests
{
    /// <summary>Mostly what leads to service and out of it again, which takes many steps in a row.</summary>
    static readonly Gen<int> What = Gen.Frequency((3, Gen.Int[8, 13]), (1, Gen.Int[0, 19]));

    static readonly Gen<Func<Order, NumberCommand>> AnyCommand = Gen.Select(
        What, Gen.Frequency((4, Gen.Const(Ours)), (1, AnyAccount)), Gen.Enum<NumberState>(), Gen.Int[1, 40], Gen.Bool,
        (what, account, state, days, yes) => (Func<Order, NumberCommand>)(order => what switch
        {
            0 => new NumberCommand.Provision(
                order, yes ? NumberState.Available : state, NumberKind.Standard, false, null),
            1 => new NumberCommand.Offer(order),
            2 => new NumberCommand.ConfirmPortIn(order, yes ? account : null),
            3 => new NumberCommand.CancelPortIn(order),
            4 or 5 => new NumberCommand.Hold(order, account, order.Now.AddDays(days)),
            6 => new NumberCommand.EndHold(order),
            7 or 8 => new NumberCommand.Reserve(order, account, NumberSource.ByHand, AsMain: yes && days > 30),
            9 => new NumberCommand.Activate(order),
            10 => new NumberCommand.ConfirmActivation(order),
            11 => new NumberCommand.Deactivate(order, yes),
            12 => new NumberCommand.ConfirmDeactivation(order),
            13 => new NumberCommand.Release(order, account, days, 2 * days),
            14 => new NumberCommand.EndCooldown(order),
            15 => new NumberCommand.Restore(order, account),
            16 => new NumberCommand.Block(order, yes ? order.Now.AddDays(days) : null),
            17 => yes ? new NumberCommand.Unblock(order) : new NumberCommand.PortOut(order),
            18 => yes ? new NumberCommand.ConfirmPortOut(order) : new NumberCommand.CancelPortOut(order),
            _ => yes ? new NumberCommand.Nominate(order) : new NumberCommand.Retire(order),
        }));

    static readonly Gen<(Func<Order, NumberCommand> Command, int Hours)[]> Walks =
        Gen.Select(AnyCommand, Gen.Int[1, 500], (command, hours) => (command, hours)).Array[1, 120];

    [Fact]
    public void Replaying_it_gives_what_the_number_is_now_and_was_whenever_somebody_looked()
    {
        var met = new ConcurrentDictionary<NumberState, int>();
        Walks.Sample(walk =>
        {
            var (entries, seen, end) = Walk(walk);
            var history = NumberHistory.Of(entries.AsEnumerable().Reverse(), end);

            Assert.True(history.IsWhole);
            Assert.Equal(entries.Count > 0 ? 1 : null, history.Spans.FirstOrDefault()?.Entry.Version);
            foreach (var (time, number) in seen)
            {
                Assert.Equal(Told(number), Told(history.At(time)));
                met.AddOrUpdate(number?.State ?? NumberState.Retired, 1, (_, times) => times + 1);
            }

            Assert.Equal(seen.LastOrDefault().Number?.Version, history.Spans.LastOrDefault()?.Entry.Version);
            Assert.All(history.Spans.Zip(history.Spans.Skip(1)), pair =>
                Assert.Equal(pair.First.Until, pair.Second.From));
        }, iter: 1_000);

        Assert.All(Enum.GetValues<NumberState>(), state => Assert.True(
            met.GetValueOrDefault(state) > 0, $"No walk met {state}: {string.Join(", ", met)}"));
    }

    [Fact]
    public void A_part_of_a_move_says_of_its_numbers_what_the_whole_says() =>
        Gen.Select(AnySite, Gen.Select(AnyNumbers, AnyCommand).Array[1, 8]).Sample((site, steps) =>
        {
            foreach (var (numbers, command) in steps)
            {
                var order = new Order(Second, Party.Platform, Noon);
                if (PoolDecider.Decide(site, new MoveNumbers(numbers, command(order)))
                    is not PoolDecision.Accepted { Change: var change })
                    continue;

                var after = site.After(change);
                foreach (var number in change.Changed)
                {
                    var move = change.Moves.Single(move => move.VersionOf(number) is not null);
                    Assert.Equal(after.Pool.Find(number)!.Version, move.VersionOf(number));
                    Assert.Equal(move.VersionOf(number), move.In(number.Block)!.VersionOf(number));
                    Assert.Equal(
                        Told(after.Pool.Find(number)),
                        Told(new HistoryEntry(move.Way, move.VersionOf(number)!.Value, Noon)));
                }

                Assert.All(change.Moves, move => Assert.Equal(
                    move.Numbers.Count,
                    move.Numbers.Blocks.Sum(part => move.In(part.Block)!.Versions.Length)));
                Assert.All(change.Moves, move => Assert.Null(move.In(new(1))));
                site = after;
            }
        }, iter: 500);

    /// <summary>One number, as a site's rows keep it: what has lapsed is written down with the next change.</summary>
    static (List<HistoryEntry> Entries, List<(DateTimeOffset At, Number? Number)> Seen, DateTimeOffset End) Walk(
        IEnumerable<(Func<Order, NumberCommand> Command, int Hours)> walk)
    {
        var (entries, seen, now) = (new List<HistoryEntry>(), new List<(DateTimeOffset, Number?)>(), Noon);
        Number? stored = null;
        foreach (var (command, hours) in walk)
        {
            now = now.AddHours(hours);
            var before = stored?.At(now);
            foreach (var by in (Party[])[Party.Platform, Party.Operator])
            {
                if (NumberDecider.Decide(before, command(new(Second, by, now)))
                    is not NumberDecision.Accepted { Next: var next })
                    continue;
                if (before != stored)
                    entries.Add(new(Way.Of(stored, before!, stored!.Until), before!.Version, stored.Until!.Value));
                entries.Add(new(Way.Of(before, next), next.Version, now));
                stored = next;
                break;
            }

            seen.Add((now, stored?.At(now)));
        }

        return (entries, seen, now);
    }

    static string Told(Number? number) =>
        $"{number?.State} {number?.Role} {number?.Account} {number?.Version} {number?.Generation}";

    static string Told(HistorySpan? span) => Told(span?.Entry);

    static string Told(HistoryEntry? entry) =>
        $"{entry?.Way.To} {entry?.Way.Role} {entry?.Holder} {entry?.Version} {entry?.Way.Generation}";
}
