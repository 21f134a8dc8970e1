using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Telephony.Testing;

/// <summary>A kind of storage request: a transaction is the method <c>BATCH</c>.</summary>
public readonly record struct StorageRequest(string Table, string Method);

/// <summary>Counts the requests that leave a client, by table and method. Safe to use from many threads.</summary>
public sealed partial class CountingPolicy : HttpPipelineSynchronousPolicy
{
    const string Batch = "$batch";

    readonly ConcurrentDictionary<StorageRequest, int> counts = new();

    /// <summary>What was counted since the last <see cref="Reset"/>.</summary>
    public IReadOnlyDictionary<StorageRequest, int> Counts => new Dictionary<StorageRequest, int>(counts);

    public int Total => counts.Values.Sum();

    /// <summary>Requests to one table, of one method or all.</summary>
    public int Of(string table, string? method = null) =>
        counts.Where(count => count.Key.Table == table && (method is null || count.Key.Method == method))
            .Sum(count => count.Value);

    public void Reset() => counts.Clear();

    public override void OnSendingRequest(HttpMessage message) =>
        counts.AddOrUpdate(Classify(message.Request), 1, (_, count) => count + 1);

    static StorageRequest Classify(Request request)
    {
        var resource = Resource(request.Uri.ToUri());
        return resource == Batch
            ? new(TableOfBatch(request.Content), "BATCH")
            : new(resource, request.Method.Method);
    }

    // The address of a transaction names no table; its first sub-request does.
    static string TableOfBatch(RequestContent? content)
    {
        using var copy = new MemoryStream();
        content?.WriteTo(copy, CancellationToken.None);
        var first = SubRequest().Match(Encoding.UTF8.GetString(copy.GetBuffer(), 0, (int)copy.Length));
        return first.Success ? Resource(new(first.Groups["uri"].Value)) : Batch;
    }

    static string Resource(Uri uri)
    {
        var last = Uri.UnescapeDataString(uri.AbsolutePath.Split('/')[^1]);
        var end = last.IndexOf('(', StringComparison.Ordinal);
        return end < 0 ? last : last[..end];
    }

    [GeneratedRegex(
        @"^(POST|PUT|PATCH|MERGE|DELETE) (?<uri>\S+) HTTP", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex SubRequest();
}
