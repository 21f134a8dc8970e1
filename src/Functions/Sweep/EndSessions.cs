using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Functions.Assignment;
using Telephony.Functions.Directory;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>Logs numbers out whose time at a shared handset is over.</summary>
public sealed class EndSessions(LineTable lines, LineWork work, DirectoryTable directory) : ISiteChore
{
    /// <summary>Numbers in one visit; the next visit goes on.</summary>
    const int Max = 500;

    public Pace Pace => Pace.Often;

    public async Task RunAsync(SiteVisit visit, CancellationToken ct)
    {
        var over = await lines.SessionsOverAsync(visit.Site, visit.Now, ct).Take(Max).ToListAsync(ct);
        if (over.Count == 0 || await directory.SiteAsync(visit.Site, ct) is not { } site)
            return;

        // One that fails keeps no other number from being logged out.
        var failed = new List<Exception>();
        foreach (var number in over)
        {
            try
            {
                await EndAsync(visit, site, number, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failed.Add(new InvalidOperationException($"{number}: {e.Message}", e));
            }
        }

        if (failed.Count > 0)
            throw new AggregateException($"{failed.Count} sessions of {visit.Site} were not ended.", failed);
    }

    async Task EndAsync(SiteVisit visit, Site site, E164 number, CancellationToken ct)
    {
        var operation = visit.OperationOf("sessions", $"{number}");
        // Refused where it has been logged out meanwhile, or where nothing may change: it is seen again next time.
        await work.TransactAsync(
            site,
            new(
                operation, NumberChange.Step, visit.Now, stop => lines.LoadAsync(site.Id, [number], [], stop),
                state => LineDecider.Decide(state, new LogOut(
                    number, new(operation.Id, Party.Timer, visit.Now)))), ct);
    }
}
