using System.Diagnostics;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;

namespace Telephony.Functions.MainNumber;

/// <summary>A request that a number become an account's main number, as its operation keeps it.</summary>
static class MainNumberRequest
{
    public static string Arguments(E164 number) => OperationIds.Hash(number.ToString());

    public static BeginMain Command(Operation operation, DateTimeOffset now) => operation.Number is { } number
        ? new(operation.Recipient(), number, operation.Order(now))
        : throw new UnreachableException($"{operation.Id} is no request for a main number.");

    /// <summary>What its first step decides; it happens only to what the caller saw.</summary>
    public static PoolDecision Decide(SiteState site, Operation operation, DateTimeOffset now) =>
        NotAsSeen(site, operation) ?? PoolDecider.Decide(site, Command(operation, now));

    /// <summary>Null while the account's main number is as the operation's caller saw it.</summary>
    public static PoolDecision? NotAsSeen(SiteState site, Operation operation)
    {
        if (operation is not { SeenMain: { } seen, Account: { } account } || !site.Rules.ManagedByPlatform)
            return null;
        return (MainNumbers.Of(site, account)?.ETag.ToString() ?? "") == seen
            ? null
            : new PoolDecision.Refused(new Refusal.MainChanged(site.Holding(account).Main));
    }
}
