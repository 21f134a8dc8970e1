using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Telephony.Domain;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>An app to which all examples were sent, in their order.</summary>
public sealed partial class PlayedExamples(AzuriteFixture azurite) : IAsyncLifetime
{
    public const string Command = "tools/openapi/write";

    const string DeadCommand =
        """{"type":"ActivateMain","version":1,"commandId":"activate-4711","site":"harbour-london","account":"acme","""
        + "\"number\":\"+442079461234\"}";

    static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
    };

    internal static readonly string File = Path.Combine(
        Repository.Root, "tests", "Functions.Tests", "OpenApi", "examples.json");

    internal static bool IsWriting => Environment.GetEnvironmentVariable("WRITE_OPENAPI") is { Length: > 0 };

    internal TestApp App { get; private set; } = null!;

    /// <summary>As they stand in the file.</summary>
    internal IReadOnlyList<Example> Written { get; private set; } = [];

    /// <summary>As they went, with what was really sent and answered.</summary>
    internal IReadOnlyList<Example> Sent { get; private set; } = [];

    /// <summary>The file as it should be.</summary>
    internal string Text => JsonSerializer.Serialize(
        Written.Zip(Sent, (written, sent) => written with { Status = sent.Status, Answer = sent.Answer }), Options)
        + "\n";

    public async ValueTask InitializeAsync()
    {
        App = await TestApp.StartAsync(azurite);
        AddDeadLetter(1, DeadCommand, "not-provisioned", "+442079461234: It is not provisioned at this site.");
        AddDeadLetter(2, "ActivateMain", "bad-json", "It is no JSON object, or not well-formed, at line 1.");
        Written = JsonSerializer.Deserialize<Example[]>(await System.IO.File.ReadAllTextAsync(File), Options)!;
        var sent = new List<Example>();
        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        foreach (var example in Written)
        {
            var ready = example with
            {
                Path = Filled(example.Path, answers),
                Headers = example.Headers?.ToDictionary(header => header.Key, header => Filled(header.Value, answers)),
            };
            var answer = await SendAsync(ready, sent.Count);
            if (answer.Status == 202)
                await EndAsync(answer, mayWait: example.Function != "PostOperationCancel");
            if (answer.Status < 300)
                answers[example.Function] = answer;
            // The description is no example of itself.
            var hasAnswer = answer.Body.Count > 0 && example.Function != nameof(GetOpenApi);
            sent.Add(ready with { Status = answer.Status, Answer = hasAnswer ? answer.Body : null });
        }

        Sent = sent;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    void AddDeadLetter(long id, string body, string code, string reason) => App.Bus.DeadLetters.Add(
        ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString(body), messageId: $"command-{id}", sequenceNumber: id, deliveryCount: 1,
            enqueuedTime: App.Clock.GetUtcNow(), properties: new Dictionary<string, object>
            {
                ["DeadLetterReason"] = code, ["DeadLetterErrorDescription"] = reason,
            }));

    Task<Answer> SendAsync(Example example, int index) => App.SendAsync(
        new(example.Api.Verb), example.Path, example.Token(App), request =>
        {
            if (example.Body is { } body)
                request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            request.Headers.Add("X-Correlation-Id", $"example-{index}");
            foreach (var (name, value) in example.Headers ?? [])
                request.Headers.TryAddWithoutValidation(name, value);
        });

    /// <summary>Until it has ended or waits for somebody, and so has what it called for.</summary>
    async Task EndAsync(Answer accepted, bool mayWait)
    {
        var sites = App.Services.GetRequiredService<SitePartition>();
        for (OperationId? next = OperationId.Parse(accepted.Id); next is { } id;)
        {
            var seen = await Eventually.GetAsync(
                () => sites.FindAsync(id, TestContext.Current.CancellationToken), Settled);
            next = seen!.Linked;
        }

        bool Settled(Operation? seen) =>
            seen is { HasEnded: true } || (mayWait && seen is { State: OperationState.Waiting });
    }

    static string Filled(string text, Dictionary<string, Answer> answers) => Placeholder().Replace(text, match =>
    {
        var answer = answers[match.Groups["function"].Value];
        return match.Groups["what"].Value is var what and not "etag" ? (string)answer.Body[what]! : answer.ETag!;
    });

    [GeneratedRegex(@"\{(?<function>\w+)\.(?<what>id|etag|operation)\}")]
    private static partial Regex Placeholder();
}
