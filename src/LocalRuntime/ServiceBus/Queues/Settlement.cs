namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>What a receiver wants to become of a message.</summary>
abstract record Settlement
{
    Settlement() { }

    /// <summary>It is done with, and gone.</summary>
    public sealed record Complete : Settlement;

    /// <summary>It is to be received again.</summary>
    /// <param name="Rewrite">Changes the content, when the receiver notes something on it.</param>
    public sealed record Abandon(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Rewrite = null) : Settlement;

    /// <summary>It is put aside for people to look at.</summary>
    /// <param name="Reason">A word or two.</param>
    /// <param name="Description">A sentence.</param>
    /// <param name="Rewrite">Changes the content, when the receiver notes something on it.</param>
    public sealed record PutAside(
        string? Reason, string? Description, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Rewrite = null)
        : Settlement;
}

/// <summary>Why the bus refuses.</summary>
enum BusFault
{
    NotFound,
    TooLarge,
    Full,
    LockLost,
    NotSupported,
}

/// <summary>The bus refuses; its message is meant for who asked.</summary>
sealed class BusException(BusFault fault, string message) : Exception(message)
{
    public BusFault Fault => fault;

    public static BusException LockLost(string queue) => new(
        BusFault.LockLost,
        $"The lock on the message of '{queue}' is lost: it ended, or the message was settled already.");

    public static BusException NotFound(string address) => new(
        BusFault.NotFound,
        $"The messaging entity '{address}' could not be found. Local ones are named in {BusOptions.Section}.");
}
