using System.Text.RegularExpressions;

namespace Telephony.Testing;

/// <summary>A kind of storage request: a transaction is the method <c>BATCH</c>.</summary>
public readonly partial record struct StorageRequest(string Table, string Method)
{
    const string Batch = "$batch";

    /// <param name="method">The request's method.</param>
    /// <param name="address">Its address.</param>
    /// <param name="body">Its body, which is only asked for when the address does not name the table.</param>
    public static StorageRequest Of(string method, Uri address, Func<string> body)
    {
        var resource = Resource(address);
        return resource == Batch ? new(TableOfBatch(body()), "BATCH") : new(resource, method);
    }

    // The address of a transaction names no table; its first sub-request does.
    static string TableOfBatch(string body)
    {
        var first = SubRequest().Match(body);
        return first.Success ? Resource(new(first.Groups["uri"].Value)) : Batch;
    }

    static string Resource(Uri address)
    {
        var last = Uri.UnescapeDataString(address.AbsolutePath.Split('/')[^1]);
        var end = last.IndexOf('(', StringComparison.Ordinal);
        return end < 0 ? last : last[..end];
    }

    [GeneratedRegex(
        @"^(POST|PUT|PATCH|MERGE|DELETE) (?<uri>\S+) HTTP", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SubRequest();
}
