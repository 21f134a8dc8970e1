using System.Collections.Concurrent;
using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>What holds after every step of any sequence of commands by anybody at any time.</summary>
public sealed class LifeWalkTests
{
    static readonly Gen<LifeStep[][]> Walks = LifeStep.Any.Array[16].Array[100];

    [Fact]
    public void A_number_rests_as_long_as_the_rule_said_when_it_was_released_blocked_or_not()
    {
        var watched = 0;
        Walks.Sample(steps =>
        {
            var rests = new Rests();
            Walk(steps, taken =>
            {
                foreach (var number in taken.Change.Changed)
                {
                    rests.Follow(
                        number, taken.Before.Pool.Find(number), taken.After.Pool.Find(number)!, taken.Command);
                }
            });
            Interlocked.Add(ref watched, rests.Watched);
        }, iter: 150, print: Print);

        Assert.True(watched > 20, $"Only {watched} rests were followed to their end.");
    }

    [Fact]
    public void Counts_and_main_numbers_are_always_what_the_blocks_say() => Sample(taken =>
    {
        var all = taken.After.Pool.All();
        foreach (var account in (Id<Account>[])[Ours, Theirs])
        {
            var its = all.Where(at => at.Value.Account == account && at.Value.IsAllocated).ToList();
            var mains = its.Where(at => at.Value.Role is not NumberRole.Direct)
                .OrderByDescending(at => at.Value.Role is NumberRole.Main).ThenBy(at => at.Key);
            var holding = taken.After.Holding(account);

            Assert.Equal(its.Count(at => at.Value.Role is NumberRole.Direct), holding.DirectNumbers);
            Assert.Equal(
                its.Count(at => at.Value is { Role: NumberRole.Direct, State: not NumberState.Reserved }),
                holding.InService);
            Assert.Equal(mains.Select(at => (E164?)at.Key).FirstOrDefault(), holding.Main);
            Assert.True(its.Count(at => at.Value.Role is NumberRole.Main) < 2, $"{account} has two main numbers.");
        }
    });

    [Fact]
    public void Whatever_changes_an_accounts_main_numbers_is_guarded_by_its_row() => Sample(taken =>
    {
        var touched = taken.Change.Changed
            .SelectMany(number => new[] { taken.Before.Pool.Find(number), taken.After.Pool.Find(number) })
            .Where(number => number is { IsAllocated: true, Role: not NumberRole.Direct })
            .Select(number => number!.Account!.Value);

        Assert.Subset(taken.Change.Holdings.Select(holding => holding.Account).ToHashSet(), touched.ToHashSet());
    });

    [Fact]
    public void Every_number_fits_its_state_and_belongs_to_one_account_at_most() => Sample(taken =>
    {
        foreach (var block in taken.After.Pool.Blocks)
            Assert.Empty(block.Of(Ours).Intersect(block.Of(Theirs)));
        Assert.All(taken.After.Pool.All(), at =>
        {
            Shape.Assert(at.Value);
            var owner = at.Value.Account;
            Assert.Equal(owner == Ours, taken.After.Pool[at.Key.Block]!.Of(Ours).Contains(at.Key.Slot));
        });
    });

    [Fact]
    public void The_moves_are_the_whole_way_from_before_to_after() => Sample(taken =>
    {
        var replayed = taken.Before.Pool.All().ToDictionary(
            at => at.Key, at => ((NumberState?)at.Value.State, at.Value.Version));
        foreach (var move in taken.Change.Moves)
        {
            foreach (var (number, version) in move.Numbers.Zip(move.Versions))
            {
                var (state, seen) = replayed.GetValueOrDefault(number);
                Assert.Equal((state, seen + 1), (move.Way.From, version));
                replayed[number] = (move.Way.To, version);
            }
        }

        var after = taken.After.Pool.All();
        Assert.Equal(
            after.OrderBy(at => at.Key).Select(at => (at.Key, ((NumberState?)at.Value.State, at.Value.Version))),
            replayed.OrderBy(at => at.Key).Select(at => (at.Key, at.Value)));
        foreach (var number in taken.Change.Changed)
            AssertLast(taken, number, after[number]);
    });

    [Fact]
    public void Every_move_has_a_name_that_events_tell_it_by() => Sample(taken => Assert.All(
        taken.Change.Moves, move => Assert.NotEqual(EventTypes.Changed, EventTypes.Of(move.Way))));

