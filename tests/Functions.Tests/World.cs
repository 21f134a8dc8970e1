using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Telephony.Domain.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests;

/// <summary>
/// One app for the tests of a class, with two operators. Each test gets a site and accounts of its own.
/// </summary>
public sealed class World(AzuriteFixture azurite) : IAsyncLifetime
{
    int places;

    internal TestApp App { get; private set; } = null!;

    internal string Platform => App.Token(Role.Platform, user: "paula");

    internal string Admin => App.Token(Role.OperatorAdmin, "acme", user: "olga");

    internal string Rival => App.Token(Role.OperatorAdmin, "rival", user: "rita");

    public async ValueTask InitializeAsync()
    {
        App = await TestApp.StartAsync(azurite);
        await OpenAsync(App);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    internal Task<Place> PlaceAsync(int numbers = 20, string owner = "acme", bool withRules = true) =>
        PlaceAsync(App, Interlocked.Increment(ref places), numbers, owner, withRules);

    /// <summary>
    /// The lowest number is the first choice, nobody needs a main number, and what a service takes stays reserved.
    /// </summary>
    internal static void PlainRules(JsonObject rules)
    {
        rules["autoActivateAfterAuto"] = false;
        rules["premiumPatterns"] = new JsonObject { ["repeats"] = false, ["steps"] = false, ["mirrors"] = false };
        foreach (var service in rules["services"]!.AsArray())
            service!["needsMain"] = false;
    }

    /// <summary>The two operators.</summary>
    internal static async Task OpenAsync(TestApp app)
    {
        var platform = app.Token(Role.Platform, user: "paula");
        (await app.PutAsync("operators/acme", platform, new { name = "Acme" })).Is(201);
        (await app.PutAsync("operators/rival", platform, new { name = "Rival" })).Is(201);
    }

    /// <summary>A site with two tenants, and a tenant that is not there.</summary>
    internal static async Task<Place> PlaceAsync(
        TestApp app, int index, int numbers, string owner = "acme", bool withRules = true)
    {
        var place = new Place(app, owner, index);
        (await app.PutAsync($"sites/{place.Site}", place.Platform, new
        {
            @operator = owner, name = place.Site, country = "GB", timeZone = "Europe/London", address = "1 High Street",
        })).Is(201);
        foreach (var (account, sites) in new[] { (place.Tenant, new[] { place.Site }), (place.Neighbour, [place.Site]),
            (place.Stranger, []) })
            (await app.PutAsync($"accounts/{account}", place.Admin, new { name = account, sites })).Is(201);
        if (withRules)
            await place.RulesAsync(PlainRules);
        if (numbers > 0)
            (await place.ImportAsync(new { lines = new[] { new { range = place.Range(0, numbers - 1) } } })).Is(201);
        return place;
    }
}

/// <summary>A site, its accounts, and what is done there.</summary>
sealed class Place(TestApp app, string owner, int index)
{
    const int NumbersMax = 10_000;
    /// <summary>UK numbers, a hundred blocks for each site.</summary>
    readonly long first = 442_070_000_000 + (index * 10_000L);

    public TestApp App => app;

    public string Owner => owner;

    public string Site { get; } = $"site-{index}";

    public string Tenant { get; } = $"tenant-{index}";

    /// <summary>The address of a handset but for its last digit.</summary>
    public string Mac { get; } = string.Create(CultureInfo.InvariantCulture, $"02{index:x9}");

    public string Neighbour { get; } = $"neighbour-{index}";

    /// <summary>An account of the same operator that is not at the site.</summary>
    public string Stranger { get; } = $"stranger-{index}";

    public string Platform => app.Token(Role.Platform, user: "paula");

    public string Admin => app.Token(Role.OperatorAdmin, owner, user: "olga");

    /// <summary>
    /// Every row of the site as text, with its version: equal before and after means that nothing was written.
    /// </summary>
    public IReadOnlyList<string> Rows => [.. app.Sites.Rows.Where(row => row.PartitionKey == Site).Select(Text)];

    public string Number(int offset) => string.Create(CultureInfo.InvariantCulture, $"+{first + offset}");

    public string[] Numbers(params int[] offsets) => [.. offsets.Select(Number)];

    public object Range(int from, int to) => new { from = Number(from), to = Number(to) };

    public Task<Answer> ImportAsync(object body, string? key = null, string? token = null) =>
        app.PostAsync($"sites/{Site}/imports", token ?? Platform, body, key);

    /// <param name="file">What stands in the file: text, sent as UTF-8, or its bytes.</param>
    /// <param name="query">Such as ?strict=true.</param>
    /// <param name="key">The Idempotency-Key; null sends a new one.</param>
    /// <param name="type">The Content-Type.</param>
    public Task<Answer> ImportFileAsync(
        object file, string query = "", string? key = null, string type = "text/csv; charset=utf-8") =>
        app.SendAsync(HttpMethod.Post, $"sites/{Site}/imports{query}", Platform, request =>
        {
            request.Content = new ByteArrayContent(file as byte[] ?? Encoding.UTF8.GetBytes((string)file));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key ?? app.NewKey());
        });

