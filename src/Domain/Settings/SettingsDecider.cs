using System.Collections.Immutable;
using Telephony.Domain.Access;
using Telephony.Domain.Calls;
using Telephony.Domain.Numbers;
using Telephony.Domain.Rules;

namespace Telephony.Domain.Settings;

/// <summary>A change of how one number is set, and what it depends on.</summary>
/// <param name="Number">Which one.</param>
/// <param name="By">Who wants it, in which role.</param>
/// <param name="Policies">What the site lets occupiers do.</param>
/// <param name="Before">How it is set.</param>
/// <param name="After">How it is to be set.</param>
public sealed record ChangeSettings(
    E164 Number, Role By, Policies Policies, NumberSettings Before, NumberSettings After)
{
    /// <summary>The account's main number in service at the site; null when it has none.</summary>
    public E164? Main { get; init; }

    /// <summary>Whether the number that is set is itself a main number.</summary>
    public bool OfMain { get; init; }

    /// <summary>Whether the account has the number that is to be shown to those who are called.</summary>
    public bool HasShown { get; init; }

    /// <summary>Whether calls may be passed on to a number to which they were not before.</summary>
    public bool AddsTargets => After.Targets().Except(Before.Targets()).Any();
}

/// <summary>Decides how numbers may be set, and by whom.</summary>
public static class SettingsDecider
{
    const string CallerIdPolicy = "occupierEditsCallerId";

    /// <param name="change">What is wanted.</param>
    /// <param name="calls">What came of following calls on as it is to be; of one that adds no target nothing.</param>
    public static SettingsDecision Decide(ChangeSettings change, PathSearch calls)
    {
        var settings = SettingsFields.Settings(change.Before, change.After);
        if (settings.IsEmpty)
            return new SettingsDecision.Unchanged();

        ImmutableArray<SettingsRefusal> refusals =
        [
            .. settings.Select(setting => NotYours(change, setting)).OfType<SettingsRefusal>(),
            .. settings.Where(setting => change.OfMain && !IsOfMain(setting))
                .Select(setting => new SettingsRefusal.OfMain(NameOf(setting))),
            .. settings.SelectMany(setting => InTheWay(change, setting)),
        ];
        if (!refusals.IsEmpty)
            return new SettingsDecision.Refused(refusals);

        return Way(change, calls) is { } refusal
            ? new SettingsDecision.Refused([refusal])
            : new SettingsDecision.Accepted(
                change.After, SettingsFields.Changes(change.Before, change.After));
    }

    /// <summary>Who sets what, besides the platform.</summary>
    static bool MaySet(ChangeSettings change, Setting setting) => (setting, change.By) switch
    {
        (_, Role.Platform or Role.OperatorAdmin or Role.OperatorUser) => true,
        (Setting.CallerId, _) => change.Policies.OccupierEditsCallerId,
        (Setting.AuthorizationCode or Setting.OutgoingPermissions or Setting.Intercept, _) => false,
        (Setting.Label, var role) => role is Role.OccupierAdmin,
        _ => true,
    };

    static SettingsRefusal.NotYours? NotYours(ChangeSettings change, Setting setting) => MaySet(change, setting)
        ? null
        : new(NameOf(setting), setting is Setting.CallerId ? CallerIdPolicy : null);

    /// <summary>
    /// A main number takes calls only, and what its callers meet is configured: a setting that nothing heeds would be
    /// mistaken for one that does.
    /// </summary>
    static bool IsOfMain(Setting setting) => setting is Setting.Label or Setting.Screening or Setting.Intercept;

    /// <summary>As it begins the names of its fields.</summary>
    static string NameOf(Setting setting)
    {
        var name = setting.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary>Only what is set now is looked at: another change must not fail for what was right once.</summary>
    static IEnumerable<SettingsRefusal> InTheWay(ChangeSettings change, Setting setting) => setting switch
    {
        Setting.Forwarding => Forwards(change.After).SelectMany(
            forward => Fault(change.Number, forward.Field, forward.Forward)),
        Setting.SimultaneousRing when change.After.SimultaneousRing.Numbers.Contains(change.Number) =>
            [new SettingsRefusal.ToItself("simultaneousRing.numbers")],
        Setting.CallerId => Fault(change),
        _ => [],
    };

    static (string Field, Forward Forward)[] Forwards(NumberSettings settings) =>
    [
        ("forwarding.always.number", settings.Forwarding.Always),
        ("forwarding.busy.number", settings.Forwarding.Busy),
        ("forwarding.noAnswer.number", settings.Forwarding.NoAnswer),
        ("forwarding.unreachable.number", settings.Forwarding.Unreachable),
    ];

    static IEnumerable<SettingsRefusal> Fault(E164 number, string field, Forward forward) => forward switch
    {
        { On: true, Number: null } => [new SettingsRefusal.NumberNeeded(field)],
        { Number: { } target } when target == number => [new SettingsRefusal.ToItself(field)],
        _ => [],
    };

    static IEnumerable<SettingsRefusal> Fault(ChangeSettings change) => change.After.CallerId switch
    {
        { Show: ShownNumber.Main } when change.Main is null => [new SettingsRefusal.NoMain("callerId.show")],
        { Show: ShownNumber.Another, Number: null } => [new SettingsRefusal.NumberNeeded("callerId.number")],
        // One that is kept and not shown may have been given up since.
        { Number: { } shown } callerId when !change.HasShown
            && (callerId.Show is ShownNumber.Another || shown != change.Before.CallerId.Number) =>
            [new SettingsRefusal.NotTheirs("callerId.number", shown)],
        _ => [],
    };

    /// <summary>Null when calls cannot come back.</summary>
    static SettingsRefusal? Way(ChangeSettings change, PathSearch calls) => calls switch
    {
        PathSearch.Loop loop => new SettingsRefusal.Loop(FieldTo(change.After, loop.Path[1]), loop.Path),
        PathSearch.TooFar => new SettingsRefusal.TooFar(
            SettingsFields.Settings(change.Before, change.After).Contains(Setting.Forwarding)
                ? "forwarding"
                : "simultaneousRing"),
        PathSearch.Needs needs => throw new InvalidOperationException(
            $"Calls to {change.Number} were followed to {string.Join(", ", needs.Points)}, and no further."),
        _ => null,
    };

    /// <summary>Which field leads to a number.</summary>
    static string FieldTo(NumberSettings settings, CallPoint target) => Forwards(settings)
        .Where(forward => forward.Forward is { On: true, Number: { } number }
            && target == new CallPoint.Called(number))
        .Select(forward => forward.Field)
        .FirstOrDefault("simultaneousRing.numbers");
}
