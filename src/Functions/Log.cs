using Microsoft.Extensions.Logging;

namespace Telephony.Functions;

/// <summary>Every log line of the app. An id is never used again for another meaning.</summary>
static partial class Log
{
    [LoggerMessage(100, LogLevel.Error, "{Function} failed")]
    public static partial void Failed(ILogger logger, Exception e, string function);

    [LoggerMessage(101, LogLevel.Warning, "{Function} met storage that does not answer")]
    public static partial void StorageFailed(ILogger logger, Exception e, string function);

    [LoggerMessage(102, LogLevel.Information, "{Function} answered {Status} {Code} to {Caller}")]
    public static partial void Refused(ILogger logger, string function, int status, string code, string caller);

    [LoggerMessage(103, LogLevel.Warning, "The token issuer {Authority} does not answer as one")]
    public static partial void IssuerFailed(ILogger logger, Exception e, Uri authority);

    [LoggerMessage(105, LogLevel.Warning, "The sweep {Pace} runs late: nothing ran when it was due")]
    public static partial void SweepIsLate(ILogger logger, Sweep.Pace pace);

    [LoggerMessage(104, LogLevel.Error, "The chore {Chore} failed at site {Site} and will be tried again")]
    public static partial void ChoreFailed(ILogger logger, Exception e, string chore, string site);

    [LoggerMessage(106, LogLevel.Warning, "{Event} of {Site} is not in the history and told yet; the timer will do it")]
    public static partial void NotMoved(ILogger logger, Exception e, string site, string @event);

    [LoggerMessage(110, LogLevel.Warning, "{Topic} takes no events: they wait in the sites' rows until the timer sends "
        + "them. Look at Service Bus; nothing is lost, and requests go on")]
    public static partial void NotSent(ILogger logger, Exception e, string topic);

    [LoggerMessage(120, LogLevel.Warning, "{Function} met a Service Bus that does not answer")]
    public static partial void MessagingFailed(ILogger logger, Exception e, string function);

    [LoggerMessage(121, LogLevel.Warning, "Message {Message} cannot be carried out and is dead-lettered: {Code}")]
    public static partial void DeadLettered(ILogger logger, string message, string code);

    [LoggerMessage(122, LogLevel.Information, "{Operation} came too early: the platform's word on {Number} is kept")]
    public static partial void WordKept(ILogger logger, string operation, string number);
}
