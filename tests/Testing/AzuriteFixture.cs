using Telephony.LocalRuntime;

namespace Telephony.Testing;

/// <summary>
/// One Azurite in memory for a test assembly: <c>[assembly: AssemblyFixture(typeof(AzuriteFixture))]</c>, and a
/// constructor parameter in the classes that use it. Tests keep apart by table name.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    Azurite? azurite;

    /// <summary>For the clients of Azure.Data.Tables.</summary>
    public string ConnectionString => azurite!.ConnectionString;

    public async ValueTask InitializeAsync() =>
        azurite = await Azurite.StartAsync(new AzuriteOptions(), CancellationToken.None);

    public ValueTask DisposeAsync() => azurite?.DisposeAsync() ?? ValueTask.CompletedTask;
}
