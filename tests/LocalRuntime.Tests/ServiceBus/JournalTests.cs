using CsCheck;
using Telephony.LocalRuntime.ServiceBus;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>What a process that died leaves to the next.</summary>
public sealed class JournalTests : IDisposable
{
    readonly BusUnderTest bus = new(new() { MaxDeliveryCount = 2 });

    [Fact]
    public void Messages_dead_letters_ids_and_numbers_are_there_again()
    {
        var gone = bus.Send("gone");
        bus.Queue.TakeAway();
        bus.Send("dead");
        bus.Queue.Settle(BusUnderTest.TokenOf(bus.Queue.Take()), new Settlement.PutAside("Poison", "why"));
        bus.Send("here", timeToLive: TimeSpan.FromHours(1));
        bus.Send("later", at: bus.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        var before = (All(bus.Queue), All(bus.Dead));

        bus.Restart();
        bus.Restart();

        Assert.Equal(before, (All(bus.Queue), All(bus.Dead)));
        Assert.Equal(gone, bus.Send("gone"));
        Assert.Equal(5, bus.Send("next"));
        bus.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(["here", "next", "later"], [bus.Queue.Take()!.Id, bus.Queue.Take()!.Id, bus.Queue.Take()!.Id]);
    }

    [Fact]
    public void A_message_whose_receivers_die_is_counted_and_put_aside_in_the_end()
    {
        bus.Send("kills");
        bus.Queue.Take();
        bus.Restart();
        Assert.Equal(1, bus.Queue.Take()!.DeliveryCount);
        bus.Restart();

        Assert.Null(bus.Queue.Take());
        Assert.Equal("MaxDeliveryCountExceeded", bus.Dead.Take()!.DeadLetter!.Reason);
    }

    [Fact]
    public void A_step_that_was_being_written_is_not_there_and_those_before_it_are()
    {
        bus.Send("a");
        for (int cut = 1, step = 2; cut < step; cut++)
        {
            var before = new FileInfo(bus.Journal).Length;
            bus.Send("b");
            step = (int)(new FileInfo(bus.Journal).Length - before);

            bus.Restart(path => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^cut]));

            Assert.Equal(["a"], bus.Queue.Peek(0, 9).Select(message => message.Id));
        }
    }

    [Fact]
    public void A_start_leaves_out_what_is_over()
    {
        for (var i = 0; i < 200; i++)
        {
            bus.Send($"{i}");
            bus.Queue.TakeAway();
        }

        var length = new FileInfo(bus.Journal).Length;
        bus.Clock.Advance(TimeSpan.FromHours(1));
        bus.Restart();

        Assert.InRange(new FileInfo(bus.Journal).Length, 1, length / 50);
        Assert.Equal(201, bus.Send("next"));
    }

    [Fact]
    public void A_damaged_journal_and_one_in_use_are_refused_by_name()
    {
        bus.Send("a");
        bus.Send("b");
        Assert.Contains(
            "Another process keeps its Service Bus in",
            Assert.Throws<InvalidOperationException>(
                () => BusJournal.Open(Path.GetDirectoryName(bus.Journal)!, bus.Clock)).Message,
            StringComparison.Ordinal);

        var e = Assert.Throws<InvalidOperationException>(() => bus.Restart(path =>
        {
            var bytes = File.ReadAllBytes(path);
            bytes[12] ^= 1;
            File.WriteAllBytes(path, bytes);
        }));
        Assert.Contains("it is damaged at byte 0", e.Message, StringComparison.Ordinal);
        bus.Restart(File.Delete);
    }

    /// <summary>Random work and random deaths beside a list that says what must be there.</summary>
    [Fact]
    public void Nothing_is_lost_doubled_or_out_of_order_whatever_happens() =>
        Gen.Int[0, 99].List[1, 60].Sample(
            steps =>
            {
                using var random = new BusUnderTest(new() { MaxDeliveryCount = 1000 });
                var model = new ModelOfQueue(random);
                foreach (var (step, number) in steps.Select((step, number) => (step, number)))
                    model.Do(step, number);
                model.Check();
            },
            iter: 60);

    public void Dispose() => bus.Dispose();

    static string All(MessageQueue queue) => string.Join('\n', queue.Peek(0, 99).Select(message =>
        message with { Content = default }));
}

/// <summary>A list of ids, and those among them that are in somebody's hands.</summary>
sealed class ModelOfQueue(BusUnderTest bus)
{
    readonly SortedSet<long> waiting = [];
    readonly Dictionary<Guid, long> held = [];
    readonly HashSet<long> dead = [];

    public void Do(int step, int number)
    {
        switch (step)
        {
            case < 40:
                Assert.True(waiting.Add(bus.Send($"{number}")));
                break;
            case < 65:
                Take();
                break;
            case < 90 when held.Keys.Order().FirstOrDefault() is var token && token != default:
                Settle(step, token);
                break;
            case >= 90 and < 95:
                bus.Clock.Advance(TimeSpan.FromMinutes(1));
                ReleaseAll();
                break;
            case >= 95:
                bus.Restart();
                ReleaseAll();
                break;
        }
    }

    public void Check()
    {
        bus.Restart();
        ReleaseAll();
        Assert.Equal(waiting, bus.Queue.Peek(0, 999).Select(message => message.Sequence));
        Assert.Equal(dead.Order(), bus.Dead.Peek(0, 999).Select(message => message.EnqueuedSequence).Order());
    }

    void Take()
    {
        var message = bus.Queue.Take();
        Assert.Equal(waiting.Count == 0 ? null : waiting.Min, message?.Sequence);
        if (message is null)
            return;

        waiting.Remove(message.Sequence);
        held[message.Lock!.Token] = message.Sequence;
    }

    void Settle(int step, Guid token)
    {
        held.Remove(token, out var sequence);
        Settlement settlement = step < 75 ? new Settlement.Complete()
            : step < 83 ? new Settlement.Abandon(step < 79 ? content => content.ToArray() : null)
            : new Settlement.PutAside("r", null);
        bus.Queue.Settle(token, settlement);
        if (settlement is Settlement.Abandon)
            waiting.Add(sequence);
        else if (settlement is Settlement.PutAside)
            dead.Add(sequence);
    }

    void ReleaseAll()
    {
        waiting.UnionWith(held.Values);
        held.Clear();
    }
}
