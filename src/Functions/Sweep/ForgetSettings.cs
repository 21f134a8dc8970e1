using Telephony.Functions.Storage;

namespace Telephony.Functions.Sweep;

/// <summary>
/// Removes what was set of numbers that are no longer in service, or for users who do not have them any more: names and
/// addresses are in it.
/// </summary>
public sealed class ForgetSettings(SettingsTable table) : ISiteChore
{
    public Pace Pace => Pace.Nightly;

    public Task RunAsync(SiteVisit visit, CancellationToken ct) => table.ForgetAsync(visit.Site, ct);
}
