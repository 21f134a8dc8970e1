using Microsoft.Extensions.Time.Testing;
using Telephony.LocalRuntime.ServiceBus;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.ServiceBus;

/// <summary>One queue, by a clock that is moved.</summary>
sealed class BusUnderTest : IDisposable
{
    public const string Name = "q";

    readonly TemporaryDirectory data = new();
    readonly QueueSettings settings;
    LocalBus bus;

    public BusUnderTest(QueueSettings? settings = null)
    {
        this.settings = settings ?? new();
        bus = Open();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public MessageQueue Queue => bus.Source(Name);

    public MessageQueue Dead => Queue.DeadLetters!;

    public string Journal => Path.Combine(data.Path, "journal");

    /// <summary>As if the process had died; the file is changed before the next one opens it.</summary>
    public void Restart(Action<string>? change = null)
    {
        bus.Dispose();
        change?.Invoke(Journal);
        bus = Open();
    }

    public long Send(string id, TimeSpan? timeToLive = null, DateTimeOffset? at = null, int bytes = 3) =>
        Assert.Single(Queue.Send([new NewMessage(id, new byte[bytes], timeToLive, at)]));

    public static Guid TokenOf(QueuedMessage? message) => message!.Lock!.Token;

    public void Dispose()
    {
        bus.Dispose();
        data.Dispose();
    }

    LocalBus Open() => new(
        new BusOptions { Queues = new() { [Name] = settings }, Topics = [] }, data.Path, Clock);
}
