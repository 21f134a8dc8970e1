namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>How the messages of a queue change, by a caller or by time.</summary>
sealed partial class MessageQueue
{
    /// <summary>A timer cannot be set much longer.</summary>
    static readonly TimeSpan WaitMax = TimeSpan.FromDays(1);

    /// <summary>What a journal remembers of the queue, before anybody uses it.</summary>
    public void Restore(QueueState state) => Change(now =>
    {
        last = state.Last;
        foreach (var (id, sequence, until) in state.Seen)
            seen.Add(id, sequence, until);
        foreach (var message in state.Messages.Values)
            if (IsWornOut(message))
                PutAside(message);
            else
                Place(message);
        return true;
    });

    /// <summary>One at a time, with everything done first that is due by now.</summary>
    T Change<T>(Func<DateTimeOffset, T> change)
    {
        bool isNews;
        try
        {
            lock (gate)
            {
                var now = time.GetUtcNow();
                CatchUp(now);
                try
                {
                    return change(now);
                }
                finally
                {
                    Await(now);
                }
            }
        }
        finally
        {
            lock (gate)
                (isNews, hasNews) = (hasNews, false);
            if (isNews)
                Ready?.Invoke();
        }
    }

    void CatchUp(DateTimeOffset now)
    {
        while (deadlines.Count > 0 && deadlines.Min is var (at, sequence) && at <= now)
        {
            var message = messages[sequence];
            if (message.Lock is not null)
                Release(message);
            else if (message.ScheduledFor is not null)
                ComeDue(message, now);
            else
                Expire(message);
        }
    }

    /// <summary>Has the timer look again when the next thing is due.</summary>
    void Await(DateTimeOffset now)
    {
        DateTimeOffset? next = deadlines.Count > 0 ? deadlines.Min.At : null;
        if (next == awaited)
            return;

        awaited = next;
        var wait = next - now ?? Timeout.InfiniteTimeSpan;
        timer.Change(wait < WaitMax ? wait : WaitMax, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A timer may come a moment early; then it is set again.</summary>
    void Wake()
    {
        lock (gate)
            awaited = null;
        Change(_ => true);
    }

    /// <summary>
    /// As Service Bus does: it is appended as if it were sent now, and has another number from then on.
    /// </summary>
    void ComeDue(QueuedMessage message, DateTimeOffset now)
    {
        var due = message with { Sequence = ++last, ScheduledFor = null, EnqueuedAt = now };
        journal?.Append([new JournalEntry.Put(Name, due), new JournalEntry.Removed(Name, message.Sequence)]);
        Forget(message);
        Place(due);
    }

    void Expire(QueuedMessage message)
    {
        if (Settings.DeadLettersExpired)
            PutAside(message, "TTLExpiredException", "The message expired and was dead lettered.");
        else
            Remove(message);
    }

    /// <summary>Its lock is over: it can be received again, unless that was tried often enough.</summary>
    void Release(QueuedMessage message, bool isRewritten = false)
    {
        var released = message with { Lock = null, DeliveryCount = message.DeliveryCount + 1 };
        if (IsWornOut(released))
        {
            PutAside(released);
            return;
        }

        // That it was taken is in the journal; a message without a lock is what a journal has.
        if (isRewritten)
            journal?.Append([new JournalEntry.Put(Name, released)]);
        Place(released);
    }

    bool IsWornOut(QueuedMessage message) =>
        DeadLetters is not null && message.DeliveryCount >= Settings.MaxDeliveryCount;

    void PutAside(QueuedMessage message) => PutAside(
        message,
        "MaxDeliveryCountExceeded",
        $"Message could not be consumed after {Settings.MaxDeliveryCount} delivery attempts.");

    void PutAside(QueuedMessage message, string? reason, string? description)
    {
        DeadLetters!.Adopt(message with { Lock = null, DeadLetter = new(Name, reason, description) });
        Forget(message);
    }

    /// <summary>In one step of the journal with its going from where it was: it is never in both, or in none.</summary>
    void Adopt(QueuedMessage message) => Change(_ =>
    {
        var adopted = message with { Sequence = ++last };
        journal?.Append(
        [
            new JournalEntry.Put(Name, adopted),
            new JournalEntry.Removed(message.DeadLetter!.Source, message.Sequence),
        ]);
        return Place(adopted);
    });

    void Remove(QueuedMessage message)
    {
        journal?.Append([new JournalEntry.Removed(Name, message.Sequence)]);
        Forget(message);
    }

    QueuedMessage Place(QueuedMessage message)
    {
        Forget(message);
        messages[message.Sequence] = message;
        if (message.IsReady)
            hasNews |= ready.Add(message.Sequence);
        if (message.Lock is not null)
            locks[message.Lock.Token] = message.Sequence;
        if (message.Deadline < DateTimeOffset.MaxValue)
            deadlines.Add((message.Deadline, message.Sequence));
        return message;
    }

    void Forget(QueuedMessage message)
    {
        if (!messages.Remove(message.Sequence, out var old))
            return;

        ready.Remove(old.Sequence);
        deadlines.Remove((old.Deadline, old.Sequence));
        if (old.Lock is not null)
            locks.Remove(old.Lock.Token);
    }

    QueuedMessage Locked(Guid token) =>
        locks.TryGetValue(token, out var sequence) ? messages[sequence] : throw BusException.LockLost(Name);

    static QueuedMessage Rewritten(
        QueuedMessage message, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? rewrite) =>
        rewrite is null ? message : message with { Content = rewrite(message.Content) };
}
