using Amqp.Types;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>What a request to $cbs or $management is answered, with a status as HTTP has them.</summary>
sealed record Answer(int Status, object? Body = null, Symbol? Condition = null, string? Description = null)
{
    public static Answer Refusal(Exception e)
    {
        var error = AmqpErrors.Of(e);
        var status = e is BusException refusal ? StatusOf(refusal.Fault) : e is InvalidCastException ? 400 : 500;
        return new(status, null, error.Condition, error.Description);
    }

    static int StatusOf(BusFault fault) => fault switch
    {
        BusFault.NotFound => 404,
        BusFault.LockLost => 410,
        BusFault.NotSupported => 501,
        _ => 403,
    };
}
