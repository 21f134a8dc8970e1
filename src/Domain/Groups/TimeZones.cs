using System.Collections.Frozen;
using NodaTime;

namespace Telephony.Domain.Groups;

/// <summary>Zones by their IANA ids, as NodaTime knows them: the same on every machine.</summary>
public static class TimeZones
{
    // Asked by id, the provider would also make up a zone for a text such as UTC+3.
    static readonly FrozenSet<string> Ids = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsKnown(string id) => Ids.Contains(id);

    /// <exception cref="NodaTime.TimeZones.DateTimeZoneNotFoundException">There is no such zone.</exception>
    public static DateTimeZone Find(string id) => DateTimeZoneProviders.Tzdb[id];
}
