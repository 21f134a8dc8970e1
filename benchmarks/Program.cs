using Telephony.Benchmarks;

Func<CancellationToken, Task<int>>? figure = args switch
{
    ["allocation"] => AllocationTime.RunAsync,
    ["choosing"] => Choosing.RunAsync,
    ["requests"] => AllocationRequests.RunAsync,
    ["voice-service"] => VoiceServiceRequests.RunAsync,
    ["assignment"] => AssignmentRequests.RunAsync,
    ["memory"] => Memory.RunAsync,
    ["messages"] => ct => Messages.RunAsync(Messages.CountDefault, ct),
    ["messages", var count] when int.TryParse(count, out var messages) && Messages.CanBe(messages) =>
        ct => Messages.RunAsync(messages, ct),
    ["orchestration"] => OrchestrationTime.RunAsync,
    ["route"] => RouteTime.RunAsync,
    ["start"] => Start.RunAsync,
    ["nothing"] => _ => Task.FromResult(0),
    _ => null,
};
if (figure is null)
{
    Console.Error.WriteLine(
        "Usage: dotnet run -c Release --project benchmarks -- "
        + "allocation | assignment | choosing | requests | voice-service | memory | messages [count] | orchestration "
        + "| route | start");
    return 2;
}

// No figure may run for ever, whatever is wrong with the machine.
using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10));
return await figure(limit.Token);
