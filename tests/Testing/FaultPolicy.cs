using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Telephony.Testing;

/// <summary>
/// Loses requests or responses of a real client. It stands inside the client's own retries (see
/// <see cref="StorageOptions"/>), so each attempt counts as a request.
/// </summary>
public sealed class FaultPolicy(FaultPlan plan) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var fault = plan.Next();
        if (fault is Fault.BeforeCall)
            throw new IOException("The request was lost.");

        await ProcessNextAsync(message, pipeline);
        if (fault is Fault.AfterCall)
            Lose(message);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var fault = plan.Next();
        if (fault is Fault.BeforeCall)
            throw new IOException("The request was lost.");

        ProcessNext(message, pipeline);
        if (fault is Fault.AfterCall)
            Lose(message);
    }

    static void Lose(HttpMessage message)
    {
        message.Response.Dispose();
        throw new IOException("The response was lost.");
    }
}

/// <summary>Options for a client under test.</summary>
public static class StorageOptions
{
    /// <param name="retries">
    /// How often the client itself repeats a failed request; with 0 the test sees every fault.
    /// </param>
    /// <param name="policies">Inside the retries, in this order.</param>
    public static TableClientOptions With(int retries, params HttpPipelinePolicy[] policies)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = retries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(10);
        foreach (var policy in policies)
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        return options;
    }
}
