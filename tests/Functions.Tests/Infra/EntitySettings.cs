using System.Xml;

namespace Telephony.Functions.Tests.Infra;

/// <summary>How a queue, topic or subscription treats messages; what its kind does not have is null.</summary>
sealed record EntitySettings(
    TimeSpan TimeToLive,
    TimeSpan? DuplicatesRememberedFor,
    TimeSpan? LockDuration,
    int? MaxDeliveryCount,
    bool? DeadLettersTheExpired,
    bool? RequiresSession)
{
    public static EntitySettings Of(Resource entity) => new(
        Time(entity, "defaultMessageTimeToLive")!.Value,
        entity.Property("requiresDuplicateDetection") is { } wanted && wanted.GetValue<bool>()
            ? Time(entity, "duplicateDetectionHistoryTimeWindow")
            : null,
        Time(entity, "lockDuration"),
        entity.Property("maxDeliveryCount")?.GetValue<int>(),
        entity.Property("deadLetteringOnMessageExpiration")?.GetValue<bool>(),
        entity.Property("requiresSession")?.GetValue<bool>());

    static TimeSpan? Time(Resource entity, string property) =>
        entity.Property(property) is { } duration ? XmlConvert.ToTimeSpan(duration.GetValue<string>()) : null;
}
