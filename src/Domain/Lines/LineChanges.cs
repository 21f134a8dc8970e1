using System.Collections.Immutable;
using System.Globalization;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Lines;

/// <summary>What changed of an assignment, field by field, as history keeps it.</summary>
public static class LineChanges
{
    /// <summary>The one field of a number that says who did something.</summary>
    public const string ConfirmedBy = "confirmedBy";

    internal static ImmutableArray<FieldChange> Of(
        Line? before, EmergencyLocation? wasAt, Line? after, EmergencyLocation? isAt)
    {
        FieldChange[] fields =
        [
            new("user", before?.User?.Value, after?.User?.Value),
            new("handset", before?.Handset?.ToString(), after?.Handset?.ToString()),
            new("space", before?.Space?.Value, after?.Space?.Value),
            new("loggedInAt", before?.Session?.Handset.ToString(), after?.Session?.Handset.ToString()),
            new("loggedInUntil", Text(before?.Session?.Until), Text(after?.Session?.Until)),
            new("location", wasAt?.ToString(), isAt?.ToString()),
            new("callback", before?.Emergency.Callback?.ToString(), after?.Emergency.Callback?.ToString()),
            new("notify", Notify(before), AreOthers(before, after) ? $"{Notify(after)} others" : Notify(after)),
            new(ConfirmedBy, before?.Emergency.Confirmation?.By, after?.Emergency.Confirmation?.By),
        ];
        return [.. fields.Where(field => field.Before != field.After)];
    }

    /// <summary>How many are told, not who: addresses have no place in histories.</summary>
    static string? Notify(Line? line) =>
        line?.Emergency.Notify.Length is > 0 and var count ? count.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>As many, and not the same.</summary>
    static bool AreOthers(Line? before, Line? after) =>
        before is not null && after is not null && Notify(before) == Notify(after)
        && !before.Emergency.Notify.SequenceEqual(after.Emergency.Notify);

    static string? Text(DateTimeOffset? time) =>
        time?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
