using System.Collections.Immutable;
using Azure;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;

namespace Telephony.Functions.Operations;

/// <summary>How far an operation has come: Accepted, Running or Waiting; all others are ends.</summary>
/// <remarks>Histories of orchestrations have the numbers: a member keeps its own, a new one takes the next.</remarks>
public enum OperationState
{
    /// <summary>Written down, and not begun.</summary>
    Accepted = 0,
    Running = 1,

    /// <summary>It waits for somebody else, who has to do something first.</summary>
    Waiting = 6,
    Succeeded = 2,

    /// <summary>Some of it was done and stays done; the reason says what was not.</summary>
    Partial = 3,

    /// <summary>Nothing was changed, for the reason given.</summary>
    Refused = 4,

    /// <summary>It could not be carried out: a fault, not a rule.</summary>
    Failed = 5,

    /// <summary>Somebody called it off, and what it had begun was undone.</summary>
    Cancelled = 7,
}

/// <summary>Who asked, and for whom.</summary>
/// <param name="User">The user's id; opaque.</param>
/// <param name="Role">In which role; null for what nobody asked for.</param>
/// <param name="OnBehalfOf">The operator that the platform acted for.</param>
public sealed record Actor(string User, Role? Role, Id<Operator>? OnBehalfOf)
{
    /// <summary>The app itself: its timers.</summary>
    public static readonly Actor System = new("system", null, null);
}

/// <summary>Why an operation ended as it did: a stable code, and a sentence that says what to do.</summary>
/// <param name="Code">For programs; it never changes.</param>
/// <param name="Text">For people.</param>
public sealed record OperationReason(string Code, string Text);

/// <summary>A voice service as it was asked for.</summary>
/// <param name="Id">Which of the account's services.</param>
/// <param name="Code">What the site calls this kind of service.</param>
/// <param name="Quantity">Units.</param>
/// <param name="ExpectedVersion">The version that the caller saw; null when it expected none.</param>
public sealed record ServiceRequest(Id<VoiceService> Id, string Code, int Quantity, int? ExpectedVersion);

/// <summary>What an operation waits for.</summary>
/// <param name="For">For people: who has to do what.</param>
/// <param name="RemindsAt">When they are reminded of it.</param>
/// <param name="Until">When it is given up.</param>
public sealed record OperationWait(string For, DateTimeOffset RemindsAt, DateTimeOffset Until);

/// <summary>What an import of spaces, switches, ports and handsets came to.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="Created">How many were new.</param>
/// <param name="Changed">How many were there, and are otherwise now.</param>
/// <param name="Unchanged">How many were so already.</param>
public sealed record PlacesImported(int Count, int Created, int Changed, int Unchanged)
{
    /// <summary>How many could not go in.</summary>
    public int Refused => Count - Created - Changed - Unchanged;

    /// <summary>Whether none could go in.</summary>
    public bool RefusedAll => Refused == Count;
}

/// <summary>A step that was carried out.</summary>
/// <param name="Name">Which step.</param>
/// <param name="At">When it was done.</param>
public sealed record OperationStep(string Name, DateTimeOffset At);

/// <summary>
/// One request for a change at a site, and what came of it. Its row is the record; Durable only drives it.
/// </summary>
public sealed record Operation
{
    /// <summary>The step that sees how a wait ended, and undoes what was begun where it ended badly.</summary>
    public const string SettleStep = "settle";

    /// <summary>How the steps begin that take back what one before them did.</summary>
    public const string UndoSteps = "undo-";

    public required OperationId Id { get; init; }

    public required OperationKind Kind { get; init; }

    public required Actor Actor { get; init; }

    /// <summary>Hash of what was asked for: the same key for another wish is no repeat.</summary>
    public required string Arguments { get; init; }

    public required DateTimeOffset At { get; init; }

    public OperationState State { get; init; }

    public Id<Account>? Account { get; init; }

    /// <summary>What sort of account it is for; null with no account.</summary>
    public AccountKind? AccountKind { get; init; }

    /// <summary>What was asked of a voice service; null for other kinds.</summary>
    public ServiceRequest? Service { get; init; }

    /// <summary>The number that is to be a main number; null for other kinds.</summary>
    public E164? Number { get; init; }

    /// <summary>The numbers that are to be put in service, out of it, or set; empty for other kinds.</summary>
    public NumberSet Numbers { get; init; } = NumberSet.Empty;

    /// <summary>How they are to be set, as it was sent; null for other operations.</summary>
    public string? Settings { get; init; }

