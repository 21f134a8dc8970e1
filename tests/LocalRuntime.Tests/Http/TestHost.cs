using System.Reflection;

namespace Telephony.LocalRuntime.Tests;

/// <summary>Starts the host with some functions of this assembly, on a free port, without storage of its own.</summary>
static class TestHost
{
    public static LocalHostOptions Options(params Type[] types) => new()
    {
        Functions = Assembly.GetExecutingAssembly(),
        Types = types,
        Configure = _ => { },
        Port = 0,
        Directory = AppContext.BaseDirectory,
        Settings = new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = "unused",
            ["TelephonyStorage"] = "unused",
            ["Auth:Authority"] = "https://login.example/",
            ["Logging:LogLevel:Default"] = "None",
        },
    };

    public static LocalHostOptions With(this LocalHostOptions options, string setting, string? value) =>
        options with { Settings = new Dictionary<string, string?>(options.Settings) { [setting] = value } };

    public static async Task<(LocalHost Host, HttpClient Http)> StartAsync(LocalHostOptions options)
    {
        var host = await LocalHost.StartAsync(options, TestContext.Current.CancellationToken);
        return (host, new HttpClient { BaseAddress = host.BaseAddress });
    }

    public static async Task<string> RefusalAsync(LocalHostOptions options)
    {
        var e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => LocalHost.StartAsync(options, TestContext.Current.CancellationToken));
        return e.Message;
    }

}
