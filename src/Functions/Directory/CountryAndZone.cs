using Telephony.Domain.Groups;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Directory;

/// <summary>What is known about places on earth.</summary>
static class CountryAndZone
{
    public const int ZoneLengthMax = 64;

    /// <summary>A region whose national number forms are known.</summary>
    public static bool IsCountry(string text) => PhoneText.Countries.Contains(text);

    // The framework looks zones up as files, so nothing that could be another path may reach it.
    public static bool IsTimeZone(string text) =>
        text.Length is > 0 and <= ZoneLengthMax
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '-' or '+')
        && char.IsAsciiLetterUpper(text[0])
        && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
        && zone.HasIanaId
        && TimeZones.IsKnown(text);
}
