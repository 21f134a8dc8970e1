using System.Diagnostics.CodeAnalysis;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Settings;

/// <summary>Callers by their number, or by how it begins: <c>+442079460000</c>, <c>+4420*</c>.</summary>
public readonly record struct CallerPattern
{
    const char Any = '*';

    readonly string? text;

    CallerPattern(string text) => this.text = text;

    public static CallerPattern Of(E164 number) => new(number.ToString());

    public static bool TryParse([NotNullWhen(true)] string? text, out CallerPattern pattern)
    {
        var valid = E164.TryParse(text, out _) || IsBeginning(text);
        pattern = valid ? new(text!) : default;
        return valid;
    }

    public override string ToString() => text ?? "";

    static bool IsBeginning(string? text) => text is ['+', >= '1' and <= '9', .. var rest, Any]
        && rest.Length < E164.DigitsMax && rest.All(char.IsAsciiDigit);
}
