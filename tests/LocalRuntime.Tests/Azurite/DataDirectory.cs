using Azure.Data.Tables;

namespace Telephony.LocalRuntime.Tests;

/// <summary>An empty directory, removed at the end, and the one table that these tests keep in it.</summary>
sealed class DataDirectory : IDisposable
{
    public const string TableName = "kept";

    public string Path { get; } = Directory.CreateTempSubdirectory("telephony-").FullName;

    public AzuriteOptions Options => new() { DataDirectory = Path };

    public static async Task WriteAsync(string connectionString, int rows, CancellationToken ct)
    {
        var table = new TableClient(connectionString, TableName);
        await table.CreateIfNotExistsAsync(ct);
        for (var row = 0; row < rows; row++)
            await table.AddEntityAsync(new TableEntity("p", $"{row:000}"), ct);
    }

    public static async Task<int> CountAsync(string connectionString, CancellationToken ct) =>
        await new TableClient(connectionString, TableName).QueryAsync<TableEntity>(cancellationToken: ct)
            .CountAsync(ct);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
