using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Choice;

/// <summary>An account that wants so many numbers of a site.</summary>
sealed record Wish(SiteState Site, Recipient To, int Count)
{
    /// <summary>
    /// Few numbers with much that can collide: over the edges of blocks of ten and a hundred, far from each other, of
    /// seven and eight digits side by side, and around endings that are premium.
    /// </summary>
    static readonly ImmutableArray<long> Stretches =
        [442_079_460_084, 442_079_460_205, 442_079_461_215, 442_079_469_986, 9_999_984];

    const int Width = 32;

    static readonly DateTimeOffset Early = Noon.AddDays(-200);
    static readonly DateTimeOffset Late = Noon.AddDays(-100);

    static readonly Number?[] Cells =
    [
        new(), new(), new(), new(), new(), new(), new(), new(), null, null,
        new() { Since = Early }, new() { Since = Late }, new() { Since = Early }, new() { Since = Late },
        new() { Earmark = Ours }, new(NumberKind.PortedIn) { Earmark = Ours, Since = Late },
        new() { Earmark = Theirs },
        new(Role: NumberRole.NominatedMain), new(Role: NumberRole.NominatedMain) { Since = Early },
        new(NumberKind.Special, NumberRole.NominatedMain) { Earmark = Ours },
        new(NumberKind.Premium), new(NumberKind.Special), new(NumberKind.PortedIn),
        Held(new(), by: Theirs), Held(new() { Earmark = Ours }, by: Ours), Held(new(), by: Ours),
    ];

    static readonly Gen<Number?[]> Stretch =
        Gen.Select(Gen.OneOf(Cells), Gen.Int[1, 5]).Array[4, 16].Select(segments =>
            segments.SelectMany(segment => Enumerable.Repeat(segment.Item1, segment.Item2)).Take(Width).ToArray());

    public static readonly Gen<SiteRules> AnyRules = Gen.Select(
        Gen.OneOf(Contiguity.Preferred, Contiguity.Preferred, Contiguity.Required, Contiguity.Ignore),
        Gen.Bool, Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.OneOf(0, 0, 0, 1, 4, 15, 200), Gen.OneOf<int?>(null, null, null, null, null, 1, 10, 25), Gen.Bool,
        Gen.OneOf(MainNomination.PlatformOnly, MainNomination.AutomaticOnFirstService),
        (contiguity, near, premium, keep, max, allOrNothing, nomination) => Some.Rules with
        {
            Contiguity = contiguity,
            NearExisting = near,
            PremiumPatterns = new(premium.Item1, premium.Item2, premium.Item3),
            KeepForOperator = keep,
            MaxPerAccount = max,
            AllOrNothing = allOrNothing,
            MainNomination = nomination,
        });

    static readonly Gen<SiteState> AnySite = Gen.Select(
        Gen.Int[1, (1 << Stretches.Length) - 1], Stretch.Array[Stretches.Length], Gen.Int[0, 3], AnyRules,
        (chosen, cells, has, rules) => SiteOf(rules, hasNumbers: has > 0, hasMain: has > 1,
            from stretch in Enumerable.Range(0, Stretches.Length)
            where (chosen >> stretch & 1) == 1
            from cell in cells[stretch].Index()
            where cell.Item is not null
            select (E164.FromDigits(Stretches[stretch] + cell.Index), cell.Item)));

    public static readonly Gen<Wish> Any = Gen.Select(
        AnySite, Gen.OneOf(AccountKind.Occupier, AccountKind.Occupier, AccountKind.Operator),
        Gen.Frequency((3, Gen.Int[1, 4]), (5, Gen.Int[3, 14]), (1, Gen.Int[1, 170])),
        // Now and then a few less are kept than there are: what is kept for the account then makes the difference.
        Gen.Frequency((4, Gen.Const((int?)null)), (1, Gen.Int[0, 6].Select(few => (int?)few))),
        (site, kind, count, few) => new Wish(site, new(Ours, kind), count) is var wish && few is { } takeable
            ? wish with { Site = site with { Rules = site.Rules with { KeepForOperator = wish.AllBut(takeable) } } }
            : wish);

    /// <summary>Every number of the site.</summary>
    public Dictionary<E164, Number> Pool { get; } = Site.Pool.All();

    int AllBut(int few) => Math.Max(0, Pool.Keys.Count(IsUnearmarked) - few);

    /// <summary>How many of those that anybody may have are not kept for the operator.</summary>
    public int Takeable => Pool.Keys.Count(IsUnearmarked) - (To.IsOperator ? 0 : Site.Rules.KeepForOperator);

    /// <summary>Whether it can be chosen for any account.</summary>
    public bool IsUnearmarked(E164 at) => Pool.GetValueOrDefault(at) is
        { State: NumberState.Available, Role: NumberRole.Direct, Kind: NumberKind.Standard, Earmark: null }
        && !NaiveChooser.IsPremium(at, Site.Rules.PremiumPatterns);

    public override string ToString()
    {
        var rules = Site.Rules;
        return $"{Count} for {To.Kind}; {rules.Contiguity}, near {rules.NearExisting}, {rules.PremiumPatterns}, keep "
            + $"{rules.KeepForOperator}, max {rules.MaxPerAccount}, all or nothing {rules.AllOrNothing}\n"
            + string.Join('\n', Pool.Select(at => $"{at.Key}: {Brief(at.Value)}"));

        static string Brief(Number number) => string.Join(' ', new object?[]
            { number.Account?.ToString() ?? "free", number.Kind, number.Role, number.Earmark, number.Since });
    }

    static SiteState SiteOf(
        SiteRules rules, bool hasNumbers, bool hasMain, IEnumerable<(E164 At, Number Number)> numbers)
    {
        var pool = numbers.Where(at => hasNumbers || at.Number.Account != Ours).ToDictionary();
        if (hasMain && pool.Keys.Order().FirstOrDefault(at => pool[at].Role is NumberRole.NominatedMain) is var main
            && main != default)
        {
            pool[main] = Held(pool[main], by: Ours);
        }

        var blocks = pool.GroupBy(at => at.Key.Block).Select(block => new Block(
            block.Key, block.Select(at => KeyValuePair.Create(at.Key.Slot, at.Value))));
        var holdings = pool.Where(at => at.Value.Account is not null).ToLookup(at => at.Value.Account!.Value)
            .Select(held => Holding.Empty(held.Key) with
            {
                DirectNumbers = held.Count(at => at.Value.Role is NumberRole.Direct),
                Main = held.Where(at => at.Value.Role is NumberRole.NominatedMain)
                    .Select(at => (E164?)at.Key).FirstOrDefault(),
            });
        return new(rules, NumberPool.Empty.With(blocks), holdings.ToImmutableDictionary(holding => holding.Account));
    }
}
