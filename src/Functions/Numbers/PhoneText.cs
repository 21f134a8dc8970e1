using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using PhoneNumbers;
using Telephony.Domain.Numbers;
using static PhoneNumbers.PhoneNumber.Types;

namespace Telephony.Functions.Numbers;

/// <summary>
/// Numbers as people write them: E.164, or the national form of the site's country. Numbering plans are
/// libphonenumber's, but not its guesses: it would also take a number that lacks its plus sign or its leading zero.
/// </summary>
static partial class PhoneText
{
    static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();
    static readonly ShortNumberInfo ShortNumbers = ShortNumberInfo.GetInstance();

    /// <summary>Room for 15 digits with something between any two of them.</summary>
    public const int LengthMax = 32;

    const string Separators = "+ -.()";

    /// <summary>ISO codes of the countries whose numbering plan is known.</summary>
    public static readonly FrozenSet<string> Countries = Plans.GetSupportedRegions().ToFrozenSet();

    /// <summary>The number that a text can only mean, or why there is none.</summary>
    /// <param name="text">Such as +442079460000 or 020 7946 0000.</param>
    /// <param name="country">The region of national forms, such as GB.</param>
    public static PhoneReading Read(string? text, string country)
    {
        if (text is not { Length: <= LengthMax })
            return new PhoneReading.NotANumber();
        if (CalculatedText().IsMatch(text))
            return new PhoneReading.Calculated();

        // The library finds a number in any text and drops the rest of it: an extension, a second number, words.
        if (!text.All(c => char.IsAsciiDigit(c) || Separators.Contains(c))
            || Parse(text, country) is not { } parsed
            || !E164.TryParse(Plans.Format(parsed, PhoneNumberFormat.E164), out var number))
        {
            return new PhoneReading.NotANumber();
        }

        // A local number, without its area code, is possible to the library; here it names nothing.
        var fits = Plans.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;
        return (IsNational(parsed, country) ? WhatIsLost(text, parsed, fits, country) : null)
            ?? (fits ? new PhoneReading.Understood(number) : new PhoneReading.NotANumber());
    }

    /// <summary>Whether who dials it in a country reaches emergency services, with or without a country code.</summary>
    public static bool IsEmergency(string text, string country) =>
        ShortNumbers.IsEmergencyNumber(text, country)
        || (Parse(text, country) is { } parsed && ShortNumbers.IsEmergencyNumber(
            Plans.GetNationalSignificantNumber(parsed), Plans.GetRegionCodeForCountryCode(parsed.CountryCode)));

    /// <summary>Whether its country's plan gives out such numbers.</summary>
    public static bool IsDialable(E164 number) => Plans.IsValidNumber(Plans.Parse(number.ToString(), null));

    /// <summary>As people anywhere write it, such as +44 20 7946 0000.</summary>
    public static string International(E164 number) =>
        Plans.Format(Plans.Parse(number.ToString(), null), PhoneNumberFormat.INTERNATIONAL);

    /// <summary>As people of its country write it, such as 020 7946 0000.</summary>
    public static string National(E164 number) =>
        Plans.Format(Plans.Parse(number.ToString(), null), PhoneNumberFormat.NATIONAL);

    /// <summary>Not led in by a plus sign, nor by what is dialled in its place.</summary>
    static bool IsNational(PhoneNumber parsed, string country) =>
        parsed.CountryCodeSource
            is not (CountryCodeSource.FROM_NUMBER_WITH_PLUS_SIGN or CountryCodeSource.FROM_NUMBER_WITH_IDD)
        // In North America people write the 1 before the area code: with and without plus, it is the same number.
        && !(parsed.CountryCodeSource is CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN
            && Plans.GetNddPrefixForRegion(country, true)
                == parsed.CountryCode.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null when nothing is: the digits are as people of the country write them.</summary>
    static PhoneReading? WhatIsLost(string text, PhoneNumber parsed, bool fits, string country)
    {
        var digits = Digits(text);
        var lacksPlus = parsed.CountryCodeSource is CountryCodeSource.FROM_NUMBER_WITHOUT_PLUS_SIGN;
        var lacksZero = !digits.StartsWith('0')
            && Digits(Plans.Format(parsed, PhoneNumberFormat.NATIONAL)).StartsWith('0');
        if (fits && !lacksPlus && !lacksZero && (digits.StartsWith('0') || Plans.IsValidNumber(parsed)))
            return null;

        var international = Valid("+" + digits, country);
        if (international is not null && Plans.GetCountryCodeForRegion(country) == international.CountryCode)
            return new PhoneReading.LostPlus(Number(international));
        if (Valid("0" + digits, country) is { } withZero)
            return new PhoneReading.LostZero(Number(withZero));
        if (!fits)
            return international is null ? null : new PhoneReading.LostPlus(Number(international));
        if (lacksPlus)
            return new PhoneReading.LostPlus(Number(parsed));
        return lacksZero ? new PhoneReading.LostZero(Number(parsed)) : null;
    }

    static PhoneNumber? Valid(string text, string country) =>
        Parse(text, country) is { } parsed && Plans.IsValidNumber(parsed)
            && E164.TryParse(Plans.Format(parsed, PhoneNumberFormat.E164), out _) ? parsed : null;

    static PhoneNumber? Parse(string text, string country)
    {
        try
        {
            return Plans.ParseAndKeepRawInput(text, country);
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    static E164 Number(PhoneNumber parsed) => E164.Parse(Plans.Format(parsed, PhoneNumberFormat.E164));

    static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>An exponent, or zeros behind a decimal point.</summary>
    [GeneratedRegex(@"^[+-]?\d+([.,]\d+)?[eE]\+?\d+$|^\d{5,}[.,]0{1,2}$")]
    private static partial Regex CalculatedText();
}
