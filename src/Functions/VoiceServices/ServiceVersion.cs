using System.Globalization;
using Azure;
using Telephony.Domain.Services;

namespace Telephony.Functions.VoiceServices;

/// <summary>
/// A voice service's version as an ETag. It counts the service's own changes, not those of the row it shares.
/// </summary>
static class ServiceVersion
{
    public static ETag Of(VoiceService service) => new(service.Version.ToString(CultureInfo.InvariantCulture));

    public static bool TryRead(ETag etag, out int version) =>
        int.TryParse(etag.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
