namespace Telephony.Domain.Pool;

/// <summary>The platform's words that came too early and were kept.</summary>
public static partial class PoolDecider
{
    /// <summary>Each may touch a block of its own and opens a task, and all of them fit one transaction.</summary>
    public const int WordsMax = 30;

    /// <summary>Forgets those that were kept for long enough: some of them, the lowest first.</summary>
    public static PoolDecision Decide(SiteState site, ForgetWords command)
    {
        if (NotManaged(site) is { } refused)
            return refused;

        var draft = new Draft(site);
        var old = site.Pool.Blocks
            .SelectMany(block => block.Where(block.Worded, number => number.Early!.Until <= command.Order.Now)
                .Select(slot => block.Id[slot]))
            .Take(WordsMax)
            .Select(number => new ForgottenWord(number, site.Pool.Find(number)!.Early!))
            .ToList();
        foreach (var (number, _) in old)
            draft.Keep(number, null);
        return Bounded(draft.Change() with { Forgotten = [.. old], OtherRows = old.Count });
    }
}
