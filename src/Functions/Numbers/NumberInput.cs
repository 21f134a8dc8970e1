using System.Globalization;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Numbers;

/// <summary>A DDI range as it is sent: both ends included, in E.164 or the site's national form.</summary>
/// <param name="From">The lowest number.</param>
/// <param name="To">The highest number.</param>
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
            if (Read(texts[i], country, At(field, i), out var number) is { } wrong)
                errors.Add(wrong);
            else if (!numbers.TryAdd(number, i))
                errors.Add(Twice(At(field, i), number, At(field, numbers[number])));
        }

        return errors.Count > 0 ? Problems.Invalid([.. errors]) : NumberSet.Of(numbers.Keys);
    }

    static Checked<NumberSet> Read(RangeInput input, string country, string field)
    {
        var errors = new List<ProblemError>();
        if (Read(input.From, country, $"{field}.from", out var from) is { } wrongFrom)
            errors.Add(wrongFrom);
        if (Read(input.To, country, $"{field}.to", out var to) is { } wrongTo)
            errors.Add(wrongTo);
        if (errors.Count > 0)
            return Problems.Invalid([.. errors]);

        if (NumberRange.TryCreate(from, to, out var range) is { } fault)
            return Problems.Invalid(Wrong(field, from, to, fault));
        return range.BlockCount > PoolDecider.BlocksMax
            ? Refusals.Problem([new Refusal.TooManyBlocks(range.BlockCount)])
            : range.ToSet();
    }

    /// <summary>One number, or what is wrong with its text.</summary>
    /// <param name="text">As it was sent.</param>
    /// <param name="country">The region of national forms.</param>
    /// <param name="field">Where it stood.</param>
    /// <param name="number">The number, when nothing is wrong.</param>
    public static ProblemError? Read(string? text, string country, string field, out E164 number)
    {
        number = default;
        switch (PhoneText.Read(text, country))
        {
            case PhoneReading.Understood understood:
                number = understood.Number;
                return null;
            case PhoneReading.LostPlus lost:
                return ProblemError.OfField(
                    field, "lost-plus-sign", $"'{text}' has lost its plus sign.",
                    $"If {lost.Probable} is meant, send it so. Format the column as text before you save it.");
            case PhoneReading.LostZero lost:
                return ProblemError.OfField(
                    field, "lost-leading-zero", $"'{text}' has lost its leading zero.",
                    $"If {lost.Probable} is meant, send it so, or {PhoneText.National(lost.Probable)}. Format the "
                    + "column as text before you save it.");
            case PhoneReading.Calculated:
                return ProblemError.OfField(
                    field, "calculated-number", $"A spreadsheet made '{text}' of it; digits may be gone.",
                    "Enter the number again, in a column that is formatted as text, and send it in E.164.");
            default:
                return ProblemError.OfField(
                    field, "not-a-number", $"'{Problems.Shown(text)}' is no phone number.",
                    $"Send E.164, such as +442079460000, or the national form of {country}.");
        }
    }

    /// <summary>A number that can be called and is no emergency number, or what is wrong with its text.</summary>
    public static ProblemError? ReadDialable(string? text, string country, string field, out E164 number)
    {
        number = default;
        if (text is { Length: <= PhoneText.LengthMax } && PhoneText.IsEmergency(text, country))
        {
            return ProblemError.OfField(
                field, "emergency-number", "Who calls it reaches emergency services.", "Send another number.");
        }

        return Read(text, country, field, out number) is { } wrong ? wrong
            : PhoneText.IsDialable(number) ? null
            : ProblemError.OfField(
                field, "not-dialable", $"No country's numbering plan has {number}.", "Check its digits.");
    }

    /// <summary>Why two numbers make no range.</summary>
    public static ProblemError Wrong(string field, E164 from, E164 to, RangeFault fault) => fault switch
    {
        RangeFault.Reversed => ProblemError.OfField(
            field, "range-reversed", $"{from} comes after {to}.", "Send the lower number first."),
        _ => ProblemError.OfField(
            field, "range-mixed-length", $"{from} and {to} have different numbers of digits.",
            "Send two numbers of one range."),
    };

    static string At(string field, int index) => string.Create(CultureInfo.InvariantCulture, $"{field}[{index}]");

    static ProblemError Twice(string field, E164 number, string first) => ProblemError.OfField(
        field, "named-twice", $"{number} already stands at {first}.", "Name each number once.");
}
