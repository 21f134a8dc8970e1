using Telephony.Domain.Numbers;

namespace Telephony.Functions.Numbers;

/// <summary>
/// What a text says of a phone number. A number that lost a character on its way through a spreadsheet is not mended:
/// the probable one is shown, and the sender decides.
/// </summary>
abstract record PhoneReading
{
    PhoneReading() { }

    /// <summary>It is this number and can be no other.</summary>
    public sealed record Understood(E164 Number) : PhoneReading;

    /// <summary>A country code without the plus sign before it.</summary>
    public sealed record LostPlus(E164 Probable) : PhoneReading;

    /// <summary>A national form without the zero that people of the country write first.</summary>
    public sealed record LostZero(E164 Probable) : PhoneReading;

    /// <summary>What a spreadsheet makes of digits, such as 4.42079E+11: some of them are gone for good.</summary>
    public sealed record Calculated : PhoneReading;

    public sealed record NotANumber : PhoneReading;
}
