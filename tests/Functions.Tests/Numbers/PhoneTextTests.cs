using PhoneNumbers;
using Telephony.Domain.Numbers;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Tests.Numbers;

/// <summary>
/// What people and their spreadsheets make of numbers, held to libphonenumber's own example of every country.
/// </summary>
public sealed class PhoneTextTests
{
    static readonly PhoneNumberUtil Plans = PhoneNumberUtil.GetInstance();

    /// <summary>A fixed, a mobile and a free number, where the country has them.</summary>
    static readonly IReadOnlyList<(string Country, PhoneNumber Number)> Examples =
    [
        .. from country in PhoneText.Countries
           from type in new[] { PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE }
           let example = Plans.GetExampleNumberForType(country, type)
           where example is not null
           select (country, example),
    ];

    [Theory]
    [InlineData("+442079460000", "GB", "+442079460000")]
    [InlineData("+44 (0)20 7946 0000", "GB", "+442079460000")]
    [InlineData("020 7946 0000", "GB", "+442079460000")]
    [InlineData("(020) 7946-0000", "GB", "+442079460000")]
    [InlineData("0044 20 7946 0000", "GB", "+442079460000")]
    [InlineData("+33 1 23 45 67 89", "GB", "+33123456789")]
    [InlineData("(212) 555-0100", "US", "+12125550100")]
    [InlineData("1 212 555 0100", "US", "+12125550100")]
    [InlineData("12125550100", "US", "+12125550100")]
    [InlineData("912 34 56 78", "ES", "+34912345678")]
    [InlineData("030 123456", "DE", "+4930123456")]
    [InlineData("06 6981 2345", "IT", "+390669812345")]
    [InlineData("312 345 6789", "IT", "+393123456789")]
    [InlineData("01 23 45 67 89", "FR", "+33123456789")]
    [InlineData("495 123-45-67", "RU", "+74951234567")]
    public void What_can_mean_one_number_only_is_that_number(string text, string country, string number) =>
        Assert.Equal(new PhoneReading.Understood(E164.Parse(number)), PhoneText.Read(text, country));

    [Theory]
    [InlineData("442079460000", "GB", "+442079460000")]
    [InlineData("442.079.460.000", "GB", "+442079460000")]
    [InlineData("4930123456", "DE", "+4930123456")]
    [InlineData("34912345678", "ES", "+34912345678")]
    [InlineData("390669812345", "IT", "+390669812345")]
    [InlineData("33123456789", "GB", "+33123456789")]
    [InlineData("12125550100", "GB", "+12125550100")]
    public void A_number_that_lost_its_plus_sign_is_shown_and_not_taken(string text, string country, string probable) =>
        Assert.Equal(new PhoneReading.LostPlus(E164.Parse(probable)), PhoneText.Read(text, country));

    [Theory]
    [InlineData("2079460000", "GB", "+442079460000")]
    [InlineData("20 7946 0000", "GB", "+442079460000")]
    [InlineData("30123456", "DE", "+4930123456")]
    [InlineData("669812345", "IT", "+390669812345")]
    [InlineData("123456789", "FR", "+33123456789")]
    [InlineData("6201234567", "HU", "+36201234567")]
    public void A_number_that_lost_its_leading_zero_is_shown_and_not_taken(
        string text, string country, string probable) =>
        Assert.Equal(new PhoneReading.LostZero(E164.Parse(probable)), PhoneText.Read(text, country));

    [Theory]
    [InlineData("4.42079E+11")]
    [InlineData("4,42079E+11")]
    [InlineData("4E11")]
    [InlineData("4.42079e11")]
    [InlineData("442079460000.0")]
    [InlineData("442079460000,00")]
    public void What_a_spreadsheet_calculated_is_told_apart(string text) =>
        Assert.Equal(new PhoneReading.Calculated(), PhoneText.Read(text, "GB"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7946 0000")]
    [InlineData("999")]
    [InlineData("+999123456789")]
    [InlineData("+442079460000 ext 5")]
    [InlineData("020 7946 0000/1")]
    [InlineData("=1+1")]
    [InlineData("'+442079460000")]
    [InlineData("１２３４５６７８９")]
    [InlineData("0000000000000000000000000000000000")]
    public void What_names_no_number_is_none(string? text) =>
        Assert.Equal(new PhoneReading.NotANumber(), PhoneText.Read(text, "GB"));

    [Fact]
    public void Every_countrys_own_numbers_are_understood_as_people_there_write_them_and_in_E164()
    {
        Assert.True(Examples.Count > 600, $"Only {Examples.Count} examples.");
        Assert.All(Examples, example =>
        {
            var number = E164.Parse(Plans.Format(example.Number, PhoneNumberFormat.E164));
            var expected = new PhoneReading.Understood(number);
            Assert.Equal(expected, PhoneText.Read(PhoneText.National(number), example.Country));
            Assert.Equal(expected, PhoneText.Read(number.ToString(), example.Country));
        });
    }

    [Fact]
    public void Without_its_plus_sign_no_countrys_number_is_taken_for_another() => Assert.All(Examples, example =>
    {
        var number = E164.Parse(Plans.Format(example.Number, PhoneNumberFormat.E164));
        var read = PhoneText.Read(number.ToString()[1..], example.Country);
        // In North America it is a national form, too, of the same number.
        Assert.Equal(
            example.Number.CountryCode == 1
                ? new PhoneReading.Understood(number)
                : new PhoneReading.LostPlus(number), read);
    });

    [Fact]
    public void Without_its_leading_zero_no_countrys_number_is_taken_for_another() => Assert.All(
        Examples.Select(example => (example.Country, Number:
            E164.Parse(Plans.Format(example.Number, PhoneNumberFormat.E164))))
            .Select(example => (example.Country, example.Number, Digits:
                string.Concat(PhoneText.National(example.Number).Where(char.IsAsciiDigit))))
            .Where(example => example.Digits.StartsWith('0')),
        example => Assert.Equal(
            new PhoneReading.LostZero(example.Number),
            PhoneText.Read(example.Digits.TrimStart('0'), example.Country)));
}
