using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Caching.Memory;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Directory;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using ETag = Azure.ETag;

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
    /// <summary>
    /// The number whose assignment must be as its caller saw it, and whether that has this version, null for none; null
    /// where it may be any.
    /// </summary>
    public (E164 Number, Func<ETag?, bool> Has)? Expected { get; init; }

    /// <summary>What <see cref="Load"/> read when the operation was accepted; tried first.</summary>
    public LineSnapshot? Loaded { get; init; }

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
public sealed class LineWork(SitePartition sites, DirectoryTable directory, TimeProvider clock) : IDisposable
{
    /// <summary>Operations that were accepted and have not begun: a few at once.</summary>
    const int AcceptedMax = 500;

    readonly MemoryCache accepted = new(new MemoryCacheOptions { SizeLimit = AcceptedMax });

    /// <summary>Carries it out, once, however often it is called.</summary>
    internal async Task<SiteOutcome> TransactAsync(Site site, LineStep step, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var loaded = attempt == 1 ? step.Loaded : null;
            var snapshot = loaded ?? await step.Load(ct);
            LineChange? change = null;
            IReadOnlyList<RowChange> rows = [];
            var outcome = await sites.TransactAsync(
                new(step.Operation, step.Step, step.Now, Decide)
                {
                    Beside = _ => rows,
                    Note = (operation, _) => step.Note(operation, change!),
                }, ct);
            // What was loaded before says yes only: what it has in the way may be gone by now.
            if (loaded is not null && outcome is SiteOutcome.Refused or SiteOutcome.Undecided)
                continue;
            if (outcome is not SiteOutcome.BesideMoved)
                return outcome;
            await Rivals.PauseAsync(attempt, clock, ct);

            PoolDecision Decide(SiteState state)
            {
                switch (DecisionOf(site, step, snapshot, state))
                {
                    case LineDecision.Accepted decided:
                        change = decided.Change;
                        rows = LineTable.Rows(snapshot, change);
                        // Where nothing is written, nothing checks what it rests on.
                        return rows.Count == 0 && loaded is not null
                            ? new PoolDecision.Undecided()
                            : new PoolDecision.Accepted(change.Numbers with { OtherRows = rows.Count });
                    case LineDecision.Refused refused:
                        return new PoolDecision.Refused(refused.Refusals);
                    case var decision:
                        throw new UnreachableException($"Nothing comes of {decision}.");
                }
            }
        }

        throw new SiteBusyException($"Other changes won {Rivals.AttemptsMax} tries of {step.Operation.Id} in a row.");
    }

    /// <summary>
    /// What would be in the way of an operation's first step; empty when nothing is, and what it rests on is remembered
    /// for it then.
    /// </summary>
    internal async Task<ImmutableArray<Refusal>> InTheWayAsync(
        Site site, SiteState state, LineStep step, CancellationToken ct)
    {
        var snapshot = await step.Load(ct);
        if (DecisionOf(site, step, snapshot, state) is LineDecision.Refused refused)
            return refused.Refusals;
        accepted.Set(
            step.Operation.Id, new Accepted(step.Operation.Arguments, snapshot, step.Users),
            new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = SitePartition.AgeMax });
        return [];
    }

    /// <summary>
    /// What the acceptance of an operation rested on, once, when this process saw it; not what another request with
    /// its key rested on.
    /// </summary>
    internal Accepted? Take(Operation operation)
    {
        var found = accepted.Get<Accepted>(operation.Id);
        accepted.Remove(operation.Id);
        return found?.Arguments == operation.Arguments ? found : null;
    }

    /// <summary>Whose these users are; who is missing is nobody's.</summary>
    internal async Task<ImmutableDictionary<Id<User>, Id<Account>>> UsersAsync(
        Site site, IEnumerable<Id<User>> users, CancellationToken ct, bool mayBeOld = false)
    {
        var found = await Task.WhenAll(users.Distinct().Select(async user =>
            (User: user, Account: await directory.AccountOfUserAsync(site.Operator, user, ct, fresh: !mayBeOld))));
        return found.Where(entry => entry.Account is not null)
            .ToImmutableDictionary(entry => entry.User, entry => entry.Account!.Value);
    }

    public void Dispose() => accepted.Dispose();

    /// <summary>What the acceptance of an operation rested on.</summary>
    internal sealed record Accepted(
        string Arguments, LineSnapshot Snapshot, ImmutableDictionary<Id<User>, Id<Account>> Users);

    static LineDecision DecisionOf(Site site, LineStep step, LineSnapshot snapshot, SiteState state)
    {
        if (step.Expected is { } expected && !expected.Has(snapshot.Lines.GetValueOrDefault(expected.Number)?.ETag))
            return new LineDecision.Refused([new Refusal.OfLine(expected.Number, LineRefusal.LineChanged)]);

        var lines = snapshot.Lines.ToImmutableDictionary(line => line.Key, line => line.Value.Line);
        return step.Decide(new(site, state, snapshot.Places.Places, lines)
        {
            Users = step.Users,
            Only = step.Only,
        });
    }
}
