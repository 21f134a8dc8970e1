namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>
/// The section LocalRuntime:ServiceBus. Entities that it names come beside those of the app's own template.
/// </summary>
sealed record BusOptions
{
    public const string Section = "LocalRuntime:ServiceBus";

    /// <summary>Null is on when a function waits for a queue, or the app has a client.</summary>
    public bool? Enabled { get; init; }

    /// <summary>0 takes a free port.</summary>
    public int Port { get; init; } = 5672;

    public string KeyName { get; init; } = "RootManageSharedAccessKey";

    /// <summary>The key that every emulator has; the listener is on loopback only.</summary>
    public string Key { get; init; } = "SAS_KEY_VALUE";

    /// <summary>False keeps messages in memory only, as tests like it.</summary>
    public bool Journal { get; init; } = true;

    /// <summary>How long a stop waits for functions that run.</summary>
    public TimeSpan StopMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lock is renewed while a function runs, as host.json's maxAutoLockRenewalDuration.</summary>
    public TimeSpan RenewMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>By name.</summary>
    public Dictionary<string, QueueSettings> Queues { get; init; } =
        new(StringComparer.OrdinalIgnoreCase) { ["telephony-activations"] = new() };

    /// <summary>By name.</summary>
    public Dictionary<string, TopicSettings> Topics { get; init; } =
        new(StringComparer.OrdinalIgnoreCase) { ["telephony-events"] = new() };

    public string ConnectionString(int port) =>
        $"Endpoint=sb://127.0.0.1:{port};SharedAccessKeyName={KeyName};SharedAccessKey={Key};"
        + "UseDevelopmentEmulator=true;";
}

/// <summary>A topic gives each of its subscriptions a copy.</summary>
sealed record TopicSettings
{
    /// <summary>
    /// By name. Each is a queue of its own. Mostly nobody reads the one that is there, so it forgets soon: once full,
    /// it would hold up all that is announced.
    /// </summary>
    public Dictionary<string, QueueSettings> Subscriptions { get; init; } =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["sample"] = new() { TimeToLive = TimeSpan.FromHours(1), DeadLettersExpired = false },
        };
}

/// <summary>What a queue is like; unset, as the app's own queue in Azure.</summary>
sealed record QueueSettings
{
    public TimeSpan LockDuration { get; init; } = TimeSpan.FromMinutes(1);

    public int MaxDeliveryCount { get; init; } = 10;

    /// <summary>How long a message id is remembered; zero is not at all.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest life of a message; its own may be shorter.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Whether a message that expires is dead-lettered; else it is gone.</summary>
    public bool DeadLettersExpired { get; init; } = true;

    /// <summary>As in the Standard tier.</summary>
    public int MessageBytesMax { get; init; } = 256 * 1024;

    /// <summary>In Azure the limit is on bytes; here it only keeps a runaway sender from filling the memory.</summary>
    public int LengthMax { get; init; } = 100_000;
}
