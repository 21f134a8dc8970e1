using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Telephony.LocalRuntime.Tests;

public sealed class MiddlewareTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static readonly LocalHostOptions Options = TestHost.Options(typeof(SampleFunctions));

    [Fact]
    public async Task Middleware_run_in_the_order_added_around_the_function()
    {
        var steps = new ConcurrentQueue<string>();
        await using var host = await LocalHost.StartAsync(Options with
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton<Greeting>().AddSingleton(steps);
                builder.UseMiddleware<Recorder>();
                builder.UseMiddleware(async (_, next) => await Around("inline", steps, next));
                builder.UseWhen(
                    context => context.FunctionDefinition.Name == "Half", (_, next) => Around("half", steps, next));
                builder.UseWhen<Stranger>(context => context.FunctionDefinition.Name == "Other");
                builder.Use(next => context => Around("raw", steps, () => next(context)));
            },
        }, Ct);
        using var http = new HttpClient { BaseAddress = host.BaseAddress };

        await http.GetStringAsync("api/greet", Ct);
        await http.GetStringAsync("api/half/2", Ct);

        Assert.Equal(
            "+recorder +inline +raw -raw -inline -recorder "
            + "+recorder +inline +half +raw -raw -half -inline -recorder",
            string.Join(' ', steps));
    }

    [Fact]
    public async Task A_middleware_sees_the_matched_route_and_may_answer_by_itself()
    {
        await using var host = await LocalHost.StartAsync(Options with
        {
            Configure = builder => builder.UseMiddleware(async (context, _) =>
            {
                var http = context.GetHttpContext()!;
                http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                var number = http.Request.RouteValues["number"];
                await http.Response.WriteAsync($"{number} of {context.FunctionDefinition.Name}");
            }),
        }, Ct);
        using var http = new HttpClient { BaseAddress = host.BaseAddress };

        var answer = await http.GetAsync("api/half/8", Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("8 of Half", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_result_is_written_after_the_last_middleware_has_returned()
    {
        var started = new ConcurrentQueue<bool>();
        await using var host = await LocalHost.StartAsync(Options with
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton<Greeting>();
                builder.UseMiddleware(async (context, next) =>
                {
                    await next();
                    started.Enqueue(context.GetHttpContext()!.Response.HasStarted);
                    context.GetHttpContext()!.Response.Headers["X-Late"] = "in time";
                });
            },
        }, Ct);
        using var http = new HttpClient { BaseAddress = host.BaseAddress };

        var answer = await http.GetAsync("api/greet", Ct);

        Assert.Equal(["in time"], answer.Headers.GetValues("X-Late"));
        Assert.Equal([false], started);
    }

    static async Task Around(string name, ConcurrentQueue<string> steps, Func<Task> next)
    {
        steps.Enqueue($"+{name}");
        await next();
        steps.Enqueue($"-{name}");
    }

    sealed class Recorder(ConcurrentQueue<string> steps) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
            Around("recorder", steps, () => next(context));
    }

    sealed class Stranger : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
            throw new InvalidOperationException("This function is not for me.");
    }
}
