using Telephony.Domain.Directory;

namespace Telephony.Domain.Numbers;

/// <summary>What each line of the table does to the number.</summary>
public static partial class NumberDecider
{
    static readonly NumberDecision.Unchanged Unchanged = new();

    static NumberDecision.Refused No(NumberRefusal reason) => new(reason);

    static NumberDecision.Accepted Yes(Number number, NumberState state, NumberCommand command) =>
        Yes(number with { State = state }, command);

    static NumberDecision.Accepted Yes(Number next, NumberCommand command) => new(next with
    {
        Operation = command.Order.Operation,
        Since = command.Order.Now,
        Version = next.Version + 1,
    });

    static bool IsOver(DateTimeOffset? end, NumberCommand command) => end <= command.Order.Now;

    static NumberRefusal? MayHave(Number number, Id<Account> account) =>
        number.Earmark is { } owner && owner != account ? NumberRefusal.EarmarkedForAnother : null;

    /// <summary>A fresh allocation: what was in service in an earlier one does not count.</summary>
    static Number Given(Number number, Id<Account> account, NumberSource source) => number with
    {
        State = NumberState.Reserved,
        Account = account,
        Source = source,
        Until = null,
        EverActive = false,
        EverMain = false,
    };

    static Number InService(Number number)
    {
        var isMain = number.Role is not NumberRole.Direct;
        return number with
        {
            State = NumberState.Active,
            Role = isMain ? NumberRole.Main : NumberRole.Direct,
            Term = number.Term + 1,
            EverActive = true,
            EverMain = number.EverMain || isMain,
            Early = isMain ? null : number.Early,
        };
    }

    /// <summary>What becomes of a main number that another one replaces: it stays in service, for direct use.</summary>
    internal static Number Replaced(Number main) => As(NumberRole.Direct, main);

    /// <summary>Another role in the same state, which it has had since it came into it.</summary>
    static Number As(NumberRole role, Number number) => number with { Role = role, Version = number.Version + 1 };

    /// <summary>What was said of it for an account that gives it up does not hold any more.</summary>
    static Number Unsaid(Number number, Id<Account> account) =>
        number.Early?.Account == account ? number with { Early = null } : number;

    static Number Rested(Number number) => number with
    {
        Role = NumberRole.Direct,
        Former = null,
        Source = null,
        RestsUntil = null,
        EverActive = false,
        EverMain = false,
    };

    static NumberDecision.Accepted Gone(Number number, NumberCommand command) => Yes(
        new Number(number.Kind)
        {
            State = NumberState.Retired,
            Generation = number.Generation,
            Term = number.Term,
            Version = number.Version,
        }, command);
}
