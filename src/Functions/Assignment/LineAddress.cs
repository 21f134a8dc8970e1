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
public sealed class LineAddress(SiteQueries sites)
{
    /// <summary>The number, when it is one of the site's that the caller sees.</summary>
    internal async Task<Checked<(E164 Id, Number Number)>> NumberAsync(
        HttpRequest request, string number, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var site = admitted.Site!;
        if (PhoneText.Read(number, site.Country) is not PhoneReading.Understood { Number: var id }
            || await sites.NumberAsync(site.Id, id, ct) is not { State: not NumberState.Retired } found
            || (admitted.OnlyAccount is { } only && found.Account != only)
            || (admitted.OnlyUser is { } user && !(await sites.NumbersOfAsync(site.Id, user, ct)).Contains(id)))
        {
            return Problems.NotFound();
        }

        return (id, found);
    }

    internal static Checked<MacAddress> Handset(string mac) =>
        PlaceInput.Wrong(mac, out var address) is null ? address : Problems.NotFound();
}
