using System.Collections.Immutable;

namespace Telephony.Domain.Rules;

/// <summary>Two rules of a site that cannot both be meant: each may be right, together they are a mistake.</summary>
public abstract record Contradiction
{
    Contradiction() { }

    /// <summary>Numbers must be consecutive, and part of them would do: part of a run is no run.</summary>
    public sealed record PartOfARun : Contradiction;

    /// <summary>Nobody could ever have one unit of the service.</summary>
    /// <param name="Index">Which of the services.</param>
    /// <param name="Needed">Direct numbers that one unit needs.</param>
    /// <param name="Max">Direct numbers that an account may have.</param>
    public sealed record ServiceOverMaximum(int Index, int Needed, int Max) : Contradiction;

    /// <summary>More is kept for the operator than its account may have.</summary>
    public sealed record KeptOverMaximum(int Kept, int Max) : Contradiction;

    /// <summary>A missing main number is to fail services, and no service needs one.</summary>
    public sealed record FailsWithoutMain : Contradiction;

    /// <summary>All that contradicts itself in these rules, whatever the site has.</summary>
    public static ImmutableArray<Contradiction> Of(SiteRules rules) =>
    [
        .. Maximums(rules),
        .. rules is { Contiguity: Contiguity.Required, AllOrNothing: false }
            ? [new PartOfARun()] : Array.Empty<Contradiction>(),
        .. rules.OnNoNominatedMain is MissingMain.Fail && !rules.Services.Any(service => service.NeedsMain)
            ? [new FailsWithoutMain()] : Array.Empty<Contradiction>(),
    ];

    static IEnumerable<Contradiction> Maximums(SiteRules rules)
    {
        if (rules.MaxPerAccount is not { } max)
            yield break;
        foreach (var (index, service) in rules.Services.Index())
        {
            var needed = service.NumbersPerUnit + service.Extra;
            if (needed > max)
                yield return new ServiceOverMaximum(index, needed, max);
        }

        if (rules.KeepForOperator > max)
            yield return new KeptOverMaximum(rules.KeepForOperator, max);
    }
}
