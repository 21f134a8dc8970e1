using Microsoft.Extensions.Logging;

namespace Telephony.LocalRuntime;

static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "{Methods} {Route} → {Function}")]
    public static partial void Route(ILogger logger, string methods, string route, string function);

    [LoggerMessage(2, LogLevel.Information, "{Trigger} → {Function}")]
    public static partial void Triggered(ILogger logger, string trigger, string function);

    [LoggerMessage(3, LogLevel.Information, "Listening on {Address}, until Ctrl+C")]
    public static partial void Listening(ILogger logger, Uri address);

    [LoggerMessage(4, LogLevel.Information, "Azurite keeps the tables in {Directory}, port {Port}")]
    public static partial void AzuriteStarted(ILogger logger, string directory, int port);

    [LoggerMessage(5, LogLevel.Error, "Function {Function} failed, invocation {Invocation}")]
    public static partial void FunctionFailed(ILogger logger, Exception e, string function, string invocation);

    [LoggerMessage(6, LogLevel.Information, "The caller of {Function} did not wait for the answer")]
    public static partial void CallerLeft(ILogger logger, string function);

    [LoggerMessage(7, LogLevel.Information, "Tokens at {Address}/tokens/{{persona}} for {Personas}")]
    public static partial void IssuerListening(ILogger logger, string address, string personas);

    [LoggerMessage(8, LogLevel.Information, "Tokens are for nobody: there is no {File}")]
    public static partial void NoPersonas(ILogger logger, string file);

    [LoggerMessage(9, LogLevel.Information, "Samples loaded: {Count} requests of {File}")]
    public static partial void SamplesLoaded(ILogger logger, int count, string file);

    [LoggerMessage(10, LogLevel.Error, "Samples stopped at {Method} {Path}: {Answer}")]
    public static partial void SampleRefused(ILogger logger, string method, string path, string answer);

    [LoggerMessage(11, LogLevel.Information, "The API to read and try at {Address}")]
    public static partial void ApiPage(ILogger logger, Uri address);

    [LoggerMessage(12, LogLevel.Information, "{Trigger} {Schedule} → {Function}")]
    public static partial void Scheduled(ILogger logger, string trigger, string schedule, string function);

    [LoggerMessage(13, LogLevel.Error, "Timer function {Function} failed; it has had its turn")]
    public static partial void TimerFailed(ILogger logger, Exception e, string function);

    [LoggerMessage(14, LogLevel.Information, "Timer function {Function} was cancelled and ended")]
    public static partial void TimerCancelled(ILogger logger, string function);

    [LoggerMessage(15, LogLevel.Warning, "Timer function {Function} lost its lease, and is cancelled")]
    public static partial void TimerLost(ILogger logger, string function);

    [LoggerMessage(16, LogLevel.Warning,
        "Timer function {Function}: storage did not answer as expected; asked again in {Rest}")]
    public static partial void TimerStorageFailed(ILogger logger, Exception e, string function, TimeSpan rest);

    [LoggerMessage(17, LogLevel.Information, "Service Bus on 127.0.0.1:{Port}, messages in {Place}")]
    public static partial void BusListening(ILogger logger, int port, string place);

    [LoggerMessage(18, LogLevel.Information, "{Trigger} {Address} → {Function}")]
    public static partial void Receiving(ILogger logger, string trigger, string address, string function);

    [LoggerMessage(19, LogLevel.Error, "Function {Function} failed for message {Message}, attempt {Attempt}")]
    public static partial void MessageFailed(
        ILogger logger, Exception e, string function, string message, int attempt);

    [LoggerMessage(20, LogLevel.Warning,
        "Message {Message} could not be settled after {Function} ran; it may come again")]
    public static partial void MessageNotSettled(ILogger logger, Exception e, string function, string message);
}
