using System.Text.Json;
using System.Text.Json.Nodes;
using Telephony.Domain.Settings;
using Telephony.Functions.Http;

namespace Telephony.Functions.Settings;

/// <summary>A change of settings, as it was sent: what it says of a number depends on how that is set.</summary>
sealed class SettingsPatch
{
    /// <summary>Twice what the longest that can be meant takes, and little enough for one property of a row.</summary>
    public const int TextMax = 16 * 1024;

    readonly JsonObject members;
    readonly string country;

    SettingsPatch(JsonObject members, string country) => (this.members, this.country) = (members, country);

    /// <summary>In a form by which a repeat is known.</summary>
    public string Text => members.ToJsonString();

    /// <summary>The change, or all that is wrong with it whatever the number's settings are.</summary>
    /// <param name="members">What was sent; its members are known to be there, and of the right types.</param>
    /// <param name="country">The region of national forms.</param>
    /// <param name="prefix">Where in the body it stands.</param>
    public static Checked<SettingsPatch> Of(JsonObject members, string country, string prefix = "")
    {
        if (members.Count == 0)
        {
            return Problems.Invalid(ProblemError.OfField(
                prefix.Length == 0 ? "$" : prefix.TrimEnd('.'), "one-of", "It says no setting.",
                "Name at least one."));
        }

        var errors = new BodyErrors();
        Merged(NumberSettings.Default, members, new SettingsInput(errors, country, prefix));
        if (errors.Problem is { } problem)
            return problem;

        var patch = new SettingsPatch(members, country);
        return patch.Text.Length > TextMax ? Problems.BodyTooLarge(TextMax) : patch;
    }

    /// <summary>As it was sent in a request that was checked.</summary>
    public static SettingsPatch Parse(string text, string country) => new(Read(text), country);

    public static JsonObject Read(ReadOnlyMemory<byte> text) => JsonNode.Parse(text.Span)!.AsObject();

    static JsonObject Read(string text) => JsonNode.Parse(text)!.AsObject();

    public NumberSettings ApplyTo(NumberSettings before) =>
        Merged(before, members, new SettingsInput(new BodyErrors(), country, prefix: "", wasChecked: true));

    static NumberSettings Merged(NumberSettings before, JsonObject members, SettingsInput input)
    {
        var merged = JsonSerializer.SerializeToNode(SettingsBody.Of(before), Json.Options)!.AsObject();
        MergePatch.Apply(merged, members);
        return input.Read(merged.Deserialize<SettingsBody>(Json.Options)!);
    }
}
