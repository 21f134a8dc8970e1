using System.Text.Json.Nodes;

namespace Telephony.Functions.Http;

/// <summary>
/// RFC 7396: what is named becomes as it is named, what is null goes, what is absent stays. A list is replaced as a
/// whole.
/// </summary>
static class MergePatch
{
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is not JsonObject members)
                target[name] = value.DeepClone();
            else
                Apply(Object(target, name), members);
        }
    }

    static JsonObject Object(JsonObject target, string name)
    {
        if (target[name] is JsonObject there)
            return there;
        var made = new JsonObject();
        target[name] = made;
        return made;
    }
}
