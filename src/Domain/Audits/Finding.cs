using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;

namespace Telephony.Domain.Audits;

/// <summary>How much it matters.</summary>
public enum Severity
{
    /// <summary>Good to know; nobody is kept from anything.</summary>
    Info,

    /// <summary>Somebody should look at it.</summary>
    Warning,

    /// <summary>What is stored contradicts itself, or a site cannot do its work.</summary>
    Critical,
}

/// <summary>Something at a site that is not as it should be, as it was when somebody looked.</summary>
/// <param name="Severity">How much it matters.</param>
public abstract record Finding(Severity Severity)
{
    /// <summary>Whose numbers it is about; null when nobody's.</summary>
    public Id<Account>? Account { get; init; }

    /// <summary>The numbers that it is about.</summary>
    public NumberSet Numbers { get; init; } = NumberSet.Empty;

    /// <summary>Few numbers are left that anyone may have.</summary>
    public sealed record PoolLow(int Free, int Of) : Finding(Severity.Warning);

    /// <summary>Hardly any number is left that anyone may have.</summary>
    public sealed record PoolCritical(int Free, int Of) : Finding(Severity.Critical);

    /// <summary>The account's row does not say what its numbers say.</summary>
    /// <param name="Stored">Direct numbers, as its row counts them.</param>
    /// <param name="Counted">Direct numbers that it has.</param>
    /// <param name="Main">Its main number, as its row names it.</param>
    /// <param name="StoredInService">Direct numbers in service, as its row counts them.</param>
    /// <param name="InService">Direct numbers that it has in service.</param>
    public sealed record CountsDisagree(
        int Stored, int Counted, E164? Main, int StoredInService = 0, int InService = 0) : Finding(Severity.Critical);

    /// <summary>Numbers have an account that is not at the site.</summary>
    /// <param name="IsKnown">Whether the site's operator has such an account elsewhere.</param>
    public sealed record OwnerUnknown(bool IsKnown) : Finding(Severity.Critical);

    /// <summary>Numbers rest for longer than they have to.</summary>
    public sealed record CooldownOverdue(DateTimeOffset Since) : Finding(Severity.Warning);

    /// <summary>Holds have ended and are still written down; everybody may have the numbers nevertheless.</summary>
    public sealed record HoldOverdue(DateTimeOffset Since) : Finding(Severity.Info);

    /// <summary>Blocks have ended, and the numbers are still withheld.</summary>
    public sealed record BlockOverdue(DateTimeOffset Since) : Finding(Severity.Warning);

    /// <summary>Numbers are reserved for an account that never put them into service.</summary>
    public sealed record ReservedIdle(DateTimeOffset Since, int Days) : Finding(Severity.Warning);

    /// <summary>An operation does not come to its end.</summary>
    public sealed record OperationStuck(OperationId Operation, DateTimeOffset Since) : Finding(Severity.Warning);

    /// <summary>Numbers wait to be main numbers, and no operation waits for them.</summary>
    public sealed record ActivationOrphaned(DateTimeOffset Since) : Finding(Severity.Warning);

    /// <summary>Direct numbers wait to be in service, and no operation waits for them.</summary>
    public sealed record DirectOrphaned(DateTimeOffset Since) : Finding(Severity.Warning);

    /// <summary>Numbers wait to be out of service, for too long, and no operation waits for them.</summary>
    public sealed record DeactivationOrphaned(DateTimeOffset Since) : Finding(Severity.Warning);

    /// <summary>What changes had to announce was not announced.</summary>
    public sealed record EventsNotMoved(int Count, DateTimeOffset Since) : Finding(Severity.Warning);

    /// <summary>The account's services need a main number, and it has none.</summary>
    public sealed record MainMissing() : Finding(Severity.Warning);

    /// <summary>A number, its assignment and what it rings on do not say the same of each other.</summary>
    public sealed record AssignmentsDisagree() : Finding(Severity.Critical);

    /// <summary>Numbers are assigned to users that the account does not have.</summary>
    public sealed record UserGone() : Finding(Severity.Warning);

    /// <summary>
    /// Numbers are in use, and where emergency services would be sent to is not known, or less than the country
    /// demands.
    /// </summary>
    public sealed record LocationUnknown() : Finding(Severity.Info);

    /// <summary>Handsets stand in no space.</summary>
    public sealed record HandsetsNowhere(int Count, MacAddress First) : Finding(Severity.Info);

    /// <summary>More was there than one audit looks at, so what it does not report may be there.</summary>
    public sealed record Incomplete(AuditPart Part, int Limit) : Finding(Severity.Info);
}

/// <summary>What an audit may not have looked at to the end.</summary>
public enum AuditPart
{
    Operations,
    Events,
    Accounts,
    Assignments,
    Users,
}
