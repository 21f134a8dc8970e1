using System.Diagnostics;
using Telephony.Domain.Tasks;

namespace Telephony.Domain.Pool;

/// <summary>What a site's operator asks the platform for: no number changes by that.</summary>
public static partial class PoolDecider
{
    /// <summary>Writes a task down, whether it is opened or answered, where the platform manages the site.</summary>
    public static PoolDecision Decide(SiteState site, TaskDecision decision) => decision switch
    {
        _ when !site.Rules.ManagedByPlatform => new PoolDecision.Refused(new Refusal.SiteNotManaged()),
        TaskDecision.Accepted => new PoolDecision.Accepted(SiteChange.None with { OtherRows = 1 }),
        TaskDecision.Unchanged => new PoolDecision.Accepted(SiteChange.None),
        TaskDecision.Refused refused => new PoolDecision.Refused(new Refusal.TaskAnswered(refused.From, refused.To)),
        _ => throw new UnreachableException($"No answer for {decision}."),
    };
}
