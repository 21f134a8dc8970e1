using Telephony.Domain;

namespace Telephony.Functions.Operations;

/// <summary>
/// What an orchestration can be told while it runs. Each event is named after its operation: an instance carries out
/// one operation after the other, and what was meant for one must not reach the next.
/// </summary>
static class OperationEvents
{
    /// <summary>Call it off.</summary>
    public static string Cancel(string operation) => $"cancel~{OperationId.Parse(operation).Hash}";

    /// <summary>Look again: what it waits for has happened.</summary>
    public static string Look(string operation) => $"look~{OperationId.Parse(operation).Hash}";
}
