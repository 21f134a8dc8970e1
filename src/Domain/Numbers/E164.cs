using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Telephony.Domain.Numbers;

/// <summary>
/// A phone number in the form of ITU-T E.164, such as +442079460000: a country code and a number, 7 to 15 digits in
/// all. The digits never start with 0, so the integer that they make is the number, and numbers sort as integers.
/// </summary>
public readonly record struct E164 : IComparable<E164>
{
    public const int DigitsMin = 7;
    public const int DigitsMax = 15;

    const long Smallest = 1_000_000;
    const long Largest = 999_999_999_999_999;

    /// <summary>The one that sorts after all others.</summary>
    public static readonly E164 Last = new(Largest);

    E164(long digits) => Digits = digits;

    /// <summary>The digits as an integer; 0 only for a default value, which is no number.</summary>
    public long Digits { get; }

    /// <summary>The block of 100 that the number lies in.</summary>
    public BlockId Block => new(Digits / Numbers.Block.Size);

    /// <summary>Its place in the block, 0 to 99.</summary>
    public int Slot => (int)(Digits % Numbers.Block.Size);

    /// <summary>How many digits it has; numbers of different length are never in one range.</summary>
    public int Length => Digits.ToString(CultureInfo.InvariantCulture).Length;

    public static bool TryParse([NotNullWhen(true)] string? text, out E164 number)
    {
        var valid = text is ['+', >= '1' and <= '9', .. var rest]
            && rest.Length is >= DigitsMin - 1 and < DigitsMax && rest.All(char.IsAsciiDigit);
        number = valid ? new(long.Parse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture)) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text is not in the form +442079460000.</exception>
    public static E164 Parse(string text) =>
        TryParse(text, out var number) ? number : throw new FormatException($"'{text}' is not like +442079460000.");

    /// <exception cref="ArgumentOutOfRangeException">The digits make no number of 7 to 15 digits.</exception>
    public static E164 FromDigits(long digits) => digits is >= Smallest and <= Largest
        ? new(digits)
        : throw new ArgumentOutOfRangeException(nameof(digits), digits, "Not 7 to 15 digits.");

    public int CompareTo(E164 other) => Digits.CompareTo(other.Digits);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"+{Digits}");
}
