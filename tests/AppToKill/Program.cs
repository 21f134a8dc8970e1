using System.Reflection;
using Telephony.LocalRuntime;

// Owns an Azurite or a Service Bus on the directory that it is given, says where it listens, and stays until killed.
if (args is [var directory, "servicebus"])
{
    await using var host = await LocalHost.StartAsync(
        new()
        {
            Functions = Assembly.GetExecutingAssembly(),
            Configure = _ => { },
            Directory = directory,
            Port = 0,
            Settings = new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = "unused",
                ["TelephonyStorage"] = "unused",
                ["Auth:Authority"] = "https://login.example/",
                ["LocalRuntime:ServiceBus:Enabled"] = "true",
                ["LocalRuntime:ServiceBus:Port"] = "0",
                ["Logging:LogLevel:Default"] = "None",
            },
        },
        CancellationToken.None);
    await StayAsync(host.ServiceBusConnectionString);
}
else
{
    await using var azurite = await Azurite.StartAsync(new() { DataDirectory = args[0] }, CancellationToken.None);
    await StayAsync(azurite.ConnectionString);
}

static async Task StayAsync(string? connectionString)
{
    Console.WriteLine(connectionString);
    await Console.In.ReadToEndAsync();
}
