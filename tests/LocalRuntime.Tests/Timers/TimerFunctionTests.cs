using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests.Timers;

/// <summary>Timer functions in a host.</summary>
public sealed class TimerFunctionTests(AzuriteFixture azurite)
{
    static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 1, 0, TimeSpan.Zero);

    readonly WatchedTime time = new(Start);
    readonly ConcurrentQueue<string> seen = new();
    readonly string table = "timers" + Guid.NewGuid().ToString("N");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_function_is_bound_runs_inside_the_middleware_and_may_begin_an_orchestration()
    {
        var options = Options(typeof(SampleTimers))
            .With("Sweep:Schedule", "0 */5 * * * *").With("LocalRuntime:Durable:Table", "d" + table);
        await using var host = await LocalHost.StartAsync(options, Ct);
        var client = host.Services.GetRequiredService<DurableTaskClient>();

        for (var minute = 2; minute <= 5; minute++)
            await time.ReachAsync(Start + TimeSpan.FromMinutes(minute - 1));
        await Eventually.ThatAsync(async () => await client.GetInstanceAsync("swept-0005", Ct) is
        {
            RuntimeStatus: OrchestrationRuntimeStatus.Completed,
        });

        Assert.Equal(
            ["+Sweep", "Sweep of timerTrigger, to be cancelled", "-Sweep"],
            seen.Where(entry => entry.Contains("Sweep", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Often", 10)]
    [InlineData("Unwatched", 60)]
    public async Task What_is_due_more_than_once_a_minute_or_says_so_is_not_monitored(string name, int seconds)
    {
        await using var host = await LocalHost.StartAsync(Options(typeof(UnwatchedTimers)), Ct);
        await time.ReachAsync(Start + TimeSpan.FromSeconds(seconds));
        await Eventually.That(() => seen.Contains($"-{name}"));

        Assert.Equal([$"+{name}", $"{name} False unwatched", $"-{name}"], seen.Where(entry => entry.Contains(name)));
        Assert.Null(host.Services.GetService<DurableTaskClient>());
    }

    [Fact]
    public async Task A_host_that_was_down_runs_once_what_it_missed()
    {
        var options = Options(typeof(SampleTimers))
            .With("Sweep:Schedule", "01:00:00").With("LocalRuntime:Durable:Table", "d" + table);
        await using (await LocalHost.StartAsync(options, Ct))
            await time.AwaitedAsync(Start + TimeSpan.FromMinutes(1));

        time.SetUtcNow(Start + TimeSpan.FromHours(3));
        await using var host = await LocalHost.StartAsync(options, Ct);
        await Eventually.That(() => seen.Contains("-Sweep"));

        Assert.Single(seen, "-Sweep");
    }

    [Theory]
    [InlineData(typeof(RefusedTimers.FiveFields), "'*/5 * * * *' is no schedule: it takes six fields, seconds first")]
    [InlineData(typeof(RefusedTimers.UnknownSetting), "the setting Nobody:Has, which is unset")]
    [InlineData(typeof(RefusedTimers.RunsOnStartup), "the local host has no RunOnStartup")]
    [InlineData(typeof(RefusedTimers.OtherInfo), "parameter 'p': a timer trigger binds to TimerInfo")]
    [InlineData(typeof(RefusedTimers.OtherParameter), "parameter 'p': nothing here gives a String")]
    [InlineData(typeof(RefusedTimers.WithResult), "a timer function returns Task")]
    public async Task A_timer_that_cannot_run_is_refused_at_start_by_name(Type type, string reason)
    {
        var message = await TestHost.RefusalAsync(Options(type));

        Assert.StartsWith("Function 'F' cannot run here: ", message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    LocalHostOptions Options(Type type)
    {
        var options = TestHost.Options(type) with
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time).AddSingleton(seen);
                builder.UseMiddleware(async (context, next) =>
                {
                    seen.Enqueue($"+{context.FunctionDefinition.Name}");
                    await next();
                    seen.Enqueue($"-{context.FunctionDefinition.Name}");
                });
            },
        };
        return options.With("AzureWebJobsStorage", azurite.ConnectionString).With("LocalRuntime:Timers:Table", table);
    }
}
