using System.Text.Json;
using System.Text.Json.Serialization;

namespace Telephony.LocalRuntime.DevIssuer;

/// <summary>Someone to try the app as.</summary>
/// <param name="Name">What the token is asked for by.</param>
/// <param name="Sub">The user's id.</param>
/// <param name="Roles">Names of roles.</param>
/// <param name="Operator">The operator acted for, when there is one.</param>
/// <param name="Account">The account acted for, when there is one.</param>
/// <param name="Sites">The sites that may be seen; null is no claim, which is not the same as no site.</param>
/// <param name="About">A sentence for people.</param>
sealed record Persona(
    string Name,
    string Sub,
    string[] Roles,
    string? Operator = null,
    string? Account = null,
    string[]? Sites = null,
    string? About = null);

static class Personas
{
    static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>None when the file is absent.</summary>
    /// <exception cref="InvalidOperationException">The file is not as it should be; the message says where.</exception>
    public static IReadOnlyDictionary<string, Persona> Read(string path)
    {
        if (!File.Exists(path))
            return new Dictionary<string, Persona>();

        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllText(path), Strict);
            return content!.Personas.ToDictionary(persona => persona.Name, StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidOperationException($"{Path.GetFileName(path)} is not a list of personas: {e.Message}", e);
        }
    }

    sealed record Content(Persona[] Personas);
}
