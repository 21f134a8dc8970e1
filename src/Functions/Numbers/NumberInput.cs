using System.Globalization;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Numbers;

/// <summary>A DDI range as it is sent: both ends included, in E.164 or the site's national form.</summary>
sealed record RangeInput(string From, string To);

/// <summary>Numbers as they are sent, checked one by one so that every wrong one is named.</summary>
static class NumberInput
{
    /// <summary>A list longer than this cannot fit one transaction.</summary>
    public const int ListMax = PoolDecider.BlocksMax * Block.Size;

    /// <summary>A list or a range, whichever was sent.</summary>
    /// <param name="list">The member <c>numbers</c>.</param>
    /// <param name="range">The member <c>range</c>.</param>
    /// <param name="country">The region of national forms.</param>
    /// <param name="prefix">Where in the body the two stand, such as <c>lines[3].</c></param>
    public static Checked<NumberSet> Read(
        IReadOnlyList<string>? list, RangeInput? range, string country, string prefix = "") => (list, range) switch
        {
            ({ }, null) => Read(list, country, prefix + "numbers"),
            (null, { }) => Read(range, country, prefix + "range"),
            _ => Problems.Invalid(ProblemError.OfField(
                prefix + "numbers", "one-of", "Either 'numbers' or 'range' must say which numbers, and not both.",
                "Send one of them.")),
        };

    static Checked<NumberSet> Read(IReadOnlyList<string> texts, string country, string field)
    {
        if (texts.Count is 0 or > ListMax)
        {
            return Problems.Invalid(ProblemError.OfField(
                field, "out-of-range", $"It has {texts.Count} numbers.", $"Send 1 to {ListMax} numbers."));
        }

        var errors = new List<ProblemError>();
        var numbers = new Dictionary<E164, int>();
        for (var i = 0; i < texts.Count; i++)
        {
            if (!PhoneText.TryRead(texts[i], country, out var number))
                errors.Add(NotANumber(At(field, i), texts[i], country));
            else if (!numbers.TryAdd(number, i))
                errors.Add(Twice(At(field, i), number, At(field, numbers[number])));
        }

        return errors.Count > 0 ? Problems.Invalid([.. errors]) : NumberSet.Of(numbers.Keys);
    }

    static Checked<NumberSet> Read(RangeInput input, string country, string field)
    {
        var errors = new List<ProblemError>();
        if (!PhoneText.TryRead(input.From, country, out var from))
            errors.Add(NotANumber($"{field}.from", input.From, country));
        if (!PhoneText.TryRead(input.To, country, out var to))
            errors.Add(NotANumber($"{field}.to", input.To, country));
        if (errors.Count > 0)
            return Problems.Invalid([.. errors]);

        return NumberRange.TryCreate(from, to, out var range) switch
        {
            RangeFault.Reversed => Problems.Invalid(ProblemError.OfField(
                field, "range-reversed", $"{from} comes after {to}.", "Send the lower number in 'from'.")),
            RangeFault.MixedLength => Problems.Invalid(ProblemError.OfField(
                field, "range-mixed-length", $"{from} and {to} have different numbers of digits.",
                "Send two numbers of one range.")),
            _ when range.BlockCount > PoolDecider.BlocksMax =>
                Refusals.Problem([new Refusal.TooManyBlocks(range.BlockCount)]),
            _ => range.ToSet(),
        };
    }

    static string At(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");

    static ProblemError NotANumber(string field, string? text, string country) => ProblemError.OfField(
        field, "not-a-number", $"'{Problems.Shown(text)}' is no phone number.",
        $"Send E.164, such as +442079460000, or the national form of {country}.");

    static ProblemError Twice(string field, E164 number, string first) => ProblemError.OfField(
        field, "named-twice", $"{number} already stands at {first}.", "Name each number once.");
}
