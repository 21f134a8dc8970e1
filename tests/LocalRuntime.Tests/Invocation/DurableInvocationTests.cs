using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Telephony.Testing;

namespace Telephony.LocalRuntime.Tests;

public sealed class DurableInvocationTests(AzuriteFixture azurite)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orchestrators_and_activities_are_bound_and_run_inside_the_middleware()
    {
        var seen = new ConcurrentQueue<string>();
        var options = TestHost.Options(typeof(SampleOrchestration)) with
        {
            Configure = builder =>
            {
                builder.Services.AddSingleton<Greeting>();
                builder.UseMiddleware((context, next) => Note(seen, context, next));
            },
        };
        options = options.With("AzureWebJobsStorage", azurite.ConnectionString)
            .With("LocalRuntime:Durable:Table", "invocations");
        await using var host = await LocalHost.StartAsync(options, Ct);
        using var http = new HttpClient { BaseAddress = host.BaseAddress };

        var answer = await http.PostAsync("api/begin/ann", content: null, Ct);

        Assert.Equal(
            "Completed: \"hello, hello ann x2 by Speak of i-ann\"", await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal(
            ["activityTrigger Bow", "activityTrigger Speak", "httpTrigger Begin", "orchestrationTrigger Conduct"],
            seen.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_engine_refuses_an_identity_based_connection()
    {
        var options = TestHost.Options(typeof(SampleOrchestration))
            .With("AzureWebJobsStorage", null).With("AzureWebJobsStorage:tableServiceUri", "https://a.example/");

        Assert.Contains("needs a connection string", await TestHost.RefusalAsync(options), StringComparison.Ordinal);
    }

    static async Task Note(ConcurrentQueue<string> seen, FunctionContext context, Func<Task> next)
    {
        var trigger = context.FunctionDefinition.InputBindings.Values
            .Single(binding => binding.Type.EndsWith("Trigger", StringComparison.Ordinal));
        await next();
        seen.Enqueue($"{trigger.Type} {context.FunctionDefinition.Name}");
    }
}
