namespace Telephony.LocalRuntime;

/// <summary>Where an Azurite of our own listens and keeps its data.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The port of the table service on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The directory of the database, made when absent; null keeps everything in memory.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>How long a predecessor that is still saving is waited for, before the start fails.</summary>
    public TimeSpan PredecessorWaitMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the whole start may take.</summary>
    public TimeSpan StartWaitMax { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Called when the port or the directory is in use, before it is tried again.</summary>
    internal Action PredecessorMet { get; init; } = () => { };
}
