using System.Globalization;
using System.Text;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Storage;

/// <summary>
/// What a number has to say beyond its letters, in at most 300 characters:
/// <c>a=acme;s=h;o=site~…;t=…;e=acme;g=2;v=3</c> for account, source, operation, since, earmark, generation, version.
/// Empty for a number as it was provisioned.
/// </summary>
static class SlotText
{
    public const int LengthMax = 300;

    public static string Write(Number number)
    {
        var text = new StringBuilder();
        Add('a', number.Account?.Value);
        Add('s', number.Source is { } source ? Alphabet.Sources[source].ToString() : null);
        Add('o', number.Operation?.Value);
        Add('t', number.Since?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        Add('e', number.Earmark?.Value);
        Add('g', number.Generation == 1 ? null : number.Generation.ToString(CultureInfo.InvariantCulture));
        Add('v', number.Version == 1 ? null : number.Version.ToString(CultureInfo.InvariantCulture));
        return text.ToString();

        void Add(char field, string? value)
        {
            if (value is not null)
                text.Append(text.Length == 0 ? "" : ";").Append(field).Append('=').Append(value);
        }
    }

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
                't' => number with { Since = DateTimeOffset.Parse(value, CultureInfo.InvariantCulture) },
                'e' => number with { Earmark = Id<Account>.Parse(value) },
                'g' => number with { Generation = int.Parse(value, CultureInfo.InvariantCulture) },
                'v' => number with { Version = int.Parse(value, CultureInfo.InvariantCulture) },
                _ => number,
            };
        }

        return number;
    }
}
