using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Rules;

namespace Telephony.Functions.Storage;

/// <summary>
/// The versions of a site's rules that can still matter as a row: <c>V1</c>, <c>V2</c> … each one version as JSON.
/// </summary>
/// <remarks>
/// The JSON is read for years: choices stand by name, what a newer app wrote beside is passed over, and what an older
/// one did not know has its default.
/// </remarks>
static class RulesRow
{
    static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter() },
        // A letter with an accent is one character of the 32 K that a property holds, not six.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static TableEntity Write(Id<Site> site, RuleBook book)
    {
        var row = new TableEntity(SiteKeys.Partition(site), SiteKeys.Rules);
        foreach (var version in book.Versions)
            row[string.Create(CultureInfo.InvariantCulture, $"V{version.Rules.Version}")] = Text(version);
        return row;
    }

    public static RuleBook Read(TableEntity? row) => row switch
    {
        null => RuleBook.Default,
        _ when row.GetString("Json") is { } first => new([new(Rules(first), DateTimeOffset.MinValue)]),
        _ => new(
        [
            .. TransactionGuard.OwnProperties(row).Where(property => IsVersion(property.Key))
                .Select(property => Version((string)property.Value)).OrderBy(version => version.Rules.Version),
        ]),
    };

    public static string Text(RuleVersion version) => JsonSerializer.Serialize(version, Options);

    public static RuleVersion Version(string text) => JsonSerializer.Deserialize<RuleVersion>(text, Options)
        ?? throw new FormatException("A version of the rules is empty.");

    // Rows from before rules could be scheduled: no effective-from, and no row for each version.
    static SiteRules Rules(string text) => JsonSerializer.Deserialize<SiteRules>(text, Options)
        ?? throw new FormatException("The rules are empty.");

    static bool IsVersion(string name) => name is ['V', .. var number] && number.All(char.IsAsciiDigit);
}
