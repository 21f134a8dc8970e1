using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Directory;

/// <summary>
/// Checks a list of sites in a body: each is the operator's, and the caller sees each that it adds or takes away.
/// </summary>
public sealed class SiteChoice(DirectoryTable directory)
{
    public const int SitesMax = 500;

    const string Field = "sites";

    /// <param name="owner">Whose sites they must be.</param>
    /// <param name="caller">Who chooses.</param>
    /// <param name="before">What is stored.</param>
    /// <param name="chosen">What the body says, in its order.</param>
    /// <param name="errors">Gets one error for each site in the way.</param>
    /// <param name="ct">Stops between pages.</param>
    internal async Task<ImmutableSortedSet<Id<Site>>> CheckAsync(
        Id<Operator> owner,
        Caller caller,
        ImmutableSortedSet<Id<Site>> before,
        ImmutableArray<Id<Site>> chosen,
        BodyErrors errors,
        CancellationToken ct)
    {
        if (chosen.Length > SitesMax)
        {
            errors.Add(Field, "too-many", $"There are {chosen.Length} sites.", $"Send at most {SitesMax}.");
            return [];
        }

        var after = chosen.ToImmutableSortedSet();
        var changed = after.SymmetricExcept(before);
        if (changed.IsEmpty)
            return after;

        var visible = await directory.SitesAsync(owner, null, TableLimits.PageRowsMax, ct)
            .Where(caller.Sees).Select(site => site.Id).ToHashSetAsync(cancellationToken: ct);
        for (var i = 0; i < chosen.Length; i++)
        {
            if (changed.Contains(chosen[i]) && !visible.Contains(chosen[i]))
                errors.Add($"{Field}[{i}]", "unknown-site", $"'{chosen[i]}' is no site of this operator.",
                    "Name sites of the operator only.");
        }

        foreach (var removed in changed.Except(after).Where(site => !visible.Contains(site)))
            errors.Add(Field, "site-needed", $"'{removed}' is left out, and you may not take it away.",
                "Keep it in the list.");
        return after;
    }
}