    [Fact]
    public void An_accepted_command_that_is_repeated_changes_nothing_and_adds_no_move() => Sample(taken =>
    {
        if (LifeTableTests.IsOnce(taken.Command))
            return;

        var repeated = Assert.IsType<PoolDecision.Accepted>(taken.Step.On(taken.After, taken.Command.Order.Now)).Change;
        Assert.Empty(repeated.Moves);
        Assert.Empty(repeated.Blocks);
        Assert.Empty(repeated.Holdings);
        Assert.Equal(taken.Step.Numbers, repeated.Unchanged);
    });

    [Fact]
    public void A_hold_past_its_end_is_none_whether_or_not_that_is_written_down() =>
        Walks.Sample(steps => Walk(steps, _ => { }, before: (site, now, step) =>
        {
            var (stored, seen) = (step.On(site, now), step.On(site.At(now), now));
            Assert.DoesNotContain(site.At(now).Pool.All().Values, number => number.HasLapsed(now));
            Assert.Equal(site.At(now).Pool.All(), site.At(now.AddHours(-1)).At(now).Pool.All());
            if (stored is PoolDecision.Accepted one)
            {
                var other = Assert.IsType<PoolDecision.Accepted>(seen);
                Assert.Equal(
                    site.After(one.Change).At(now).Pool.All(), site.At(now).After(other.Change).At(now).Pool.All());
                return;
            }

            Assert.Equal(
                Assert.IsType<PoolDecision.Refused>(stored).Refusals,
                Assert.IsType<PoolDecision.Refused>(seen).Refusals);
        }), iter: 100, print: Print);

    [Fact]
    public void Walks_go_every_way_that_there_is()
    {
        var ways = new ConcurrentDictionary<(NumberState?, NumberState), bool>();
        Sample(taken =>
        {
            foreach (var way in taken.Change.Moves.Select(move => move.Way))
                ways[(way.From, way.To)] = true;
        }, walks: 150);

        var all = LifeTableTests.Accepted().Select(change => (change.Before?.State, change.After.State)).ToHashSet();
        Assert.Empty(all.Except(ways.Keys));
    }

    /// <summary>The last of its moves says what it is now; and who brought that about, and when.</summary>
    static void AssertLast(Taken taken, E164 number, Number after)
    {
        var before = taken.Before.Pool.Find(number)?.At(taken.Command.Order.Now);
        var last = taken.Change.Moves.Last(move => move.Numbers.Contains(number)).Way;
        // A main number that the same command replaces has gone two steps.
        Assert.Equal(Way.Of(before, after) with { From = last.From }, last);
        if (before is not null && (taken.Command is NumberCommand.Provision) != (before.Generation < after.Generation))
            Assert.Fail($"{number} has come from generation {before.Generation} to {after.Generation}.");
        if (taken.Command is not NumberCommand.Provision && before!.State != after.State)
            Assert.Equal((Second, taken.Command.Order.Now), (after.Operation!.Value, after.Since!.Value));
    }

    static void Sample(Action<Taken> check, int walks = 60) =>
        Walks.Sample(steps => Walk(steps, check), iter: walks, print: Print);

    static void Walk(
        LifeStep[][] steps, Action<Taken> check, Action<SiteState, DateTimeOffset, LifeStep>? before = null)
    {
        var (site, now) = (SiteState.Empty, Noon);
        foreach (var choices in steps)
        {
            // The first that moves a number, so that a walk comes far; where none does, one that does not.
            var step = choices.FirstOrDefault(choice => Moves(choice.On(site, now + choice.After)), choices[0]);
            now += step.After;
            before?.Invoke(site, now, step);
            if (step.On(site, now) is not PoolDecision.Accepted { Change: var change })
                continue;

            var after = site.After(change);
            check(new(step, step.Command(step.Order(now)), site, change, after));
            site = after;
        }
    }

    static bool Moves(PoolDecision decision) => decision is PoolDecision.Accepted { Change.Moves.IsEmpty: false };

    static string Print(LifeStep[][] steps) =>
        string.Join('\n', steps.Select(choices => string.Join(" or ", choices.Select(step => step.ToString()))));

    sealed record Taken(
        LifeStep Step, NumberCommand Command, SiteState Before, SiteChange Change, SiteState After);
}
