using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.Places;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>
/// The numbers and handsets that addresses name, and what is known of them, as far as the caller sees it.
/// </summary>
public sealed class LineAddress(SiteQueries sites, SitePartition partition, DirectoryTable directory)
{
    /// <summary>The number, when it is one of the site's that the caller sees.</summary>
    /// <param name="request">Whose path or body names it.</param>
    /// <param name="number">As it is written there.</param>
    /// <param name="ct">Stops between reads.</param>
    /// <param name="mayBeOld">It may be as this process last saw it: whoever changes it decides on its row.</param>
    internal async Task<Checked<(E164 Id, Number Number)>> NumberAsync(
        HttpRequest request, string number, CancellationToken ct, bool mayBeOld = false)
    {
        var admitted = Admitted.Of(request);
        var site = admitted.Site!;
        if (PhoneText.Read(number, site.Country) is not PhoneReading.Understood { Number: var id })
            return Problems.NotFound();

        if (mayBeOld && admitted.OnlyUser is null && partition.Recall(site.Id)?.Pool.Find(id) is { } last && Sees(last))
            return (id, last);

        if (await sites.NumberAsync(site.Id, id, ct) is not { } found
            || !Sees(found)
            || (admitted.OnlyUser is { } user && !(await sites.NumbersOfAsync(site.Id, user, ct)).Contains(id)))
        {
            return Problems.NotFound();
        }

        return (id, found);

        bool Sees(Number seen) =>
            seen.State is not NumberState.Retired
            && (admitted.OnlyAccount is not { } only || seen.Account == only);
    }

    /// <summary>
    /// An occupier does not see who of the operator confirmed a location. Only the id was written down, so who is not
    /// known as one of its own people may be the operator's.
    /// </summary>
    internal async Task<EmergencyView> ToldAsync(HttpRequest request, EmergencyView view, CancellationToken ct)
    {
        var caller = Admitted.Of(request).Caller;
        return !caller.IsOccupier || view.ConfirmedBy is not { } by || by == caller.Id.Value
            || (Id<User>.TryParse(by, out var user) && caller.Sees(user)
                && await directory.AccountOfUserAsync(caller.Operator!.Value, user, ct) == caller.Account)
            ? view
            : view with { ConfirmedBy = null };
    }

    internal static Checked<MacAddress> Handset(string mac) =>
        PlaceInput.ReadMac(mac, out var address) is null ? address : Problems.NotFound();
}
