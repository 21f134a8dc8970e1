using System.Diagnostics;
using Telephony.Domain.Directory;

namespace Telephony.Domain.Numbers;

/// <summary>Allocate a number to an account, for direct use or as its main number.</summary>
public sealed record Reserve(
    Id<Account> Account, NumberSource Source, OperationId Operation, DateTimeOffset Now, bool AsMain = false);

/// <summary>What a command does to one number.</summary>
public abstract record NumberDecision
{
    NumberDecision() { }

    public sealed record Accepted(Number Next) : NumberDecision;

    /// <summary>It already is as asked; a repeat adds no history.</summary>
    public sealed record Unchanged : NumberDecision;

    public sealed record Refused(NumberRefusal Reason) : NumberDecision;
}

/// <summary>What keeps a number from being given out, or from being provisioned.</summary>
public enum NumberRefusal
{
    /// <summary>The site has no such number.</summary>
    NotProvisioned,

    /// <summary>Another account has it.</summary>
    Taken,

    /// <summary>It is nominated as a main number, and direct use was asked for.</summary>
    NominatedMain,

    /// <summary>It is not nominated, and use as a main number was asked for.</summary>
    NotNominated,

    /// <summary>It is kept for another account.</summary>
    EarmarkedForAnother,

    /// <summary>The site already has it.</summary>
    AlreadyProvisioned,

    /// <summary>The request names it more than once.</summary>
    NamedTwice,
}

/// <summary>The rules of one number: first that fits wins.</summary>
public static class NumberDecider
{
    public static NumberDecision Decide(Number? number, Reserve command) => number switch
    {
        null => new NumberDecision.Refused(NumberRefusal.NotProvisioned),

        { State: NumberState.Reserved } when number.Account != command.Account =>
            new NumberDecision.Refused(NumberRefusal.Taken),
        { Role: NumberRole.NominatedMain } when !command.AsMain =>
            new NumberDecision.Refused(NumberRefusal.NominatedMain),
        { Role: NumberRole.Direct } when command.AsMain =>
            new NumberDecision.Refused(NumberRefusal.NotNominated),
        { State: NumberState.Reserved } => new NumberDecision.Unchanged(),

        { Earmark: { } owner } when owner != command.Account =>
            new NumberDecision.Refused(NumberRefusal.EarmarkedForAnother),

        { State: NumberState.Available } => new NumberDecision.Accepted(number with
        {
            State = NumberState.Reserved,
            Account = command.Account,
            Source = command.Source,
            Operation = command.Operation,
            Since = command.Now,
            Version = number.Version + 1,
        }),

        _ => throw new UnreachableException($"No rule to reserve a number that is {number.State}."),
    };
}
