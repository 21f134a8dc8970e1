using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;

namespace Telephony.LocalRuntime;

/// <summary>The files that the Functions host reads, and the order in which settings win, as with the host.</summary>
static partial class LocalSettings
{
    static readonly JsonDocumentOptions Lenient =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>The nearest directory with a host.json, from the given one upwards, or the given one.</summary>
    public static string FindRoot(string start)
    {
        for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "host.json")))
                return directory.FullName;

        return start;
    }

    /// <summary>The first segment of every route: extensions.http.routePrefix in host.json, "api" when unset.</summary>
    public static string RoutePrefix(string root) =>
        FromHost(root, "http", "routePrefix", prefix => prefix.GetString()!.Trim('/'), "api");

    /// <summary>How many messages each function has in hand at a time.</summary>
    public static int CallsMax(string root) =>
        FromHost(root, "serviceBus", "maxConcurrentCalls", count => count.GetInt32(), 16);

    /// <summary>
    /// Whether a message is done with once its function has returned, where the function does not say.
    /// </summary>
    public static bool AutoCompletes(string root) =>
        FromHost(root, "serviceBus", "autoCompleteMessages", flag => flag.GetBoolean(), true);

    /// <summary>A text with the values of the settings that it names in percent signs.</summary>
    /// <exception cref="FormatException">One of them is unset.</exception>
    public static string Resolve(string text, IConfiguration settings, string what) =>
        SettingName().Replace(text, match => settings[match.Groups["name"].Value] is { Length: > 0 } value
            ? value
            : throw new FormatException($"{what} names the setting {match.Groups["name"].Value}, which is unset"));

    /// <summary>
    /// Whether a setting switches a function off, by one of the names that it has with the real host.
    /// </summary>
    public static bool IsDisabled(IConfiguration configuration, string function) =>
        configuration.GetValue<bool>($"AzureWebJobs.{function}.Disabled")
        || configuration.GetValue<bool>($"AzureWebJobs:{function}:Disabled");

    /// <summary>
    /// From weakest to strongest: our defaults, appsettings, local.settings.json, the environment, the command line,
    /// and what the caller insists on.
    /// </summary>
    public static void Layer(ConfigurationManager configuration, string root, LocalHostOptions options)
    {
        IList<IConfigurationSource> sources = configuration.Sources;
        sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
                ["Logging:LogLevel:Azure.Core"] = "Warning",
            },
        });

        // The last unprefixed one: those with a prefix configure the host itself.
        var environment = sources.Last(
            source => source is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        sources.Insert(sources.IndexOf(environment), new MemoryConfigurationSource { InitialData = Values(root) });
        configuration.AddInMemoryCollection(options.Settings);
    }

    static Dictionary<string, string?> Values(string root)
    {
        using var settings = Read(root, "local.settings.json");
        return settings is not null && TryGet(settings.RootElement, "Values", out var values)
            ? values.EnumerateObject().ToDictionary(
                value => value.Name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal),
                value => value.Value.ValueKind is JsonValueKind.Null ? null : value.Value.ToString())
            : [];
    }

    static T FromHost<T>(string root, string extension, string name, Func<JsonElement, T> read, T unset)
    {
        using var host = Read(root, "host.json");
        return host is not null
            && TryGet(host.RootElement, "extensions", out var extensions)
            && TryGet(extensions, extension, out var settings)
            && TryGet(settings, name, out var value)
                ? read(value)
                : unset;
    }

    static JsonDocument? Read(string root, string file) =>
        Path.Combine(root, file) is var path && File.Exists(path)
            ? JsonDocument.Parse(File.ReadAllText(path), Lenient)
            : null;

    static bool TryGet(JsonElement parent, string name, out JsonElement value)
    {
        value = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out value);
    }

    [GeneratedRegex("%(?<name>[^%]+)%")]
    private static partial Regex SettingName();
}
