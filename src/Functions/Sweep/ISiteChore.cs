using System.Globalization;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Sweep;

/// <summary>How often a chore is done.</summary>
public enum Pace
{
    /// <summary>Every five minutes: somebody may be waiting for it.</summary>
    Often,

    /// <summary>Once a night: it reads much, and nobody waits for it.</summary>
    Nightly,
}

/// <summary>One visit of the sweep to one site.</summary>
/// <param name="Site">Which one.</param>
/// <param name="Now">When; the same for all sites of a run.</param>
/// <param name="Client">Durable's client, for operations that have to be started.</param>
public sealed record SiteVisit(Id<Site> Site, DateTimeOffset Now, DurableTaskClient Client)
{
    /// <summary>Each transaction of a visit is an operation like any other.</summary>
    /// <param name="chore">What is done.</param>
    /// <param name="part">Which of its transactions.</param>
    internal Operation OperationOf(string chore, FormattableString part)
    {
        var name = string.Create(
            CultureInfo.InvariantCulture, $"{Now.UtcTicks}-{part.ToString(CultureInfo.InvariantCulture)}");
        return new()
        {
            Id = new(Site, OperationIds.Hash(chore, Site.Value, name)),
            Kind = OperationKind.Sweep,
            Actor = Actor.System,
            Arguments = OperationIds.Hash(name),
            At = Now,
        };
    }
}

/// <summary>
/// Something that has to be done at every site from time to time. It may run late, twice, and in two processes at once,
/// and be cut off anywhere: what it does is harmless when repeated, and bounded, so that the next visit does the rest.
/// </summary>
public interface ISiteChore
{
    Pace Pace { get; }

    Task RunAsync(SiteVisit visit, CancellationToken ct);
}
