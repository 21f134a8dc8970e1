using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Telephony.LocalRuntime.Durable;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Durable;

public sealed class LimitTests(AzuriteFixture azurite)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_instance_with_too_many_events_fails_and_says_so()
    {
        var failure = await FailureAsync(
            new ScriptedFunctions().Activity<int>("Same", number => number).Orchestrator("Long", async context =>
            {
                for (var number = 0; number < 10; number++)
                {
                    await context.CallActivityAsync("Same", number);
                }

                return null;
            }),
            options => options with { HistoryEventsMax = 5 });

        Assert.Equal("HistoryTooLarge", failure.ErrorType);
        Assert.Contains("6 events; at most 5", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_with_too_long_a_history_fails_and_says_so()
    {
        var failure = await FailureAsync(
            new ScriptedFunctions()
                .Activity<int>("Text", length => new string('x', length))
                .Orchestrator("Long", async context =>
                {
                    for (var number = 0; number < 10; number++)
                    {
                        await context.CallActivityAsync("Text", 1_000);
                    }

                    return null;
                }),
            options => options with { HistoryTextMax = 3_000 });

        Assert.Equal("HistoryTooLarge", failure.ErrorType);
        Assert.Contains("characters; at most 3000", failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("result", "PayloadTooLarge", "The result of activity 'Text'")]
    [InlineData("output", "PayloadTooLarge", "The orchestrator's output")]
    [InlineData("input", "System.InvalidOperationException", "The input of activity 'Text'")]
    [InlineData("status", "System.InvalidOperationException", "The custom status")]
    public async Task A_payload_that_is_too_large_fails_the_instance_and_says_which(
        string where, string type, string what)
    {
        var functions = new ScriptedFunctions()
            .Activity<string>("Text", text => text == "result" ? new string('x', 70_000) : text)
            .Orchestrator("Long", async context =>
            {
                if (where == "status")
                {
                    context.SetCustomStatus(new string('x', 9_000));
                }

                await context.CallActivityAsync("Text", where == "input" ? new string('x', 70_000) : where);
                return where == "output" ? new string('x', 70_000) : "short";
            });

        var failure = await FailureAsync(functions, options => options);

        failure = failure.InnerFailure ?? failure;
        Assert.Equal(type, failure.ErrorType);
        Assert.StartsWith(what, failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_with_too_large_a_payload_is_refused()
    {
        var functions = new ScriptedFunctions().Orchestrator(
            "Wait", async context => await context.WaitForExternalEvent<string>("Go"));
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);
        var large = new string('x', 70_000);
        await app.ScheduleAsync("Wait", id: "x");

        await Assert.ThrowsAsync<ArgumentException>(() => app.ScheduleAsync("Wait", large));
        await Assert.ThrowsAsync<ArgumentException>(() => app.Client.RaiseEventAsync("x", "Go", large, Ct));
    }

    [Fact]
    public void A_chunk_never_parts_a_pair_of_surrogates_and_only_new_ones_are_written()
    {
        var text = new string('x', 31_999) + string.Concat(Enumerable.Repeat("😀", 20_000));
        var whole = new TableEntity();
        Chunks.Write(whole, "Text", text);
        var more = new TableEntity();
        Chunks.Write(more, "Text", text + "more", text);

        Assert.Equal(text, Chunks.Read(whole, "Text"));
        Assert.All(ChunksOf(whole), name => Assert.False(char.IsHighSurrogate(whole.GetString(name)[^1])));
        Assert.Equal(["Text02"], ChunksOf(more));
    }

    [Fact]
    public async Task The_largest_instance_there_can_be_fits_a_row()
    {
        var text = new string('x', 59_990);
        var functions = new ScriptedFunctions()
            .Activity<string>("Same", same => same)
            .Orchestrator("Long", async context =>
            {
                for (var count = 0; count < 4; count++)
                {
                    await context.CallActivityAsync<string>("Same", context.GetInput<string>());
                }

                context.SetCustomStatus(new string('s', 8_000));
                return context.GetInput<string>();
            });
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);

        var ended = await app.RunAsync("Long", text);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        Assert.Equal(text, ended.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_step_may_fail_200_times_because_storage_does()
    {
        const int Failures = 200;
        var key = new TableSharedKeyCredential("account", Convert.ToBase64String("key"u8));
        var unreachable = new TableClient(new("http://127.0.0.1:1/"), "sites", key, StorageOptions.With(retries: 3));
        var (tries, functions) = (0, new ScriptedFunctions());
        functions
            .Activity<string>("Close", async Task<object?> (site) => ++tries > Failures
                ? "closed"
                : (await unreachable.GetEntityAsync<TableEntity>(site, site, cancellationToken: Ct)).Value.RowKey)
            .Orchestrator("Long", async context => await context.CallActivityAsync<string>(
                "Close", "x", TaskOptions.FromRetryHandler(_ => true)));
        await using var app = await EngineUnderTest.StartAsync(azurite, functions);

        var ended = await app.RunAsync("Long");

        Assert.Equal("closed", ended.ReadOutputAs<string>());
        Assert.Equal(Failures + 1, functions.RunsOf("Close"));
    }

    [Fact]
    public void A_hundred_of_the_longest_failures_fit_and_keep_their_types()
    {
        var longest = new InvalidOperationException(new string('x', 10_000));
        for (var depth = 0; depth < 9; depth++)
        {
            longest = Thrown(new InvalidOperationException(new string('x', 10_000), longest));
        }

        var failure = Failures.From(longest);
        var text = HistoryText.Write(new HistoryEvent.ActivityFailed(default, 0, "Close", failure));

        Assert.InRange(text.Length, 1, new DurableOptions().HistoryTextMax / 100);
        Assert.True(failure.InnerFailure!.IsCausedBy<InvalidOperationException>());
        Assert.NotNull(failure.StackTrace);
    }

    [Fact]
    public void A_cut_failure_stays_as_it_is_when_the_orchestrator_fails_with_it()
    {
        var failure = Failures.From(Thrown(new InvalidOperationException(new string('x', 10_000))));

        Assert.Equal(failure, Failures.From(new TaskFailedException("Close", 0, failure)).InnerFailure);
    }

    static InvalidOperationException Thrown(InvalidOperationException exception) =>
        Assert.Throws<InvalidOperationException>(void () => throw exception);

    static IEnumerable<string> ChunksOf(TableEntity row) =>
        row.Keys.Where(name => name.StartsWith("Text", StringComparison.Ordinal));

    async Task<TaskFailureDetails> FailureAsync(
        ScriptedFunctions functions, Func<DurableOptions, DurableOptions> limit)
    {
        var options = limit(EngineUnderTest.Quick(EngineUnderTest.NewTable()));
        await using var app = await EngineUnderTest.StartAsync(azurite, functions, options);

        var ended = await app.RunAsync("Long");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        return ended.FailureDetails!;
    }
}
