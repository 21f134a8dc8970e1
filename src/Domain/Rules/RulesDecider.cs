using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Services;

namespace Telephony.Domain.Rules;

/// <summary>The rules as somebody wants them. They contradict nothing in themselves.</summary>
/// <param name="Wanted">What they say; their version does not count.</param>
/// <param name="From">When they begin, not before <paramref name="Now"/>.</param>
/// <param name="MayEditAll">Whether whoever asks may change what only the platform may.</param>
/// <param name="Now">When it is asked for.</param>
public sealed record ChangeRules(SiteRules Wanted, DateTimeOffset From, bool MayEditAll, DateTimeOffset Now);

/// <summary>What a change of the rules came to.</summary>
public abstract record RulesDecision
{
    RulesDecision() { }

    /// <summary>It would be so anyhow, from then on and for good.</summary>
    public sealed record Unchanged : RulesDecision;

    /// <param name="Book">As it is afterwards; the new version is its last.</param>
    /// <param name="Instead">What would have been in force when the new version begins.</param>
    /// <param name="Replaced">Versions that will never take effect.</param>
    public sealed record Accepted(RuleBook Book, RuleVersion Instead, ImmutableArray<int> Replaced) : RulesDecision;

    /// <summary>Nothing changes; all of one kind.</summary>
    public sealed record Refused(ImmutableArray<RulesRefusal> Refusals) : RulesDecision;
}

/// <summary>A fact that is in the way of a change of the rules.</summary>
public abstract record RulesRefusal
{
    RulesRefusal() { }

    /// <summary>Only the platform may change the field.</summary>
    /// <param name="Field">Which.</param>
    /// <param name="Instead">The version that says otherwise: the one in force then, or one yet to come.</param>
    /// <param name="IsScheduled">Whether it begins after the one that is wanted.</param>
    public sealed record OnlyPlatform(string Field, RuleVersion Instead, bool IsScheduled) : RulesRefusal;

    /// <summary>The platform does not manage the site, and the field is not the flag that says so.</summary>
    public sealed record NotManaged(string Field) : RulesRefusal;

    /// <summary>The service would be gone, and accounts have it.</summary>
    public sealed record ServiceInUse(string Code, ImmutableArray<Id<Account>> Accounts) : RulesRefusal;

    /// <summary>As many versions wait for their time as there may be.</summary>
    public sealed record TooManyScheduled : RulesRefusal;
}

/// <summary>What a change of a site's rules does to the versions of them.</summary>
public static class RulesDecider
{
    /// <param name="book">The versions that there are.</param>
    /// <param name="holdings">
    /// What accounts have at the site; only looked at for <see cref="ServicesDropped"/>.
    /// </param>
    /// <param name="command">What is wanted.</param>
    public static RulesDecision Decide(RuleBook book, IReadOnlyCollection<Holding> holdings, ChangeRules command)
    {
        var (wanted, from, _, now) = command;
        if (IsSo(book, command))
            return new RulesDecision.Unchanged();

        var instead = book.At(from);
        var after = book.With(wanted, from, now);
        return FirstOf(
                NotTheirs(book, command),
                NotManaged(book, command),
                InUse(ServicesDropped(book, command), holdings),
                after.After(now).Length > RuleBook.ScheduledMax ? [new RulesRefusal.TooManyScheduled()] : []) is { } no
            ? new RulesDecision.Refused(no)
            : new RulesDecision.Accepted(after, instead, Replaced());

        ImmutableArray<int> Replaced() =>
            [.. book.After(now).Where(version => version.EffectiveFrom >= from).Select(v => v.Rules.Version)];
    }

    /// <summary>
    /// Whether the site will say so anyhow. Defaults that nobody wrote can still be written, to keep them.
    /// </summary>
    public static bool IsSo(RuleBook book, ChangeRules command) => book.Last is { Rules.Version: > 0 } last
        && last.EffectiveFrom <= command.From && last.Rules.SameAs(command.Wanted);

    /// <summary>Codes of services that would be gone from then on.</summary>
    public static ImmutableArray<string> ServicesDropped(RuleBook book, ChangeRules command) =>
    [
        .. book.At(command.From).Rules.Services.Select(service => service.Code)
            .Where(code => command.Wanted.Service(code) is null),
    ];

    static ImmutableArray<RulesRefusal>? FirstOf(params ReadOnlySpan<IEnumerable<RulesRefusal>> kinds)
    {
        foreach (var kind in kinds)
        {
            if (kind.ToImmutableArray() is { Length: > 0 } refusals)
                return refusals;
        }

        return null;
    }

    /// <summary>
    /// Who may not change a field may not take back its change either: a version yet to come that this one replaces
    /// says what the platform wants then.
    /// </summary>
    static IEnumerable<RulesRefusal> NotTheirs(RuleBook book, ChangeRules command) => command.MayEditAll
        ? []
        : from version in book.After(command.From).Prepend(book.At(command.From))
          from field in RuleFields.ChangedOfPlatform(version.Rules, command.Wanted)
          group version by field into versions
          select new RulesRefusal.OnlyPlatform(
              versions.Key, versions.First(), versions.First().EffectiveFrom > command.From);

    static IEnumerable<RulesRefusal> NotManaged(RuleBook book, ChangeRules command) =>
        book.At(command.Now).Rules.ManagedByPlatform
            ? []
            : RuleFields.Changed(book.At(command.From).Rules, command.Wanted)
                .Where(field => field != RuleFields.ManagedByPlatform)
                .Select(field => new RulesRefusal.NotManaged(field));

    static IEnumerable<RulesRefusal> InUse(ImmutableArray<string> dropped, IEnumerable<Holding> holdings) =>
        from code in dropped
        let accounts = holdings.Where(holding => holding.Services.Values.Any(service => service.Code == code))
            .Select(holding => holding.Account).Order().ToImmutableArray()
        where accounts.Length > 0
        select new RulesRefusal.ServiceInUse(code, accounts);
}
