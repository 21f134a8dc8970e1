namespace Telephony.Functions.Storage;

/// <summary>
/// The service's limits, asserted before a request leaves: Azurite accepts a transaction over two partitions, which
/// Azure rejects, and the client library answers the 101st operation with an unrelated exception.
/// </summary>
public static class TableLimits
{
    /// <summary>Operations in one transaction.</summary>
    public const int TransactionRowsMax = 100;

    /// <summary>Bytes in the body of one transaction.</summary>
    public const int TransactionBytesMax = 4 * 1024 * 1024;

    /// <summary>Rows in one page of a query.</summary>
    public const int PageRowsMax = 1000;

    /// <summary>Bytes in one binary property.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>Characters in one string property: 64 KiB of UTF-16.</summary>
    public const int TextMax = 32 * 1024;
}
