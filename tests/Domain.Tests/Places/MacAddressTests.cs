using System.Globalization;
using CsCheck;
using Telephony.Domain.Places;

namespace Telephony.Domain.Tests.Places;

public sealed class MacAddressTests
{
    /// <summary>Twelve digits that name one device: the group bit is off, and not all of them are zero.</summary>
    static readonly Gen<string> Device = Gen.ULong[1, (1UL << 48) - 1]
        .Select(bits => bits & ~(1UL << 40)).Where(bits => bits != 0)
        .Select(bits => bits.ToString("x12", CultureInfo.InvariantCulture));

    [Fact]
    public void Every_spelling_of_a_random_address_reads_the_same() => Device.Sample(digits =>
    {
        foreach (var spelling in Spellings(digits))
        {
            Assert.Null(MacAddress.Read(spelling, out var address));
            Assert.Equal(MacAddress.Parse(digits), address);
            Assert.Equal(digits, address.Key);
            Assert.Equal(Grouped(digits, 2, ':'), address.ToString());
        }
    });

    [Fact]
    public void What_is_written_is_read_and_sorts_as_its_digits_do() =>
        Gen.Select(Device, Device).Sample((one, other) =>
    {
        var (first, second) = (MacAddress.Parse(one), MacAddress.Parse(other));
        Assert.Equal(first, MacAddress.Parse(first.ToString()));
        Assert.Equal(Math.Sign(string.CompareOrdinal(one, other)), Math.Sign(first.CompareTo(second)));
    });

    [Fact]
    public void Garbage_is_told_and_never_throws() => Gen.OneOf(
            Gen.String, Gen.String["0123456789abcdefABCDEF:-. g"], Gen.Char.Array[12].Select(c => new string(c)),
            Device.Select(Gen.Char, Gen.Int[0, 16], (digits, c, at) =>
                Grouped(digits, 2, ':').Remove(at, 1).Insert(at, $"{c}")))
        .Sample(text =>
        {
            var fault = MacAddress.Read(text, out var address);
            var isOne = text.Length > 0 && Spellings(Digits(text)).Contains(text, StringComparer.OrdinalIgnoreCase);
            Assert.True(fault is null or not MacFault.NotAnAddress == isOne, text);
            Assert.Equal(fault is null ? address : default, address);
        });

    [Theory]
    [InlineData("00:00:00:00:00:00", MacFault.AllZero)]
    [InlineData("ff-ff-ff-ff-ff-ff", MacFault.Broadcast)]
    [InlineData("0100.5e00.0001", MacFault.Multicast)]
    [InlineData("33330000000A", MacFault.Multicast)]
    [InlineData(null, MacFault.NotAnAddress)]
    [InlineData("", MacFault.NotAnAddress)]
    [InlineData("00:1A:2B:3C:4D", MacFault.NotAnAddress)]
    [InlineData("00:1A:2B:3C:4D:5E:6F", MacFault.NotAnAddress)]
    [InlineData("00:1A-2B:3C:4D:5E", MacFault.NotAnAddress)]
    [InlineData("001A-2B3C:4D5E", MacFault.NotAnAddress)]
    [InlineData("001A2B_3C4D5E", MacFault.NotAnAddress)]
    [InlineData("001A2-B3C4D5E", MacFault.NotAnAddress)]
    [InlineData("001-A2B-3C4-D5E", MacFault.NotAnAddress)]
    [InlineData("001A.2B3C.4D5E.", MacFault.NotAnAddress)]
    [InlineData("0:1A:2B:3C:4D:5E", MacFault.NotAnAddress)]
    [InlineData("00Z1AZ2BZ3CZ4DZ5E", MacFault.NotAnAddress)]
    [InlineData("0:1A:2B:3C:4D:5E:", MacFault.NotAnAddress)]
    [InlineData("001A2B3C4D5G", MacFault.NotAnAddress)]
    [InlineData(" 001A2B3C4D5E", MacFault.NotAnAddress)]
    [InlineData("٠٠:1A:2B:3C:4D:5E", MacFault.NotAnAddress)]
    public void What_names_no_single_device_is_told_apart(string? text, MacFault fault)
    {
        Assert.Equal(fault, MacAddress.Read(text, out _));
        Assert.Throws<FormatException>(() => MacAddress.Parse(text!));
    }

    static IEnumerable<string> Spellings(string digits) =>
        from length in new[] { 2, 4, 6, 12 }
        from between in ":-. "
        let spelling = Grouped(digits, length, between)
        from cased in new[] { spelling, spelling.ToUpperInvariant(), Mixed(spelling) }
        select cased;

    static string Digits(string text) => text.Count(char.IsAsciiHexDigit) == 12
        ? string.Concat(text.Where(char.IsAsciiHexDigit))
        : "";

    static string Grouped(string digits, int length, char between) =>
        string.Join(between, digits.Chunk(length).Select(group => new string(group)));

    static string Mixed(string text) =>
        string.Concat(text.Select((c, i) => i % 2 == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)));
}