    /// <summary>
    /// The main number as its caller saw it, by its ETag: the change happens only while that is so. Empty for none,
    /// null when it does not matter.
    /// </summary>
    public string? SeenMain { get; init; }

    /// <summary>What numbers are to be assigned to; empty for other kinds.</summary>
    public ImmutableArray<LineWish> Wishes { get; init; } = [];

    /// <summary>
    /// The one number that it is about, or that number's assignment, as its caller saw it, by its ETag: the change
    /// happens only while that is so. Empty for none, null when it does not matter.
    /// </summary>
    public string? Seen { get; init; }

    /// <summary>What its import of places came to; null for other kinds.</summary>
    public PlacesImported? Places { get; init; }

    /// <summary>What it waits for; null when it does not wait.</summary>
    public OperationWait? Wait { get; init; }

    /// <summary>The operation that it called for, which goes its own way; null for none.</summary>
    public OperationId? Linked { get; init; }

    /// <summary>The operation that it called for to have its numbers put in service; null for none.</summary>
    public OperationId? LinkedNumbers { get; init; }

    /// <summary>The operation that waited for its word, and for no other; null for none.</summary>
    public OperationId? Answers { get; init; }

    /// <summary>The operation that it does again; null when it does none.</summary>
    public OperationId? RetryOf { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Numbers that it changed.</summary>
    public NumberSet Changed { get; init; } = NumberSet.Empty;

    /// <summary>Numbers that it named and that already were as asked.</summary>
    public NumberSet Unchanged { get; init; } = NumberSet.Empty;

    /// <summary>Why it was these numbers, where the site's rules chose them.</summary>
    public ImmutableArray<Piece> Choice { get; init; } = [];

    /// <summary>
    /// Where its numbers came from and where they went, when that differs from one to the other; else empty.
    /// </summary>
    public ImmutableArray<Move> Moves { get; init; } = [];

    /// <summary>The version of the site's rules that decided; null before anything was decided.</summary>
    public int? RulesVersion { get; init; }

    /// <summary>What the caller gave as the reason of its request; null when it gave none.</summary>
    public string? Note { get; init; }

    /// <summary>The choice that the caller was shown and wants, or nothing; null when it takes any.</summary>
    public string? Preview { get; init; }

    public OperationReason? Reason { get; init; }

    /// <summary>What was wrong with the rows of its file, or its numbers, that were left out.</summary>
    internal RowErrors Errors { get; init; } = RowErrors.None;

    public ImmutableArray<OperationStep> Steps { get; init; } = [];

    /// <summary>The version of its row; default before the row exists.</summary>
    public ETag ETag { get; init; }

    public bool HasEnded => State is not (OperationState.Accepted or OperationState.Running or OperationState.Waiting);

    public bool Did(string step) => Steps.Any(done => done.Name == step);

    public Operation After(string step, DateTimeOffset at) => this with { Steps = Steps.Add(new(step, at)) };

    /// <summary>
    /// As it ends. What steps have done stays done: one that fails or is called off after a step ended in part, unless
    /// a last step settled it. So did one that was refused when it had changed numbers, unless that was undone, and one
    /// that succeeded but for what a step gave a reason for; an import of which nothing went in was refused.
    /// </summary>
    public Operation Ended(OperationState state, DateTimeOffset at, OperationReason? reason = null) => this with
    {
        State = Places is { RefusedAll: true } ? OperationState.Refused
            : EndsInPart(state) ? OperationState.Partial : state,
        Wait = null,
        EndedAt = at,
        Reason = reason ?? Reason,
    };

    bool EndsInPart(OperationState state) => state switch
    {
        OperationState.Failed or OperationState.Cancelled => Steps.Length > 0 && !Did(SettleStep),
        OperationState.Refused => Changed.Count > 0 && !Did(SettleStep)
            && !Steps.Any(done => done.Name.StartsWith(UndoSteps, StringComparison.Ordinal)),
        OperationState.Succeeded => Reason is not null,
        _ => false,
    };

    /// <summary>Who wants what it does to numbers.</summary>
    public Order Order(DateTimeOffset now) => new(Id, Parties.Of(Actor.Role), now);

    /// <summary>Who gets the numbers.</summary>
    public Recipient Recipient() => new(
        Account ?? throw new InvalidOperationException($"{Id} is for no account."),
        AccountKind ?? Domain.Directory.AccountKind.Occupier);
}
