namespace Telephony.Domain.Directory;

/// <summary>
/// A place with a pool of numbers. Its id is unique everywhere; its rules are <see cref="Rules.SiteRules"/>.
/// </summary>
/// <param name="Id">Unique over all operators.</param>
/// <param name="Operator">Who runs it.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Country">ISO 3166-1 alpha-2, such as <c>GB</c>: the region of national number forms.</param>
/// <param name="TimeZone">IANA zone, such as <c>Europe/London</c>.</param>
/// <param name="Address">The street address, on one line.</param>
public sealed record Site(
    Id<Site> Id, Id<Operator> Operator, string Name, string Country, string TimeZone, string Address);