    public Task<Answer> AllocateAsync(object body, string? key = null, string? token = null) =>
        app.PostAsync($"sites/{Site}/allocations", token ?? Admin, body, key);

    public Task<Answer> AllocateAsync(string account, params int[] offsets) =>
        AllocateAsync(new { account, numbers = Numbers(offsets) });

    /// <param name="account">Who gets it.</param>
    /// <param name="service">Its id.</param>
    /// <param name="body">An object, a quantity of the service "voice", or a text that is sent as it is.</param>
    /// <param name="match">The ETag to match; null creates; "" sends no precondition.</param>
    /// <param name="key">The Idempotency-Key; null sends a new one.</param>
    /// <param name="token">The operator's admin's, unless given.</param>
    public Task<Answer> ServiceAsync(
        string account, string service, object body, string? match = null, string? key = null, string? token = null) =>
        app.PutAsync(
            $"sites/{Site}/accounts/{account}/voice-services/{service}", token ?? Admin,
            body is int quantity ? new { code = "voice", quantity } : body, match, key ?? app.NewKey());

    /// <summary>The operation that was accepted, once it has ended.</summary>
    public async Task<JsonObject> EndAsync(Answer accepted)
    {
        accepted.Is(202);
        var instance = $"voice~{Site}~{(string)accepted.Body["account"]!}";
        await app.Durable.WaitForInstanceCompletionAsync(instance, cancellation: TestContext.Current.CancellationToken);
        var operation = (await app.GetAsync($"operations/{accepted.Id}", Platform)).Is(200).Body;
        Assert.NotNull(operation["endedAt"]);
        return operation;
    }

    /// <summary>The operation once it has ended; the clock goes on, so that what waits is tried again.</summary>
    public async Task<JsonObject> EndInTimeAsync(string operation) => (await app.AdvanceUntilAsync(
        () => app.GetAsync($"operations/{operation}", Platform),
        seen => seen.Is(200).Body["endedAt"] is not null)).Body;

    /// <summary>The account's row as another process leaves it, so long ago that nobody remembers it.</summary>
    public async Task LeaveElsewhereAsync(string account)
    {
        var ct = TestContext.Current.CancellationToken;
        var row = (await app.Directory.FindAsync(owner, $"A|{account}", ct))!;
        row["Sites"] = "";
        Assert.IsType<CommitResult.Committed>(
            await app.Directory.CommitAsync(owner, [new RowChange.Replace(row)], ct));
        app.Clock.Advance(DirectoryCache.AgeMax);
    }

    public async Task<JsonObject> AssignAsync(string account, string service, object body, string? match = null) =>
        await EndAsync(await ServiceAsync(account, service, body, match));

    public async Task<string> ServiceVersionAsync(string account, string service) =>
        (await app.GetAsync($"sites/{Site}/accounts/{account}/voice-services/{service}", Admin)).Is(200).ETag!;

    public async Task RulesAsync(Action<JsonObject> change)
    {
        var (body, etag) = await ReadRulesAsync();
        change(body);
        Assert.InRange((await PutRulesAsync(body, etag)).Status, 200, 201);
    }

    /// <summary>The rules in force as they can be sent back, and their ETag.</summary>
    public async Task<(JsonObject Body, string? ETag)> ReadRulesAsync()
    {
        var stored = (await app.GetAsync($"sites/{Site}/rules", Platform)).Is(200);
        foreach (var answered in new[] { "version", "effectiveFrom", "scheduled" })
            stored.Body.Remove(answered);
        return (stored.Body, stored.ETag);
    }

    public Task<Answer> PutRulesAsync(object body, string? match, string? token = null) =>
        app.PutAsync($"sites/{Site}/rules", token ?? Platform, body, match);

    /// <summary>All the numbers that a list shows, page by page.</summary>
    public async Task<List<JsonNode>> ListAsync(string path, string? token = null, int top = 1000)
    {
        var (all, after) = (new List<JsonNode>(), "");
        do
        {
            var page = (await app.GetAsync($"{path}{(path.Contains('?') ? '&' : '?')}top={top}{after}", token ?? Admin))
                .Is(200);
            all.AddRange(page.Items);
            Assert.True(all.Count <= NumbersMax, "The pages do not come to an end.");
            after = (string?)page.Body["next"] is { } next ? $"&after={next}" : "";
        }
        while (after.Length > 0);
        return all;
    }

    /// <summary>Which of the site's numbers an account has.</summary>
    public async Task<IEnumerable<string>> HasAsync(string account) =>
        (await ListAsync($"sites/{Site}/accounts/{account}/numbers")).Select(number => (string)number["number"]!);

    static string Text(TableEntity row) => string.Join(
        ' ', TransactionGuard.OwnProperties(row).OrderBy(property => property.Key, StringComparer.Ordinal)
            .Select(property => $"{property.Key}={property.Value}").Prepend($"{row.RowKey} {row.ETag}"));
}
