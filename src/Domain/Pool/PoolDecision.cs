using System.Collections.Immutable;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Services;
using Telephony.Domain.Tasks;

namespace Telephony.Domain.Pool;

/// <summary>What a request came to: a change, or the facts in its way.</summary>
public abstract record PoolDecision
{
    PoolDecision() { }

    public sealed record Accepted(SiteChange Change) : PoolDecision;

    /// <summary>Nothing changes. There is one refusal for each number that is in the way.</summary>
    public sealed record Refused(ImmutableArray<Refusal> Refusals) : PoolDecision
    {
        public Refused(Refusal refusal)
            : this([refusal])
        {
        }
    }

    /// <summary>Not on what was read: whoever asked reads it anew, or goes another way.</summary>
    public sealed record Undecided : PoolDecision;
}

/// <summary>What one transaction writes.</summary>
/// <param name="Blocks">The touched blocks as they are afterwards.</param>
/// <param name="Holdings">
/// What accounts have afterwards, where that changed; also those whose main numbers changed in any way, so that their
/// rows guard what was decided about all of them.
/// </param>
/// <param name="Changed">The numbers that changed.</param>
/// <param name="Unchanged">Numbers that were asked for and already were as asked.</param>
public sealed record SiteChange(
    ImmutableArray<Block> Blocks, ImmutableArray<Holding> Holdings, NumberSet Changed, NumberSet Unchanged)
{
    /// <summary>Nothing of the pool.</summary>
    public static readonly SiteChange None = new([], [], NumberSet.Empty, NumberSet.Empty);

    /// <summary>What happened to the numbers, for history and events.</summary>
    public ImmutableArray<Move> Moves { get; init; } = [];

    /// <summary>Why it was these numbers, where they were chosen; empty where they were named.</summary>
    public ImmutableArray<Piece> Choice { get; init; } = [];

    /// <summary>What was asked for and could not be done, though the rest was; null when all was done.</summary>
    public Refusal? Missing { get; init; }

    /// <summary>
    /// The lines that were left out, in their order, each with the lowest number in the way; empty when all went in.
    /// </summary>
    public ImmutableArray<Refusal.OfNumber> LeftOut { get; init; } = [];

    /// <summary>Whether something that was asked for is left out, for reasons that its caller keeps.</summary>
    public bool LeavesOut { get; init; }

    /// <summary>
    /// Whether it rests on what the whole pool has, not only on the numbers in the touched blocks: how many are left
    /// where some are kept for the operator, and that none is nominated where one is nominated by itself.
    /// </summary>
    public bool CountsPool { get; init; }

    /// <summary>Numbers that are gone from the site; other sites may have them once that is known.</summary>
    public NumberLives Retired { get; init; } = NumberLives.None;

    /// <summary>What of the site's hours and holidays is set otherwise, for an event; empty for nothing.</summary>
    public ImmutableArray<string> Schedule { get; init; } = [];

    /// <summary>Rows that are written beside those of accounts and blocks.</summary>
    public int OtherRows { get; init; }

    /// <summary>
    /// The account that lacks a main number from now on, so that the platform has to be asked to nominate one: a row
    /// beside. Null when nobody's lack is new.
    /// </summary>
    public Id<Account>? AsksForMain { get; init; }

    /// <summary>
    /// The number that was reserved to be an account's main number and waits to be activated, which is an operation of
    /// its own: two rows beside. Null when none was.
    /// </summary>
    public E164? AwaitsActivation { get; init; }

    /// <summary>
    /// Direct numbers that a service took and that the platform has to put in service, which is an operation of its
    /// own: two rows beside. Empty when there are none.
    /// </summary>
    public NumberSet ToActivate { get; init; } = NumberSet.Empty;

    /// <summary>
    /// Words of the platform that were kept for long enough: a task for each, in a row beside.
    /// </summary>
    public ImmutableArray<ForgottenWord> Forgotten { get; init; } = [];

    /// <summary>Whether there is more to do than fits one transaction, so that another one has to follow.</summary>
    public bool IsPart { get; init; }
}

/// <summary>A number that was to be a main number, and was never nominated and reserved in time.</summary>
public sealed record ForgottenWord(E164 Number, EarlyActivation Word);

/// <summary>A fact that is in the way.</summary>
public abstract record Refusal
{
    Refusal() { }

