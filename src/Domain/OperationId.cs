using System.Diagnostics.CodeAnalysis;
using Telephony.Domain.Directory;

namespace Telephony.Domain;

/// <summary>
/// Names one request for a change, <c>{site}~{26 characters}</c>. The same request always gets the same id, so a repeat
/// finds what the first one did; every effect carries it.
/// </summary>
public readonly record struct OperationId
{
    const int HashLength = 26;
    const char Separator = '~';

    public OperationId(Id<Site> site, string hash)
    {
        if (!IsHash(hash))
            throw new ArgumentException($"'{hash}' is not {HashLength} of a-z and 2-7.", nameof(hash));
        (Site, Hash) = (site, hash);
    }

    /// <summary>Whose partition holds the operation's row.</summary>
    public Id<Site> Site { get; }

    public string Hash { get; }

    public string Value => $"{Site}{Separator}{Hash}";

    public static bool TryParse([NotNullWhen(true)] string? text, out OperationId id)
    {
        id = default;
        if (text?.Split(Separator) is not [var site, var hash]
            || !Id<Site>.TryParse(site, out var siteId)
            || !IsHash(hash))
        {
            return false;
        }

        id = new(siteId, hash);
        return true;
    }

    /// <exception cref="FormatException">The text is not in the form of an operation's id.</exception>
    public static OperationId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not an operation's id.");

    public override string ToString() => Value;

    static bool IsHash(string text) =>
        text.Length == HashLength && text.All(c => char.IsAsciiLetterLower(c) || c is >= '2' and <= '7');
}
