using System.Collections.Immutable;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Linear;

/// <summary>What is asked of a site.</summary>
enum Verb
{
    Allocate,
    AllocateCount,
    Hold,
    Release,
    Restore,
    Read,
}

/// <param name="Verb">What is wanted.</param>
/// <param name="Account">For whom.</param>
/// <param name="Numbers">Of which numbers, by their places; how many where they are not named.</param>
sealed record Wish(Verb Verb, string Account, ImmutableArray<int> Numbers)
{
    public override string ToString() => $"{Verb} {string.Join(',', Numbers)} for {Account}";
}

/// <summary>What was answered: what changed, or why it was refused, or what was read.</summary>
/// <param name="Changed">The places of numbers that changed.</param>
/// <param name="Refused">Each place with the reason; place -1 for a reason that is of no number.</param>
/// <param name="Seen">The state that was read.</param>
sealed record Answer(ImmutableArray<int> Changed, ImmutableArray<(int Place, string Reason)> Refused, string? Seen)
{
    public static Answer Of(SiteOutcome outcome, Func<E164, int> place) => outcome switch
    {
        SiteOutcome.Done done => new([.. done.Operation.Changed.Select(place)], [], null),
        SiteOutcome.Refused refused => new([], [.. refused.Refusals.Select(refusal => refusal is Refusal.OfNumber one
            ? (place(one.Number), one.Reason.ToString())
            : (-1, refusal.GetType().Name)).Order()], null),
        _ => throw new InvalidOperationException($"{outcome} was not to be."),
    };

    public override string ToString() => Seen ?? (Refused.IsEmpty
        ? $"changed {string.Join(',', Changed)}" : $"refused {string.Join(", ", Refused)}");
}

/// <param name="Caller">Who asked.</param>
/// <param name="Wish">What was asked.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Start">When it was asked, counted in asks and answers.</param>
/// <param name="End">When it was answered.</param>
sealed record Call(int Caller, Wish Wish, Answer Answer, int Start, int End)
{
    public override string ToString() => $"{Start,3}–{End,3} caller {Caller}: {Wish} → {Answer}";
}
