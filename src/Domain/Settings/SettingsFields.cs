using System.Collections.Immutable;
using System.Globalization;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Settings;

/// <summary>What is set together, and by the same people.</summary>
public enum Setting
{
    Label,
    Voicemail,
    Forwarding,
    DoNotDisturb,
    CallWaiting,
    CallerId,
    SimultaneousRing,
    Screening,
    AuthorizationCode,
    OutgoingPermissions,
    HotDesk,
    Intercept,
}

/// <summary>
/// The fields of a number's settings by the names that people, history and events know them by; they never change.
/// </summary>
public static class SettingsFields
{
    static readonly ImmutableArray<Field> All =
    [
        new("label", Setting.Label, set => set.Label),
        new("voicemail.on", Setting.Voicemail, set => set.Voicemail.On),
        new("voicemail.email", Setting.Voicemail, set => set.Voicemail.Email),
        new("voicemail.ringSeconds", Setting.Voicemail, set => set.Voicemail.RingSeconds),
        .. Forwards("always", set => set.Forwarding.Always),
        .. Forwards("busy", set => set.Forwarding.Busy),
        .. Forwards("noAnswer", set => set.Forwarding.NoAnswer),
        new("forwarding.noAnswer.seconds", Setting.Forwarding, set => set.Forwarding.NoAnswerSeconds),
        .. Forwards("unreachable", set => set.Forwarding.Unreachable),
        new("doNotDisturb.on", Setting.DoNotDisturb, set => set.DoNotDisturb.On),
        new("doNotDisturb.ringSplash", Setting.DoNotDisturb, set => set.DoNotDisturb.RingSplash),
        new("callWaiting.on", Setting.CallWaiting, set => set.CallWaiting.On),
        new("callerId.show", Setting.CallerId, set => set.CallerId.Show),
        new("callerId.number", Setting.CallerId, set => set.CallerId.Number),
        new("simultaneousRing.numbers", Setting.SimultaneousRing, set => List(set.SimultaneousRing.Numbers)),
        new(
            "simultaneousRing.skipWhileOnCall", Setting.SimultaneousRing, set => set.SimultaneousRing.SkipWhileOnCall),
        new("screening.rules", Setting.Screening, set => List(
            set.Screening.Rules.Select(rule => $"{rule.Action} {rule.Callers}"))),
        new("screening.rejectAnonymous", Setting.Screening, set => set.Screening.RejectAnonymous),
        new("authorizationCode.required", Setting.AuthorizationCode, set => set.AuthorizationCode.Required),
        new("outgoingPermissions.national", Setting.OutgoingPermissions, set => set.OutgoingPermissions.National),
        new("outgoingPermissions.mobile", Setting.OutgoingPermissions, set => set.OutgoingPermissions.Mobile),
        new("outgoingPermissions.freephone", Setting.OutgoingPermissions, set => set.OutgoingPermissions.Freephone),
        new("outgoingPermissions.sharedCost", Setting.OutgoingPermissions, set => set.OutgoingPermissions.SharedCost),
        new(
            "outgoingPermissions.international", Setting.OutgoingPermissions,
            set => set.OutgoingPermissions.International),
        new("outgoingPermissions.premium", Setting.OutgoingPermissions, set => set.OutgoingPermissions.Premium),
        new("hotDesk.allow", Setting.HotDesk, set => set.HotDesk.Allow),
        new("hotDesk.longestSessionHours", Setting.HotDesk, set => set.HotDesk.LongestSessionHours),
        new("intercept.on", Setting.Intercept, set => set.Intercept.On),
        new("intercept.announcement", Setting.Intercept, set => set.Intercept.Announcement),
    ];

    /// <summary>What the second says otherwise than the first.</summary>
    public static ImmutableArray<FieldChange> Changes(NumberSettings before, NumberSettings after) =>
    [
        .. Changed(before, after).Select(field => new FieldChange(
            field.Name, Text(field.Value(before)), Text(field.Value(after)))),
    ];

    /// <summary>What is set otherwise by the second than by the first.</summary>
    public static ImmutableSortedSet<Setting> Settings(NumberSettings before, NumberSettings after) =>
        [.. Changed(before, after).Select(field => field.Setting)];

    static IEnumerable<Field> Changed(NumberSettings before, NumberSettings after) =>
        All.Where(field => !Equals(field.Value(before), field.Value(after)));

    static Field[] Forwards(string name, Func<NumberSettings, Forward> forward) =>
    [
        new($"forwarding.{name}.on", Setting.Forwarding, set => forward(set).On),
        new($"forwarding.{name}.number", Setting.Forwarding, set => forward(set).Number),
    ];

    static string? List<T>(IEnumerable<T> items) => string.Join(", ", items) is { Length: > 0 } text ? text : null;

    static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    sealed record Field(string Name, Setting Setting, Func<NumberSettings, object?> Value);
}
