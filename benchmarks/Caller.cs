using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Telephony.Testing;

namespace Telephony.Benchmarks;

/// <summary>A persona that calls the app over HTTP. A status that was not expected ends the run.</summary>
sealed class Caller : IDisposable
{
    readonly HttpClient client;

    Caller(HttpClient client) => this.client = client;

    public static async Task<Caller> OfAsync(AppProcess app, string persona, CancellationToken ct)
    {
        var client = new HttpClient { BaseAddress = app.BaseAddress };
        var token = await client.GetStringAsync(new Uri($"dev/tokens/{persona}", UriKind.Relative), ct);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new(client);
    }

    public Task<JsonElement> GetAsync(string path, CancellationToken ct) =>
        SendAsync(HttpMethod.Get, path, null, null, ct);

    public Task<JsonElement> PutAsync(string path, object body, CancellationToken ct, string? key = null) =>
        SendAsync(HttpMethod.Put, path, body, key, ct);

    public Task<JsonElement> PostAsync(string path, object body, string key, CancellationToken ct) =>
        SendAsync(HttpMethod.Post, path, body, key, ct);

    public void Dispose() => client.Dispose();

    async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, string? key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, $"api/v1/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (method == HttpMethod.Put)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);

        using var response = await client.SendAsync(request, ct);
        var text = await response.Content.ReadAsStringAsync(ct);
        return response.IsSuccessStatusCode
            ? JsonDocument.Parse(text).RootElement
            : throw new InvalidOperationException($"{method} {path}: {(int)response.StatusCode} {text}");
    }
}
