using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Directory;

public sealed class DirectoryOnMemory : DirectoryContract
{
    protected override Task<ITable> OpenAsync() => Task.FromResult<ITable>(new MemoryTable());
}

public sealed class DirectoryOnAzure(AzuriteFixture azurite) : DirectoryContract
{
    static int tables;

    protected override async Task<ITable> OpenAsync()
    {
        var client = new TableClient(azurite.ConnectionString, $"directory{Interlocked.Increment(ref tables)}");
        await client.CreateAsync(Ct);
        return new AzureTable(client);
    }
}
