using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Telephony.LocalRuntime;

/// <summary>Which app a local host runs, and where.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The assembly whose [Function] methods are served.</summary>
    public required Assembly Functions { get; init; }

    /// <summary>Adds the app's services and middleware, as its Program does.</summary>
    public required Action<IFunctionsWorkerApplicationBuilder> Configure { get; init; }

    /// <summary>0 takes a free port; null takes the setting LocalRuntime:Port, which is 7071 when unset.</summary>
    public int? Port { get; init; }

    /// <summary>Settings in the form of command-line arguments: --Name value, --Section:Name=value.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Settings that win over all others.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Where host.json, local.settings.json and .local/ are looked for; null takes the nearest directory with a
    /// host.json, from the current one upwards.
    /// </summary>
    public string? Directory { get; init; }

    /// <summary>The environment's name; null takes AZURE_FUNCTIONS_ENVIRONMENT, or Development when unset.</summary>
    public string? Environment { get; init; }

    /// <summary>Only these types instead of the whole assembly.</summary>
    internal IReadOnlyList<Type>? Types { get; init; }
}
