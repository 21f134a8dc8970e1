using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Telephony.Domain.Groups;

namespace Telephony.Functions.Groups;

/// <summary>What is configured otherwise, by the names that people know.</summary>
static class ConfigurationFields
{
    /// <summary>A number that left service and rings again by the same body is told as well.</summary>
    /// <param name="before">As it was in force.</param>
    /// <param name="after">As it is to be.</param>
    public static ImmutableArray<string> Changed(GroupFeatures before, GroupFeatures after) => Changed(
        ConfigurationForms.Of(before), ConfigurationForms.Of(after),
        name => name is "receptionNumber" && before.Reception != after.Reception);

    public static ImmutableArray<string> Changed(OpeningTimes before, OpeningTimes after) =>
        Changed(ConfigurationForms.Of(before), ConfigurationForms.Of(after), _ => false);

    static ImmutableArray<string> Changed<T>(T before, T after, Func<string, bool> differs)
    {
        var (was, now) = (Json(before), Json(after));
        return
        [
            .. was.Select(member => member.Key).Union(now.Select(member => member.Key))
                .Where(name => !JsonNode.DeepEquals(was[name], now[name]) || differs(name))
                .Order(StringComparer.Ordinal),
        ];
    }

    static JsonObject Json<T>(T form) => JsonSerializer.SerializeToNode(form, Http.Json.Options)!.AsObject();
}
