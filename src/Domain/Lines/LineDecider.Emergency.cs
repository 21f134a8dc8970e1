using Telephony.Domain.History;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Lines;

/// <summary>What emergency services are told of a number beside where it is, which nobody writes down.</summary>
public static partial class LineDecider
{
    public static LineDecision Decide(LineState state, ChangeEmergency command) => Changed(
        state, command.Number, EventTypes.SettingsChanged,
        (_, line) => line.Emergency with { Callback = command.Callback, Notify = command.Notify });

    public static LineDecision Decide(LineState state, ConfirmLocation command) => Changed(
        state, command.Number, EventTypes.LocationConfirmed,
        (draft, line) => draft.LocationOf(line)?.ToString() == command.Location
            ? line.Emergency with { Confirmation = new(command.By, command.Order.Now, command.Location) }
            : null);

    static LineDecision Changed(
        LineState state, E164 number, string name, Func<LineDraft, Line, Emergency?> change)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var draft = new LineDraft(state);
        if (draft.Find(number) is not { } line || !state.MayTouch(line.Account))
            return No(number, LineRefusal.NotAssigned);
        if (change(draft, line) is not { } emergency)
            return No(number, LineRefusal.LocationDiffers, draft.LocationOf(line)?.ToString());
        if (emergency == line.Emergency)
            draft.Keep(number);
        else
            draft.Put(number, line with { Emergency = emergency }, name);
        return Done(draft);
    }
}
