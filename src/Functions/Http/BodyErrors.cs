namespace Telephony.Functions.Http;

/// <summary>Collects all that is wrong with a body, so that a caller can mend it in one go.</summary>
sealed class BodyErrors
{
    public const int NameMax = 200;
    public const int AddressMax = 500;
    public const int EmailMax = 254;

    readonly List<ProblemError> errors = [];

    public Problem? Problem => errors.Count == 0 ? null : Problems.Invalid([.. errors]);

    public void Add(string field, string code, string reason, string wayOut) =>
        errors.Add(ProblemError.OfField(field, code, reason, wayOut));

    public void Add(params IEnumerable<ProblemError> more) => errors.AddRange(more);

    public void Range(string field, int value, int min, int max)
    {
        if (value < min || value > max)
            Add(field, "out-of-range", $"{value} is not {min} to {max}.", "Send a number in range.");
    }

    public void Count(string field, int count, int max)
    {
        if (count > max)
            Add(field, "too-many", $"It has {count} entries.", $"Send at most {max}.");
    }

    /// <summary>The text without space around it; one line, not empty.</summary>
    public string Line(string field, string text, int lengthMax = NameMax)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0 || trimmed.Length > lengthMax || trimmed.Any(char.IsControl) || !IsWellFormed(trimmed))
            Add(field, "bad-text", "It is empty, too long, or not one line of text.",
                $"Send 1 to {lengthMax} characters on one line.");
        return trimmed;
    }

    public string Email(string field, string text)
    {
        var trimmed = Line(field, text, EmailMax);
        if (trimmed.Split('@') is not [{ Length: > 0 }, { Length: > 0 }] || trimmed.Any(char.IsWhiteSpace))
            Add(field, "bad-email", "It is no email address.", "Send one address, such as name@example.com.");
        return trimmed;
    }

    // Half a surrogate pair cannot be stored as it is, and would come back as something else.
    static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i])))
                return false;
        }

        return true;
    }
}
