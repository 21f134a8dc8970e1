using System.Collections.Immutable;
using System.Diagnostics;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Pool;
using Telephony.Functions.Directory;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>One change of assignments, as a step of an operation.</summary>
/// <param name="Operation">Whose step it is, as last seen.</param>
/// <param name="Step">The step's name, which makes its repeat harmless.</param>
/// <param name="Now">When it was asked for.</param>
/// <param name="Load">Reads what it rests on beside the numbers; called again when that has changed meanwhile.</param>
/// <param name="Decide">The rule; called again on fresh state.</param>
sealed record LineStep(
    Operation Operation, string Step, DateTimeOffset Now, Func<CancellationToken, Task<LineSnapshot>> Load,
    Func<LineState, LineDecision> Decide)
{
    /// <summary>Whose each user is that the step names.</summary>
    public ImmutableDictionary<Id<User>, Id<Account>> Users { get; init; } =
        ImmutableDictionary<Id<User>, Id<Account>>.Empty;

    /// <summary>The only account whose numbers and spaces it may touch; null for any.</summary>
    public Id<Account>? Only { get; init; }

    /// <summary>What the operation keeps of the change.</summary>
    public Func<Operation, LineChange, Operation> Note { get; init; } = (operation, _) => operation;
}

/// <summary>
/// Changes assignments: numbers, lines, handsets, ports and spaces in one transaction, each guarded by the version that
/// it was read at.
/// </summary>
public sealed class LineWork(SitePartition sites, DirectoryTable directory, TimeProvider clock)
{
    /// <summary>Carries it out, once, however often it is called.</summary>
    internal async Task<SiteOutcome> TransactAsync(Site site, LineStep step, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var snapshot = await step.Load(ct);
            LineChange? change = null;
            IReadOnlyList<RowChange> rows = [];
            var outcome = await sites.TransactAsync(
                new(step.Operation, step.Step, step.Now, Decide)
                {
                    Beside = _ => rows,
                    Note = (operation, _) => step.Note(operation, change!),
                }, ct);
            if (outcome is not SiteOutcome.BesideMoved)
                return outcome;
            await Rivals.PauseAsync(attempt, clock, ct);

            PoolDecision Decide(SiteState state)
            {
                switch (step.Decide(StateOf(site, step, snapshot, state)))
                {
                    case LineDecision.Accepted accepted:
                        change = accepted.Change;
                        rows = LineTable.Rows(snapshot, change);
                        return new PoolDecision.Accepted(change.Numbers with { OtherRows = rows.Count });
                    case LineDecision.Refused refused:
                        return new PoolDecision.Refused(refused.Refusals);
                    case var decision:
                        throw new UnreachableException($"Nothing comes of {decision}.");
                }
            }
        }

        throw new SiteBusyException($"Other changes won {Rivals.AttemptsMax} tries of {step.Operation.Id} in a row.");
    }

    /// <summary>What would be in the way now; empty when nothing is.</summary>
    internal async Task<ImmutableArray<Refusal>> InTheWayAsync(Site site, LineStep step, CancellationToken ct)
    {
        var snapshot = await step.Load(ct);
        return await sites.InTheWayAsync(
            site.Id, state => step.Decide(StateOf(site, step, snapshot, state)) is LineDecision.Refused refused
                ? new PoolDecision.Refused(refused.Refusals)
                : new PoolDecision.Accepted(SiteChange.None), ct);
    }

    /// <summary>Whose these users are; who is missing is nobody's.</summary>
    internal async Task<ImmutableDictionary<Id<User>, Id<Account>>> UsersAsync(
        Site site, IEnumerable<Id<User>> users, CancellationToken ct)
    {
        var found = await Task.WhenAll(users.Distinct().Select(async user =>
            (User: user, Account: await directory.AccountOfUserAsync(site.Operator, user, ct))));
        return found.Where(entry => entry.Account is not null)
            .ToImmutableDictionary(entry => entry.User, entry => entry.Account!.Value);
    }

    static LineState StateOf(Site site, LineStep step, LineSnapshot snapshot, SiteState state) => new(
        site, state, snapshot.Places.Places,
        snapshot.Lines.ToImmutableDictionary(line => line.Key, line => line.Value.Line))
    {
        Users = step.Users,
        Only = step.Only,
    };
}
