using System.Collections.Immutable;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Storage;

/// <summary>
/// One change at a site, as a step of an operation. When the operation has no row yet, the row is inserted with the
/// change and the operation has then succeeded; else its row is merged with the change and notes the step.
/// </summary>
/// <param name="Operation">Whose step it is, as last seen.</param>
/// <param name="Step">The step's name, which makes its repeat harmless.</param>
/// <param name="Now">When it was asked for. The rules that count are those in force when it is decided.</param>
/// <param name="Decide">The rule; called again on fresh state after a conflict.</param>
public sealed record SiteWork(
    Operation Operation, string Step, DateTimeOffset Now, Func<SiteState, PoolDecision> Decide)
{
    /// <summary>What the request knows of a change, beyond what the change says of itself.</summary>
    public Func<Operation, SiteChange, Operation> Note { get; init; } = (operation, _) => operation;

    /// <summary>
    /// Rows that the request writes in the same transaction; as many as the change's
    /// <see cref="SiteChange.OtherRows"/>.
    /// </summary>
    public Func<SiteChange, IReadOnlyList<RowChange>> Beside { get; init; } = _ => [];
}

/// <summary>What came of a change.</summary>
public abstract record SiteOutcome
{
    SiteOutcome() { }

    /// <summary>The change is in, now or from an earlier try of the same request.</summary>
    public sealed record Done(Operation Operation, bool Replayed) : SiteOutcome
    {
        /// <summary>What was changed just now; null when an earlier try had done it.</summary>
        public SiteChange? Change { get; init; }
    }

    /// <summary>Nothing changed.</summary>
    public sealed record Refused(ImmutableArray<Refusal> Refusals) : SiteOutcome;

    /// <summary>The rule left it undecided: nothing changed.</summary>
    public sealed record Undecided : SiteOutcome;

    /// <summary>A row beside is not as the request saw it: nothing changed.</summary>
    public sealed record BesideMoved : SiteOutcome;

    /// <summary>The operation had ended before this step: nothing changed.</summary>
    public sealed record HasEnded(Operation Operation) : SiteOutcome;

    /// <summary>The idempotency key was used for another request.</summary>
    public sealed record KeyReused(Operation Operation) : SiteOutcome;
}
