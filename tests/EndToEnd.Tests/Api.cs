using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Telephony.Testing;

namespace Telephony.EndToEnd.Tests;

/// <summary>An answer, with its body as JSON.</summary>
sealed record Answer(int Status, JsonElement Body, HttpResponseHeaders Headers)
{
    public string? Code => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty("code", out var code)
        ? code.GetString()
        : null;

    public Answer Is(int status)
    {
        Assert.True(status == Status, $"Expected {status}, got {Status}: {Body}");
        return this;
    }

    /// <returns>The id of the operation that was accepted.</returns>
    public string Accepted() => Is(202).Body.GetProperty("id").GetString()!;
}

/// <summary>The app's HTTP functions as a persona calls them.</summary>
sealed class Api(Uri baseAddress) : IDisposable
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    readonly HttpClient client = new() { BaseAddress = baseAddress, Timeout = TimeSpan.FromSeconds(100) };

    public Task<Answer> GetAsync(string persona, string path) => SendAsync(persona, HttpMethod.Get, path, null);

    /// <summary>The operation as it is when it waits for somebody, or has ended.</summary>
    public Task<JsonElement> WaitsAsync(string operation) => WaitsAsync(operation, answer =>
        HasEnded(answer) || answer.Body.GetProperty("state").GetString() == "Waiting");

    /// <summary>The operation as it is when it has ended.</summary>
    public Task<JsonElement> EndedAsync(string operation) => WaitsAsync(operation, HasEnded);

    async Task<JsonElement> WaitsAsync(string operation, Predicate<Answer> fits) =>
        (await Eventually.GetAsync(() => GetAsync("olivia", $"operations/{operation}"), fits, Pause)).Body;

    static bool HasEnded(Answer answer) => answer.Is(200).Body.TryGetProperty("endedAt", out _);

    public Task<Answer> CreateAsync(string persona, string path, object body, string? key = null) =>
        SendAsync(persona, HttpMethod.Put, path, body, key, ifMatch: "*none");

    public Task<Answer> PostAsync(string persona, string path, object body, string key) =>
        SendAsync(persona, HttpMethod.Post, path, body, key);

    public async Task<Answer> SendAsync(
        string persona, HttpMethod method, string path, object? body, string? key = null, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(method, $"api/v1/{path}");
        var token = await client.GetStringAsync(new Uri($"dev/tokens/{persona}", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (ifMatch == "*none")
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        else if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var json = text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
        return new((int)response.StatusCode, json, response.Headers);
    }

    public void Dispose() => client.Dispose();
}
