using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Telephony.Domain.Access;
using Telephony.Functions.History;
using Telephony.Functions.Messaging;
using Telephony.Functions.Storage;
using Telephony.Functions.Sweep;
using Telephony.Functions.Tests.OpenApi;
using Telephony.LocalRuntime;
using Telephony.Testing;

namespace Telephony.Functions.Tests;

/// <summary>
/// The whole app over HTTP, its tables in memory, what it sends recorded, the clock standing still, tokens from an
/// issuer of the test.
/// </summary>
sealed class TestApp : IAsyncDisposable
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    readonly LocalHost host;
    readonly HttpClient http;

    int keys;

    TestApp(
        LocalHost host, TestIssuer issuer, FakeTimeProvider clock, MemoryTable directory, MemoryTable sites,
        MemoryTable history, RecordingBus bus)
    {
        (this.host, Issuer, Clock, Directory, Sites, History) = (host, issuer, clock, directory, sites, history);
        Bus = bus;
        http = new() { BaseAddress = new(host.BaseAddress, "api/v1/") };
    }

    public Uri BaseAddress => host.BaseAddress;

    public TestIssuer Issuer { get; }

    public FakeTimeProvider Clock { get; }

    public MemoryTable Directory { get; }

    public MemoryTable Sites { get; }

    public MemoryTable History { get; }

    public RecordingBus Bus { get; }

    public EventMover Mover => host.Services.GetRequiredService<EventMover>();

    /// <summary>What a timer would do at this moment of the test's clock.</summary>
    public Task SweepAsync() => SweepWith(sweep => sweep.Run(new(), Durable, Ct));

    public Task SweepNightlyAsync() => SweepWith(sweep => sweep.RunNightly(new(), Durable, Ct));

    public IServiceProvider Services => host.Services;

    public DurableTaskClient Durable => host.Services.GetRequiredService<DurableTaskClient>();

    Task SweepWith(Func<SweepSites, Task> run) => run(ActivatorUtilities.CreateInstance<SweepSites>(host.Services));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="azurite">For what is not the app's own tables.</param>
    /// <param name="wrap">What stands between the app and its directory.</param>
    /// <param name="wrapSites">What stands between the app and its sites.</param>
    /// <param name="wrapHistory">What stands between the app and its history.</param>
    /// <param name="bus">What the app sends to.</param>
    public static async Task<TestApp> StartAsync(
        AzuriteFixture azurite,
        Func<ITable, ITable>? wrap = null,
        Func<ITable, ITable>? wrapSites = null,
        Func<ITable, ITable>? wrapHistory = null,
        RecordingBus? bus = null)
    {
        bus ??= new();
        var issuer = await TestIssuer.StartAsync();
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var (directory, sites, history) = (new MemoryTable(), new MemoryTable(), new MemoryTable());
        var host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                Functions = typeof(TelephonyApp).Assembly,
                Port = 0,
                Directory = AppContext.BaseDirectory,
                Settings = Settings(azurite, issuer),
                Configure = builder =>
                {
                    builder.Services.AddSingleton<TimeProvider>(clock);
                    foreach (var name in TableNames.All)
                        builder.Services.AddKeyedSingleton<ITable>(name, new MemoryTable());
                    builder.Services.AddKeyedSingleton(TableNames.Directory, wrap?.Invoke(directory) ?? directory);
                    builder.Services.AddKeyedSingleton(TableNames.Sites, wrapSites?.Invoke(sites) ?? sites);
                    builder.Services.AddKeyedSingleton(TableNames.History, wrapHistory?.Invoke(history) ?? history);
                    builder.Services.AddSingleton(provider => new EventSender(
                        bus.CreateSender(EntityNames.Events), clock,
                        provider.GetRequiredService<ILogger<EventSender>>()));
                    builder.Services.AddSingleton(new DeadLetterQueue(bus, clock));
                    builder.AddTelephony();
                },
            },
            Ct);
        return new(host, issuer, clock, directory, sites, history, bus);
    }

    public string Token(
        Role role, string? owner = null, string? account = null, string[]? sites = null, string user = "ann")
    {
        var claims = new Dictionary<string, object> { ["sub"] = user, ["roles"] = new[] { role.ToString() } };
        if (owner is not null)
            claims["operator"] = owner;
        if (account is not null)
            claims["account"] = account;
        if (sites is not null)
            claims["sites"] = sites;
        return Issuer.Token(Clock.GetUtcNow(), claims);
    }

    public Task<Answer> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token);

    /// <param name="path">Below api/v1/.</param>
    /// <param name="token">Null sends none.</param>
    /// <param name="body">An object, or a text that is sent as it is.</param>
    /// <param name="match">The ETag to match; null creates; "" sends no precondition.</param>
    /// <param name="key">The Idempotency-Key; null sends none.</param>
    public Task<Answer> PutAsync(string path, string? token, object body, string? match = null, string? key = null) =>
        SendAsync(HttpMethod.Put, path, token, request =>
        {
            request.Content = Content(body);
            AddKey(request, key);
            if (match is null)
                request.Headers.TryAddWithoutValidation("If-None-Match", "*");
            else if (match.Length > 0)
                request.Headers.TryAddWithoutValidation("If-Match", match);
        });

    /// <param name="path">Below api/v1/.</param>
    /// <param name="token">Null sends none.</param>
    /// <param name="body">An object, or a text that is sent as it is.</param>
    /// <param name="key">The Idempotency-Key; "" sends none, null a new one.</param>
    public Task<Answer> PostAsync(string path, string? token, object body, string? key = null) =>
        SendAsync(HttpMethod.Post, path, token, request =>
        {
            request.Content = Content(body);
            AddKey(request, key is "" ? null : key ?? NewKey());
        });

    /// <summary>Lets the clock of the test go on until the answer fits, so that what waits or failed is tried again.
    /// </summary>
    public Task<T> AdvanceUntilAsync<T>(Func<Task<T>> ask, Predicate<T> fits) => Eventually.GetAsync(
        () =>
        {
            Clock.Advance(Step);
            return ask();
        },
        fits);

    public Task AdvanceUntilAsync(Func<bool> isReached) =>
        AdvanceUntilAsync(() => Task.FromResult(isReached()), reached => reached);

    public string NewKey() => $"key-{Interlocked.Increment(ref keys)}";

    static StringContent Content(object body) =>
        new(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");

    static void AddKey(HttpRequestMessage request, string? key)
    {
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
    }

    /// <summary>What it answers; fails when the API's description does not say that it can.</summary>
    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? token, Action<HttpRequestMessage>? change = null)
    {
        // As it is: the client must not tidy up what a hostile one would send.
        using var request = new HttpRequestMessage(method, new Uri(
            http.BaseAddress + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        change?.Invoke(request);
        using var response = await http.SendAsync(request, Ct);
        var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Ct));
        var answer = new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.ETag?.ToString(),
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(',', header.Value)),
            text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [])
        { Text = text };
        ApiDescription.Check(method.Method, path, answer);
        return answer;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
        await Issuer.DisposeAsync();
    }

    static Dictionary<string, string?> Settings(AzuriteFixture azurite, TestIssuer issuer) => new()
    {
        ["AzureWebJobsStorage"] = azurite.ConnectionString,
        ["TelephonyStorage"] = azurite.ConnectionString,
        ["LocalRuntime:Durable:Table"] = $"durable{Guid.NewGuid():n}",
        ["LocalRuntime:ServiceBus:Port"] = "0",
        ["LocalRuntime:ServiceBus:Journal"] = "false",
        ["Auth:Authority"] = issuer.Authority,
        ["Auth:Audience"] = TestIssuer.Audience,
        // Tests that move the clock run what they want to run themselves.
        ["AzureWebJobs.ReceiveCommand.Disabled"] = "true",
        ["AzureWebJobs.SweepSites.Disabled"] = "true",
        ["AzureWebJobs.SweepSitesNightly.Disabled"] = "true",
        ["Logging:LogLevel:Default"] = "None",
    };
}
