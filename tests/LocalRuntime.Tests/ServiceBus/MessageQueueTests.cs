using Telephony.LocalRuntime.ServiceBus;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>What Service Bus promises of a queue.</summary>
public sealed class MessageQueueTests : IDisposable
{
    static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly BusUnderTest bus = new(new() { MaxDeliveryCount = 3, LengthMax = 4, MessageBytesMax = 10 });

    [Fact]
    public void A_locked_message_is_not_received_again_until_its_lock_ends_and_counts_then()
    {
        bus.Send("a");
        var first = bus.Queue.Take()!;
        Assert.Null(bus.Queue.Take());

        bus.Clock.Advance(Minute);
        var second = bus.Queue.Take()!;

        Assert.Equal((0, 1), (first.DeliveryCount, second.DeliveryCount));
        Assert.Equal(BusFault.LockLost, Fault(() => Complete(first)));
        Complete(second);
        Assert.Equal(BusFault.LockLost, Fault(() => Complete(second)));
        Assert.Equal(0, bus.Queue.Count);
    }

    [Fact]
    public void A_lock_that_is_renewed_holds_from_then_on()
    {
        bus.Send("a");
        var token = BusUnderTest.TokenOf(bus.Queue.Take());
        bus.Clock.Advance(Minute / 2);

        Assert.Equal(bus.Clock.GetUtcNow() + Minute, bus.Queue.Renew(token));
        bus.Clock.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Null(bus.Queue.Take());
        bus.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(BusFault.LockLost, Fault(() => bus.Queue.Renew(token)));
    }

    [Fact]
    public void A_message_that_is_abandoned_too_often_is_a_dead_letter_and_none_can_be_twice()
    {
        bus.Send("a");
        for (var count = 0; count < 3; count++)
            bus.Queue.Settle(BusUnderTest.TokenOf(bus.Queue.Take()), new Settlement.Abandon());

        Assert.Null(bus.Queue.Take());
        var dead = bus.Dead.Take();
        Assert.Equal(3, dead!.DeliveryCount);
        Assert.Equal(("q", "MaxDeliveryCountExceeded"), (dead.DeadLetter!.Source, dead.DeadLetter.Reason));
        var refused = Fault(() => bus.Dead.Settle(BusUnderTest.TokenOf(dead), new Settlement.PutAside("r", null)));
        Assert.Equal(BusFault.NotSupported, refused);
    }

    [Fact]
    public void Abandoning_and_putting_aside_may_change_the_content()
    {
        bus.Send("a");
        bus.Queue.Settle(BusUnderTest.TokenOf(bus.Queue.Take()), new Settlement.Abandon(_ => new byte[] { 7 }));
        var again = bus.Queue.Take();
        bus.Queue.Settle(
            BusUnderTest.TokenOf(again),
            new Settlement.PutAside("Poison", "why", old => new byte[] { old.Span[0], 8 }));

        Assert.Equal([7, 8], bus.Dead.Take()!.Content.ToArray());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(14 * 24 * 60, null)]
    public void A_message_that_nobody_receives_in_time_is_a_dead_letter(int minutes, int? own)
    {
        bus.Send("a", own is null ? null : TimeSpan.FromMinutes(own.Value));
        bus.Clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromTicks(1));
        Assert.Equal((1, 0), (bus.Queue.Count, bus.Dead.Count));
        bus.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal((0, 1), (bus.Queue.Count, bus.Dead.Count));
        bus.Clock.Advance(TimeSpan.FromDays(100));
        Assert.Equal("TTLExpiredException", bus.Dead.Take()!.DeadLetter!.Reason);
    }

    [Fact]
    public void A_message_does_not_expire_while_it_is_locked()
    {
        bus.Send("a", timeToLive: Minute / 2);
        var token = BusUnderTest.TokenOf(bus.Queue.Take());
        bus.Clock.Advance(Minute * 0.75);

        bus.Queue.Settle(token, new Settlement.Complete());
        Assert.Equal((0, 0), (bus.Queue.Count, bus.Dead.Count));
    }

    [Fact]
    public void A_scheduled_message_comes_when_it_is_due_under_a_number_of_its_own()
    {
        var heard = 0;
        bus.Queue.Ready += () => heard++;
        var number = bus.Send("a", timeToLive: Minute / 2, at: bus.Clock.GetUtcNow() + Minute);
        bus.Send("b");
        Assert.Equal("b", bus.Queue.Take()!.Id);
        Assert.Null(bus.Queue.Take());

        bus.Clock.Advance(Minute - TimeSpan.FromTicks(1));
        Assert.Equal(1, heard);
        bus.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(2, heard);
        Assert.NotNull(bus.Queue.Take());
        var due = bus.Queue.Take()!;
        Assert.Equal(number, due.EnqueuedSequence);
        Assert.True(due.Sequence > number);
        Assert.False(bus.Queue.Cancel(number));
    }

    [Fact]
    public void A_scheduled_message_can_be_cancelled()
    {
        var number = bus.Send("a", at: bus.Clock.GetUtcNow() + Minute);
        Assert.True(bus.Queue.Cancel(number));
        bus.Clock.Advance(Minute);

        Assert.Null(bus.Queue.Take());
    }

    [Fact]
    public void An_id_is_taken_once_within_the_window_even_when_the_message_is_gone()
    {
        var number = bus.Send("a");
        Assert.NotNull(bus.Queue.TakeAway());
        Assert.Equal(number, bus.Send("a"));
        Assert.Null(bus.Queue.Take());

        bus.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotEqual(number, bus.Send("a"));
        Assert.NotNull(bus.Queue.Take());
    }

    [Fact]
    public void Too_large_and_too_many_are_refused_all_at_once()
    {
        Assert.Equal(BusFault.TooLarge, Fault(() => bus.Send("large", bytes: 11)));
        NewMessage[] many = [.. "abcde".Select(letter => new NewMessage($"{letter}", new byte[1]))];
        Assert.Equal(BusFault.Full, Fault(() => bus.Queue.Send(many)));

        Assert.Equal(0, bus.Queue.Count);
        Assert.Equal(4, bus.Queue.Send(many[..4]).Distinct().Count());
    }

    [Fact]
    public void Peeking_shows_locked_and_scheduled_messages_from_a_number_on()
    {
        bus.Send("a");
        var second = bus.Send("b", at: bus.Clock.GetUtcNow() + Minute);
        bus.Queue.Take();

        Assert.Equal(["a", "b"], bus.Queue.Peek(0, 10).Select(message => message.Id));
        Assert.Equal(["b"], bus.Queue.Peek(second, 10).Select(message => message.Id));
        Assert.Equal(["a"], bus.Queue.Peek(0, 1).Select(message => message.Id));
    }

    public void Dispose() => bus.Dispose();

    void Complete(QueuedMessage message) =>
        bus.Queue.Settle(BusUnderTest.TokenOf(message), new Settlement.Complete());

    static BusFault Fault(Action action) => Assert.Throws<BusException>(action).Fault;
}
