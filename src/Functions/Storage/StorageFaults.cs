using Azure;

namespace Telephony.Functions.Storage;

/// <summary>Which exceptions say that storage does not answer.</summary>
static class StorageFaults
{
    /// <summary>
    /// Storage did not answer, or said that it cannot now: the client wraps what it met in several forms.
    /// </summary>
    public static bool Is(Exception e) => e switch
    {
        RequestFailedException failed => failed.Status is 0 or 408 or 429 or >= 500,
        AggregateException several => several.InnerExceptions.Count > 0 && several.InnerExceptions.All(Is),
        IOException or TimeoutException or OperationCanceledException or HttpRequestException => true,
        _ => false,
    };
}
