using System.Globalization;
using System.Text;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// What a number has to say beyond its letters, in at most 400 characters:
/// <c>a=acme;s=h;o=site~…;t=…;e=acme;g=2;v=3</c> for account, source, operation, since, earmark, generation, version;
/// <c>f</c> for who had it, <c>u</c> and <c>r</c> for the ends of a hold or block and of a rest, <c>b</c> for the state
/// before, <c>w</c> for whether it was in service (<c>m</c> as a main number), <c>k</c> for its term, <c>h</c> for its
/// handovers, <c>x</c> for being assigned and <c>y=until,account,message</c> for an early activation. Empty for a
/// number as it was provisioned.
/// </summary>
static class SlotText
{
    public const int LengthMax = 400;

    public static string Write(Number number)
    {
        var text = new StringBuilder();
        Add('a', number.Account?.Value);
        Add('s', number.Source is { } source ? Alphabet.Sources[source].ToString() : null);
        Add('o', number.Operation?.Value);
        Add('f', number.Former?.Value);
        Add('t', Time(number.Since));
        Add('u', Time(number.Until));
        Add('r', Time(number.RestsUntil));
        Add('b', number.Before is { } before ? Alphabet.States[before].ToString() : null);
        Add('w', number.EverMain ? "m" : number.EverActive ? "d" : null);
        Add('k', number.Term == 0 ? null : number.Term.ToString(CultureInfo.InvariantCulture));
        Add('h', number.Handovers == 0 ? null : number.Handovers.ToString(CultureInfo.InvariantCulture));
        Add('x', number.IsAssigned ? "1" : null);
        Add('e', number.Earmark?.Value);
        Add('y', number.Early is { } early ? string.Create(
            CultureInfo.InvariantCulture, $"{early.Until.ToUnixTimeSeconds()},{early.Account},{early.Message}") : null);
        Add('g', number.Generation == 1 ? null : number.Generation.ToString(CultureInfo.InvariantCulture));
        Add('v', number.Version == 1 ? null : number.Version.ToString(CultureInfo.InvariantCulture));
        return text.ToString();

        void Add(char field, string? value)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? "" : ";").Append(field).Append('=').Append(value);
        }
    }

    /// <summary>Ticks of UTC in the form that sorts and that people read; at most 28 characters.</summary>
    static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    static EarlyActivation Early(string[] parts) =>
        new(parts[2], Id<Account>.Parse(parts[1]), DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(parts[0], CultureInfo.InvariantCulture)));

    /// <summary>
    /// The number with these fields; unknown ones are ignored, as an older version must read a newer one's rows.
    /// </summary>
    public static Number Read(string text, Number number)
    {
        foreach (var field in text.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            var value = field[2..];
            number = field[0] switch
            {
                'a' => number with { Account = Id<Account>.Parse(value) },
                's' => number with { Source = Alphabet.Sources[value[0]] },
                'o' => number with { Operation = OperationId.Parse(value) },
                'f' => number with { Former = Id<Account>.Parse(value) },
                't' => number with { Since = Time(value) },
                'u' => number with { Until = Time(value) },
                'r' => number with { RestsUntil = Time(value) },
                'b' => number with { Before = Alphabet.States[value[0]] },
                'w' => number with { EverActive = true, EverMain = value == "m" },
                'k' => number with { Term = int.Parse(value, CultureInfo.InvariantCulture) },
                'h' => number with { Handovers = int.Parse(value, CultureInfo.InvariantCulture) },
                'x' => number with { IsAssigned = true },
                'e' => number with { Earmark = Id<Account>.Parse(value) },
                'y' => number with { Early = Early(value.Split(',')) },
                'g' => number with { Generation = int.Parse(value, CultureInfo.InvariantCulture) },
                'v' => number with { Version = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => number,
            };
        }

        return number;
    }
}
