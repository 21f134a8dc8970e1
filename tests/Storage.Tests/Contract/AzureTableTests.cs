using Azure.Data.Tables;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Storage.Tests.Contract;

public sealed class AzureTableTests(AzuriteFixture azurite) : TableContract
{
    static int tables;

    protected override async Task<ITable> OpenAsync()
    {
        var client = new TableClient(azurite.ConnectionString, $"contract{Interlocked.Increment(ref tables)}");
        await client.CreateAsync(Ct);
        return new AzureTable(client);
    }
}
