using Azure.Messaging.ServiceBus;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>A function that runs for each message of a queue or subscription.</summary>
/// <param name="Name">The function's.</param>
/// <param name="Address">Of what it waits for.</param>
/// <param name="AutoCompletes">Whether a message is done with once the function has returned.</param>
/// <param name="Run">Calls the function.</param>
sealed record QueueFunction(
    string Name,
    string Address,
    bool AutoCompletes,
    Func<ServiceBusReceivedMessage, LocalMessageActions, CancellationToken, Task> Run);
