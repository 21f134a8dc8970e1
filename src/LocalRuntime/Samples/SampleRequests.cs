using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime.Samples;

/// <summary>
/// Fills an app with samples through its own HTTP functions, as the personas that may: nothing is written that a caller
/// could not write. Loading twice is harmless, because each request carries the same key as before.
/// </summary>
sealed class SampleRequests(Uri baseAddress, string file, IHostApplicationLifetime lifetime, ILogger logger)
    : BackgroundService
{
    public const string Flag = "--samples";

    static readonly JsonSerializerOptions Strict =
        new(JsonSerializerOptions.Strict) { PropertyNameCaseInsensitive = true };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var listening = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        var content = JsonSerializer.Deserialize<Content>(await File.ReadAllTextAsync(file, stoppingToken), Strict)!;
        using var client = new HttpClient { BaseAddress = baseAddress };
        for (var i = 0; i < content.Requests.Length; i++)
        {
            using var response = await SendAsync(client, content.Requests[i], $"sample-{i}", stoppingToken);
            if (!response.IsSuccessStatusCode && response.StatusCode is not HttpStatusCode.PreconditionFailed)
            {
                Log.SampleRefused(
                    logger, content.Requests[i].Method, content.Requests[i].Path,
                    await response.Content.ReadAsStringAsync(stoppingToken));
                return;
            }
        }

        Log.SamplesLoaded(logger, content.Requests.Length, Path.GetFileName(file));
    }

    static async Task<HttpResponseMessage> SendAsync(HttpClient client, Sample sample, string key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(new(sample.Method), sample.Path);
        request.Content = JsonContent.Create(sample.Body);
        var token = await client.GetStringAsync(new Uri($"dev/tokens/{sample.As}", UriKind.Relative), ct);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("Idempotency-Key", key);
        if (request.Method == HttpMethod.Put)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        return await client.SendAsync(request, ct);
    }

    sealed record Content(Sample[] Requests);

    sealed record Sample(string As, string Method, string Path, JsonElement Body);
}
