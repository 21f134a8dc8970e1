using System.Collections.Immutable;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Choice;

/// <summary>What was chosen, or the fact in the way.</summary>
public abstract record ChoiceDecision
{
    ChoiceDecision() { }

    /// <param name="Pieces">In the order in which they were chosen; empty when nothing was wanted.</param>
    /// <param name="Missing">Why there are fewer than were wanted; null when there are not.</param>
    public sealed record Chosen(ImmutableArray<Piece> Pieces, Refusal? Missing = null) : ChoiceDecision;

    public sealed record Refused(Refusal Reason) : ChoiceDecision;
}

/// <summary>
/// Which numbers an account gets that asked for none by name, by the rules of the site. The same pool, rules and
/// account always give the same numbers, for the same reasons.
/// </summary>
/// <remarks>
/// In this order: a run of numbers that are kept for the account; a run of any that it may have; and where a run is not
/// required, the numbers kept for the account and then the fewest pieces of what anybody may have.
/// </remarks>
public static class NumberChooser
{
    /// <param name="site">Rules and pool.</param>
    /// <param name="recipient">Who gets them.</param>
    /// <param name="count">How many are wanted; 0 chooses none.</param>
    public static ChoiceDecision Choose(SiteState site, Recipient recipient, int count)
    {
        var candidates = new Candidates(site.Pool, recipient.Account, site.Rules.PremiumPatterns);
        var own = candidates.Count(candidates.Earmarked);
        var allowance = Allowance(site, recipient, candidates);
        var (wanted, missing) = Within(site, recipient, count, own + allowance);
        if (missing is not null && (site.Rules.AllOrNothing || wanted == 0))
            return new ChoiceDecision.Refused(missing);
        if (wanted == 0)
            return new ChoiceDecision.Chosen([]);

        var finder = new RunFinder(site.Pool, NearnessTo(site, recipient));
        var runs = new AllowedRuns(site.Pool, candidates, allowance);
        if (site.Rules.Contiguity is not Contiguity.Ignore
            && (OwnRun(site.Pool, candidates, finder, wanted, own) ?? finder.Best(runs.Of(wanted), wanted)) is { } run)
        {
            return new ChoiceDecision.Chosen([run], missing);
        }

        return site.Rules.Contiguity is Contiguity.Required
            ? new ChoiceDecision.Refused(new Refusal.NoRun(wanted, runs.Longest()))
            : new ChoiceDecision.Chosen([.. Apart(site, candidates, finder, wanted, own)], missing);
    }

    /// <summary>
    /// A main number for the account: one that the platform nominated, of those kept for it before others, then by the
    /// rules of choice. Null when there is none.
    /// </summary>
    public static Piece? ChooseMain(SiteState site, Recipient recipient)
    {
        var finder = new RunFinder(site.Pool, NearnessTo(site, recipient));
        var account = recipient.Account;
        var chosen = Best(number => number.Early?.Account == account && (IsOwn(number) || IsOpen(number)))
            ?? Best(number => IsOwn(number) && number.Early is null)
            ?? Best(number => IsOpen(number) && number.Early is null);
        return chosen is null ? null : chosen with { Rule = ChoiceRule.NominatedMain, Anchor = null };

        bool IsOwn(Number number) => number.Earmark == account;

        static bool IsOpen(Number number) => number is { Earmark: null, Kind: NumberKind.Standard };

        Piece? Best(Func<Number, bool> fits) => finder
            .Singles(FreeRun.In(site.Pool, block => block.Where(block.Nominated, fits)), 1).FirstOrDefault();
    }

    /// <summary>
    /// A number to nominate for the account where the site lets that happen by itself: one that anybody may have, by
    /// the rules of choice, beside those that are taken for direct use. Null when there is none to spare.
    /// </summary>
    public static Piece? ChooseToNominate(SiteState site, Recipient recipient, NumberSet direct)
    {
        var candidates = new Candidates(site.Pool, recipient.Account, site.Rules.PremiumPatterns);
        var taken = candidates.Count(block => candidates.General(block).Intersect(direct.In(block.Id)));
        if (Allowance(site, recipient, candidates) <= taken)
            return null;

        var runs = FreeRun.In(site.Pool, block => candidates.General(block).Except(direct.In(block.Id)));
        return new RunFinder(site.Pool, NearnessTo(site, recipient)).Singles(runs, 1).FirstOrDefault() is { } chosen
            ? chosen with { Rule = ChoiceRule.NominatedMain, Anchor = null }
            : null;
    }

    /// <summary>How many it may take of those that anybody may have: an occupier leaves some.</summary>
    static int Allowance(SiteState site, Recipient recipient, Candidates candidates)
    {
        var general = candidates.Count(candidates.General);
        return recipient.IsOperator ? general : Math.Max(0, general - site.Rules.KeepForOperator);
    }

    static (int Count, Refusal? Missing) Within(SiteState site, Recipient recipient, int wanted, int choosable)
    {
        var has = site.Holding(recipient.Account).DirectNumbers;
        var room = Math.Max(0, (site.Rules.MaxPerAccount ?? int.MaxValue) - has);
        return wanted <= Math.Min(room, choosable) ? (wanted, null)
            : room <= choosable ? (room, new Refusal.AccountFull(site.Rules.MaxPerAccount!.Value, has, wanted))
            : (choosable, new Refusal.PoolExhausted(wanted, choosable, Kept(site, recipient)));
    }

    static int Kept(SiteState site, Recipient recipient) => recipient.IsOperator ? 0 : site.Rules.KeepForOperator;

    static Nearness NearnessTo(SiteState site, Recipient recipient) =>
        site.Rules.NearExisting && site.Holding(recipient.Account).HasNumbers
            ? Nearness.To(site.Pool, recipient.Account)
            : Nearness.None;

    static Piece? OwnRun(NumberPool pool, Candidates candidates, RunFinder finder, int count, int own) =>
        count <= own && finder.Best(FreeRun.In(pool, candidates.Earmarked), count) is { } kept
            ? kept with { Rule = ChoiceRule.Earmarked, Anchor = null }
            : null;

    static IEnumerable<Piece> Apart(
        SiteState site, Candidates candidates, RunFinder finder, int count, int own)
    {
        var kept = Math.Min(count, own);
        return Find(candidates.Earmarked, kept)
            .Select(piece => piece with { Rule = ChoiceRule.Earmarked, Anchor = null })
            .Concat(Find(candidates.General, count - kept));

        IEnumerable<Piece> Find(Func<Block, Slots> which, int wanted)
        {
            var runs = FreeRun.In(site.Pool, which);
            return wanted == 0 ? []
                : site.Rules.Contiguity is Contiguity.Ignore ? finder.Singles(runs, wanted)
                : finder.Pieces(runs, wanted);
        }
    }
}
