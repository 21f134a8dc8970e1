using System.Diagnostics.CodeAnalysis;

namespace Telephony.Domain;

/// <summary>
/// An id that names a <typeparamref name="T"/>: 1 to 40 characters, a–z, 0–9 and hyphen, not starting with a hyphen. It
/// sorts in tables as it reads, and holds neither the <c>~</c> nor the <c>|</c> that keys are built with.
/// </summary>
public readonly record struct Id<T> : IComparable<Id<T>>
{
    public const int LengthMax = 40;

    /// <summary>What an id looks like, as a regular expression.</summary>
    public const string Pattern = "^[a-z0-9][a-z0-9-]*$";

    readonly string? value;

    Id(string value) => this.value = value;

    /// <exception cref="InvalidOperationException">This is a default value, which names nothing.</exception>
    public string Value => value ?? throw new InvalidOperationException($"An Id<{typeof(T).Name}> that was never set.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Id<T> id)
    {
        var valid = text is { Length: >= 1 and <= LengthMax } && text[0] != '-' && text.All(IsAllowed);
        id = valid ? new(text!) : default;
        return valid;
    }

    /// <exception cref="FormatException">The text is no id.</exception>
    public static Id<T> Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException(
            $"'{text}' is not an id: 1 to {LengthMax} of a-z, 0-9 and '-', not starting with '-'.");

    public int CompareTo(Id<T> other) => string.CompareOrdinal(value, other.value);

    public override string ToString() => value ?? "(none)";

    static bool IsAllowed(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-';
}
