using System.Collections.Frozen;
using PhoneNumbers;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Numbers;

/// <summary>
/// Numbers as people write them: E.164, or the national form of the site's country. Numbering plans are
/// libphonenumber's.
/// </summary>
static class PhoneText
{
    static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <summary>Room for 15 digits with something between any two of them.</summary>
    const int LengthMax = 32;

    const string Separators = "+ -.()";

    /// <summary>ISO codes of the countries whose numbering plan is known.</summary>
    public static readonly FrozenSet<string> Countries = Plans.GetSupportedRegions().ToFrozenSet();

    /// <summary>Reads a number; false for anything that its country's plan cannot hold.</summary>
    /// <param name="text">Such as +442079460000 or 020 7946 0000.</param>
    /// <param name="country">The region of national forms, such as GB.</param>
    /// <param name="number">The number.</param>
    public static bool TryRead(string? text, string country, out E164 number)
    {
        number = default;
        // The library finds a number in any text and drops the rest of it: an extension, a second number, words.
        if (text is not { Length: <= LengthMax } || !text.All(c => char.IsAsciiDigit(c) || Separators.Contains(c)))
            return false;

        try
        {
            var parsed = Plans.Parse(text, country);
            return Plans.IsPossibleNumber(parsed)
                && E164.TryParse(Plans.Format(parsed, PhoneNumberFormat.E164), out number);
        }
        catch (NumberParseException)
        {
            return false;
        }
    }

    /// <summary>As people of its country write it, such as 020 7946 0000.</summary>
    public static string National(E164 number) =>
        Plans.Format(Plans.Parse(number.ToString(), null), PhoneNumberFormat.NATIONAL);
}
