using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>What callers meet is set otherwise, for one main number or for all that keep the site's hours.</summary>
/// <param name="Account">Whose main number; null for the site's hours and holidays.</param>
/// <param name="Fields">What is set otherwise, as people name it.</param>
/// <param name="IsGuarded">Whether calls go on to other numbers, so that a row against loops is written.</param>
public sealed record Configure(Id<Account>? Account, ImmutableArray<string> Fields, bool IsGuarded = false);

/// <summary>
/// What is configured stands in rows of its own; a main number in service remembers and tells that it changed.
/// </summary>
public static partial class PoolDecider
{
    /// <summary>What is configured, and the same as a version that is kept.</summary>
    const int ConfigurationRows = 2;

    public static PoolDecision Decide(SiteState site, Configure command)
    {
        if (NotManaged(site) is { } refused)
            return refused;

        var draft = new Draft(site);
        // What is written as it was is a version, and nothing that anybody has to hear of.
        if (!command.Fields.IsEmpty && command.Account is { } account && site.Holding(account).Main is { } main
            && draft.Find(main) is { State: NumberState.Active, Role: NumberRole.Main })
        {
            draft.Amend(main, new(
                EventTypes.MainConfigured, [.. command.Fields.Select(field => new FieldChange(field, null, null))]));
        }

        return Bounded(draft, ConfigurationRows + (command.IsGuarded ? 1 : 0)) switch
        {
            PoolDecision.Accepted accepted when command.Account is null =>
                new PoolDecision.Accepted(accepted.Change with { Schedule = command.Fields }),
            var decision => decision,
        };
    }
}
