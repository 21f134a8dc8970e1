namespace Telephony.LocalRuntime.Durable;

/// <summary>What an instance's loop is told.</summary>
abstract record Arrival
{
    Arrival()
    {
    }

    /// <summary>One of its activities ended.</summary>
    public sealed record Outcome(HistoryEvent Happened) : Arrival;

    /// <summary>An inbox row that this process has written.</summary>
    public sealed record Sent(InboxRow Row) : Arrival;

    /// <summary>The stored rows may differ from what the loop knows.</summary>
    public sealed record Look : Arrival;

    /// <summary>The engine stops.</summary>
    public sealed record Stop : Arrival;

    /// <summary>The orchestrator awaited something foreign, which came back.</summary>
    public sealed record Foreign : Arrival;
}
