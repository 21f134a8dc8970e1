using System.Collections.Immutable;

namespace Telephony.Storage.Tests.Linear;

/// <summary>
/// A site as one person would keep it on paper, one request after the other; written without the decider. A number is
/// free, or held, reserved, used (reserved and was in service) or resting, each with an account.
/// </summary>
sealed record SiteModel(ImmutableArray<string> Numbers)
{
    public const string Free = "free";

    public string Key => string.Join(' ', Numbers);

    /// <summary>The site after the call, or null when it cannot have been answered so at this moment.</summary>
    public SiteModel? After(Wish wish, Answer answer) => wish.Verb switch
    {
        Verb.Read => Numbers[wish.Numbers[0]] == answer.Seen ? this : null,
        Verb.AllocateCount => Counted(wish, answer),
        _ => Named(wish, answer),
    };

    SiteModel? Counted(Wish wish, Answer answer)
    {
        var (wanted, free) = (wish.Numbers[0], Numbers.Count(state => state == Free));
        if (!answer.Refused.IsEmpty)
            return free < wanted && answer.Refused.SequenceEqual([(-1, "PoolExhausted")]) ? this : null;
        return answer.Changed.Length == wanted && answer.Changed.All(place => Numbers[place] == Free)
            ? With(answer.Changed, $"reserved {wish.Account}")
            : null;
    }

    SiteModel? Named(Wish wish, Answer answer)
    {
        var steps = wish.Numbers.Distinct().Order()
            .Select(place => (Place: place, Outcome: Of(wish.Verb, Numbers[place], wish.Account))).ToList();
        var refused = steps.Where(step => step.Outcome.StartsWith('!')).Select(step => (step.Place, step.Outcome[1..]));
        if (!answer.Refused.IsEmpty || refused.Any())
            return answer.Refused.SequenceEqual(refused) ? this : null;

        var changed = steps.Where(step => step.Outcome != "=").ToList();
        return answer.Changed.SequenceEqual(changed.Select(step => step.Place))
            ? changed.Aggregate(this, (site, step) => site.With([step.Place], step.Outcome))
            : null;
    }

    /// <summary>What it becomes; = when it stays; ! and the reason when that is refused.</summary>
    static string Of(Verb verb, string state, string account)
    {
        var (what, whose) = state.Split(' ') is [var a, var b] ? (a, b) : (state, "");
        var ours = whose == account;
        return (verb, what) switch
        {
            (Verb.Allocate, Free) => $"reserved {account}",
            (Verb.Allocate, "held") => ours ? $"reserved {account}" : "!HeldForAnother",
            (Verb.Allocate, "reserved" or "used") => ours ? "=" : "!Taken",
            (Verb.Hold, Free) => $"held {account}",
            (Verb.Hold, "held") => ours ? "=" : "!HeldForAnother",
            (Verb.Release, Free) => "=",
            (Verb.Release, "reserved") => ours ? Free : "!Taken",
            (Verb.Release, "used") => ours ? $"resting {account}" : "!Taken",
            (Verb.Release, "resting") => ours ? "=" : "!Taken",
            (Verb.Restore, "resting") => ours ? $"used {account}" : "!NotTheFormer",
            (Verb.Restore, "reserved" or "used") when ours => "=",
            _ => "!NoTransition",
        };
    }

    SiteModel With(ImmutableArray<int> places, string state) =>
        new(places.Aggregate(Numbers, (all, place) => all.SetItem(place, state)));
}
