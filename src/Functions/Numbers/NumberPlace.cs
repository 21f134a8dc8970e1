using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Numbers;

/// <summary>Where a number is.</summary>
/// <param name="Number">In E.164.</param>
/// <param name="National">As people of its country write it.</param>
/// <param name="Site">The site that has it.</param>
/// <param name="Operator">Whose site that is.</param>
/// <param name="State">Where it is in its life.</param>
sealed record NumberPlace(string Number, string National, string Site, string Operator, NumberState State)
{
    public static NumberPlace Of(Site site, E164 id, Number number) => new(
        id.ToString(), PhoneText.National(id), site.Id.Value, site.Operator.Value, number.State);
}
