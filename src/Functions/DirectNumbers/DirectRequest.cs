using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Telephony.Domain.Pool;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;

namespace Telephony.Functions.DirectNumbers;

/// <summary>A request that direct numbers be put in service, or taken out of it, as its operation keeps it.</summary>
static class DirectRequest
{
    public static bool Is(Operation operation) =>
        operation.Kind is OperationKind.DirectActivation or OperationKind.DirectDeactivation;

    public static bool Activates(Operation operation) => operation.Kind is OperationKind.DirectActivation;

    /// <summary>What it comes to; a single number only while it is as its caller saw it.</summary>
    public static PoolDecision Decide(SiteState site, Operation operation, DateTimeOffset now) => operation.Kind switch
    {
        _ when Moved(site, operation) is { } moved => new PoolDecision.Refused(moved),
        OperationKind.DirectActivation =>
            PoolDecider.Decide(site, new ActivateDirect(operation.Numbers, operation.Order(now))),
        OperationKind.DirectDeactivation =>
            PoolDecider.Decide(site, new DeactivateDirect(operation.Numbers, operation.Order(now))),
        _ => throw new UnreachableException($"{operation.Id} is no request for direct numbers."),
    };

    static Refusal.NumberChanged? Moved(SiteState site, Operation operation) =>
        operation is { Seen: { } seen, Numbers: { Count: 1 } one } && site.Pool.Find(one.First()) is { } now
        && NumberView.ETagOf(now).ToString() != seen
            ? new Refusal.NumberChanged(one.First(), now.State)
            : null;

    /// <summary>What it waits for after a change; null when for nothing.</summary>
    public static string? WaitsFor(Operation operation, SiteChange change)
    {
        var waiting = change.Changed
            .Where(number => change.Blocks.First(block => block.Id == number.Block)[number.Slot] is { Waits: true })
            .ToImmutableArray();
        var goal = Activates(operation) ? "activate" : "deactivate";
        return waiting switch
        {
            [] => null,
            [var number] => $"The platform has to {goal} {PhoneText.International(number)}.",
            _ => string.Create(
                CultureInfo.InvariantCulture, $"The platform has to {goal} {waiting.Length} numbers, each by itself."),
        };
    }
}
