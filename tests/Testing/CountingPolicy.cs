using System.Collections.Concurrent;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Telephony.Testing;

/// <summary>Counts the requests that leave a client, by table and method. Safe to use from many threads.</summary>
public sealed class CountingPolicy : HttpPipelineSynchronousPolicy
{
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

    static StorageRequest Classify(Request request) =>
        StorageRequest.Of(request.Method.Method, request.Uri.ToUri(), () => Text(request.Content));

    static string Text(RequestContent? content)
    {
        using var copy = new MemoryStream();
        content?.WriteTo(copy, CancellationToken.None);
        return Encoding.UTF8.GetString(copy.GetBuffer(), 0, (int)copy.Length);
    }
}
