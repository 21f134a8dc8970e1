using System.Globalization;

namespace Telephony.Domain.Places;

/// <summary>Why a text names no single device.</summary>
public enum MacFault
{
    /// <summary>Not twelve hexadecimal digits, together or in equal groups of two, four or six.</summary>
    NotAnAddress,
    AllZero,

    /// <summary>All devices at once.</summary>
    Broadcast,

    /// <summary>A group of devices: the lowest bit of the first octet is set.</summary>
    Multicast,
}

/// <summary>
/// The hardware address of one device. It is read in each of the usual spellings and written in one,
/// <c>00:1a:2b:3c:4d:5e</c>.
/// </summary>
public readonly record struct MacAddress : IComparable<MacAddress>
{
    const int Digits = 12;
    const string Separators = ":-. ";
    const ulong All = (1UL << (4 * Digits)) - 1;
    const ulong GroupBit = 1UL << 40;

    readonly ulong bits;

    MacAddress(ulong bits) => this.bits = bits;

    /// <summary>The twelve digits alone, as keys and addresses of the API have them.</summary>
    public string Key => bits.ToString("x12", CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads <c>00:1A:2B:3C:4D:5E</c>, <c>001A-2B3C-4D5E</c>, <c>001A2B.3C4D5E</c> and <c>001A2B3C4D5E</c>, in either
    /// case: makers group the digits by two, four or six, and put colons, hyphens, dots or spaces between.
    /// </summary>
    /// <returns>Null when it was read.</returns>
    public static MacFault? Read(string? text, out MacAddress address)
    {
        address = default;
        if (BitsOf(text ?? "") is not { } bits)
            return MacFault.NotAnAddress;

        MacFault? fault = bits switch
        {
            0 => MacFault.AllZero,
            All => MacFault.Broadcast,
            _ => (bits & GroupBit) != 0 ? MacFault.Multicast : null,
        };
        address = fault is null ? new(bits) : default;
        return fault;
    }

    /// <exception cref="FormatException">The text names no single device.</exception>
    public static MacAddress Parse(string text) => Read(text, out var address) is { } fault
        ? throw new FormatException($"'{text}' names no device: {fault}.")
        : address;

    public int CompareTo(MacAddress other) => bits.CompareTo(other.bits);

    public override string ToString() => string.Join(':', Key.Chunk(2).Select(pair => new string(pair)));

    static ulong? BitsOf(string text)
    {
        var group = text.Length switch
        {
            Digits => Digits,
            Digits + 1 => 6,
            Digits + 2 => 4,
            Digits + 5 => 2,
            _ => 0,
        };
        if (group == 0 || (group < Digits && !Separators.Contains(text[group])))
            return null;

        var bits = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            var isBetween = i % (group + 1) == group;
            if (isBetween ? text[i] != text[group] : !char.IsAsciiHexDigit(text[i]))
                return null;
            if (!isBetween)
                bits = (bits << 4) | (uint)HexValue(text[i]);
        }

        return bits;
    }

    static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
