using Microsoft.AspNetCore.Http;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.Places;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>The numbers and handsets that addresses name, as far as the caller sees them.</summary>
public sealed class LineAddress(SiteQueries sites, SitePartition partition)
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

    internal static Checked<MacAddress> Handset(string mac) =>
        PlaceInput.Wrong(mac, out var address) is null ? address : Problems.NotFound();
}