    /// <param name="Number">Which number is in the way.</param>
    /// <param name="Reason">Why it is.</param>
    /// <param name="Line">Which line of the request, from 0, where lines are decided one by one.</param>
    public sealed record OfNumber(E164 Number, NumberRefusal Reason, int? Line = null) : Refusal
    {
        /// <summary>The state that it is in; null when the site has no such number.</summary>
        public NumberState? From { get; init; }

        /// <summary>The state that was asked for; null when it was the one before, or another role.</summary>
        public NumberState? To { get; init; }
    }

    /// <param name="Number">Which number is in the way; null where none is.</param>
    /// <param name="Reason">Why it is.</param>
    /// <param name="What">The id of what is in its way; null where it is the number itself.</param>
    public sealed record OfLine(E164? Number, LineRefusal Reason, string? What = null) : Refusal;

    /// <summary>A handset cannot be put where it was to go.</summary>
    public sealed record OfPlace(PlaceRefusal Reason) : Refusal;

    /// <summary>
    /// The pool has fewer numbers that may be chosen than are wanted, not counting those kept for the operator.
    /// </summary>
    public sealed record PoolExhausted(int Wanted, int Choosable, int Kept = 0) : Refusal;

    /// <summary>The site wants consecutive numbers, and no run that the account may have is so long.</summary>
    public sealed record NoRun(int Wanted, int Longest) : Refusal;

    /// <summary>The account would have more direct numbers than the site lets it.</summary>
    public sealed record AccountFull(int Max, int Has, int Wanted) : Refusal;

    /// <summary>So few would be left that the operator would not have those that are kept for it.</summary>
    public sealed record KeptForOperator(int Kept, int Takeable, int Wanted) : Refusal;

    /// <summary>The account's services need numbers, and the site leaves it to people to allocate them.</summary>
    public sealed record AutoAllocateOff(int Direct, bool Main) : Refusal;

    /// <summary>The account's first service needs a main number, and none is nominated that it could have.</summary>
    public sealed record NoNominatedMain : Refusal;

    /// <summary>The account has no voice service at the site, and a main number needs one.</summary>
    public sealed record NoServiceForMain(Id<Account> Account) : Refusal;

    /// <summary>The account has no main number in service.</summary>
    public sealed record NoMain(Id<Account> Account) : Refusal;

    /// <summary>The account's main number is another than the caller saw.</summary>
    public sealed record MainChanged(E164? Number) : Refusal;

    /// <summary>The number is not as the caller saw it.</summary>
    public sealed record NumberChanged(E164 Number, NumberState State) : Refusal;

    /// <summary>Two facts, each in the way of something else.</summary>
    public sealed record Both(Refusal One, Refusal Other) : Refusal;

    /// <summary>The numbers are no longer those that the caller was shown.</summary>
    public sealed record ChoiceDiffers : Refusal;

    /// <summary>One transaction cannot hold the change.</summary>
    public sealed record TooManyBlocks(long Touched) : Refusal;

    /// <summary>The platform does not manage the site's telephony, so nothing there may change.</summary>
    public sealed record SiteNotManaged : Refusal;

    /// <summary>The site has no service with this code.</summary>
    public sealed record UnknownService(string Code, ImmutableArray<string> Known) : Refusal;

    /// <summary>The account has as many services at the site as its row can hold.</summary>
    public sealed record TooManyServices : Refusal;

    /// <summary>A hold cannot end before it begins.</summary>
    public sealed record HoldEndsInThePast(DateTimeOffset Until) : Refusal;

    /// <summary>The site does not let numbers be held for so long.</summary>
    public sealed record HoldTooLong(DateTimeOffset Until, int DaysMax) : Refusal;

    /// <summary>Nothing is held any more: the hold's end has passed, or its numbers were allocated.</summary>
    public sealed record HoldOver : Refusal;

    /// <summary>More numbers are in service than the account's other services allow.</summary>
    public sealed record NumbersInService(int Allowed, ImmutableArray<E164> Numbers) : Refusal
    {
        public bool Equals(NumbersInService? other) =>
            other is not null && Allowed == other.Allowed && Numbers.SequenceEqual(other.Numbers);

        public override int GetHashCode() => HashCode.Combine(Allowed, Numbers.Length);
    }

    /// <summary>The voice service is not as the caller saw it.</summary>
    public sealed record ServiceChanged(Id<VoiceService> Service, int? Version) : Refusal;

    /// <summary>The task has been answered otherwise.</summary>
    public sealed record TaskAnswered(TaskState From, TaskState To) : Refusal;
}
