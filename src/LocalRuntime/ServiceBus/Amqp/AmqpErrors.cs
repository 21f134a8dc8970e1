using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>The bus's refusals in the words that Service Bus has for them on the wire.</summary>
static class AmqpErrors
{
    public static Error Of(Exception e) => e is BusException refusal
        ? new Error(ConditionOf(refusal.Fault)) { Description = refusal.Message }
        : new Error(ErrorCode.InternalError) { Description = e.Message };

    public static Error Unauthorized(string address) => new(ErrorCode.UnauthorizedAccess)
    {
        Description = $"No token of this connection is for '{address}'. Put one that the bus's key signed at $cbs.",
    };

    public static Symbol ConditionOf(BusFault fault) => fault switch
    {
        BusFault.NotFound => ErrorCode.NotFound,
        BusFault.TooLarge => ErrorCode.MessageSizeExceeded,
        BusFault.Full => ErrorCode.ResourceLimitExceeded,
        BusFault.LockLost => "com.microsoft:message-lock-lost",
        _ => ErrorCode.NotImplemented,
    };
}
