using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tasks;

/// <summary>What the platform is to do.</summary>
public enum TaskKind
{
    /// <summary>Get the account a number that is easy to remember, or special in another way.</summary>
    SpecialNumber,

    /// <summary>Bring the account's numbers over from another carrier.</summary>
    PortIn,

    /// <summary>Nominate a main number that the account can have.</summary>
    NominateMain,

    /// <summary>A number was to become a main number and is not nominated and reserved.</summary>
    NotNominated,
}

/// <summary>How far it has come. The last two are ends.</summary>
public enum TaskState
{
    Open,
    Done,
    Refused,
}

/// <summary>Who did something, and when.</summary>
/// <param name="User">The user's id; opaque.</param>
/// <param name="At">When.</param>
public sealed record Signature(string User, DateTimeOffset At);

/// <summary>
/// What an operator asked the platform for, or what the app cannot do without it: done by people, elsewhere.
/// </summary>
/// <param name="Id">The operation that opened it.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Account">For whom.</param>
/// <param name="Text">For people.</param>
/// <param name="Numbers">Which numbers it is about; empty when the text says all.</param>
/// <param name="Opened">Who opened it.</param>
public sealed record PlatformTask(
    OperationId Id, TaskKind Kind, Id<Account> Account, string Text, NumberSet Numbers, Signature Opened)
{
    public const int TextMax = 500;

    /// <summary>So many numbers arrive with one port; more are several.</summary>
    public const int NumbersMax = 100;

    public TaskState State { get; init; }

    /// <summary>Why it was refused, or what there is to say about how it was done.</summary>
    public string? Reason { get; init; }

    /// <summary>Who did or refused it; null while it is open.</summary>
    public Signature? Answered { get; init; }
}
