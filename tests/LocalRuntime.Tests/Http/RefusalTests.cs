namespace Telephony.LocalRuntime.Tests;

/// <summary>What would run here but not on Azure, or not here, is refused before anything listens.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(typeof(RefusedFunctions.Guarded), "function keys")]
    [InlineData(typeof(RefusedFunctions.Unbound), "parameter 'p': nothing here gives a String")]
    [InlineData(typeof(RefusedFunctions.OtherType), "parameter 'p': nothing here gives a Decimal")]
    [InlineData(typeof(RefusedFunctions.ForeignBody), "parameter 'p': nothing here gives a Greeting")]
    [InlineData(typeof(RefusedFunctions.WrongClient), "parameter 'p': nothing here gives a String")]
    [InlineData(typeof(RefusedFunctions.NotARequest), "parameter 'p': an HTTP trigger binds to HttpRequest")]
    [InlineData(typeof(RefusedFunctions.WrongReturn), "returns IResult or Task<IResult>")]
    [InlineData(typeof(RefusedFunctions.BadRoute), "incomplete parameter")]
    [InlineData(typeof(RefusedFunctions.NoTrigger), "exactly one trigger and has 0")]
    [InlineData(typeof(RefusedFunctions.UnknownTrigger), "parameter 'p': the local host has no MoonTriggerAttribute")]
    [InlineData(typeof(RefusedFunctions.NotPublic), "must be public")]
    [InlineData(typeof(RefusedFunctions.Twice), "is there twice")]
    [InlineData(typeof(RefusedFunctions.WrongContext), "parameter 'p': an orchestration trigger binds to")]
    [InlineData(typeof(RefusedFunctions.SecondInput), "parameter 'p': nothing here gives a Int32")]
    [InlineData(typeof(RefusedFunctions.OrchestratorWithClient), "parameter 'p': nothing here gives a Durable")]
    [InlineData(typeof(RefusedFunctions.SynchronousActivity), "returns Task or Task<T>")]
    public async Task A_function_that_cannot_run_is_refused_at_start_by_name(Type type, string reason)
    {
        var message = await TestHost.RefusalAsync(TestHost.Options(type));

        Assert.StartsWith("Function 'F'", message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(reason, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        await using var first = await LocalHost.StartAsync(TestHost.Options(), TestContext.Current.CancellationToken);

        var message = await TestHost.RefusalAsync(TestHost.Options() with { Port = first.BaseAddress.Port });

        Assert.Contains($"Port {first.BaseAddress.Port} is in use", message, StringComparison.Ordinal);
    }
}
