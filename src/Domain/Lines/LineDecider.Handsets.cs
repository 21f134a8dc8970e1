using System.Globalization;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Lines;

/// <summary>What people do with handsets: move them, swap their numbers, log in and out.</summary>
public static partial class LineDecider
{
    public static LineDecision Decide(LineState state, MoveHandset command)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var (draft, mac) = (new LineDraft(state), command.Handset);
        if (Seen(draft, state, mac) is not { } before)
            return No(null, LineRefusal.HandsetUnknown, mac.ToString());
        var wanted = before with { Space = command.Space, Port = command.Port, DeskLabel = command.DeskLabel };
        if (!MayPut(draft, state, before, wanted))
            return No(null, LineRefusal.HandsetOfAnother, mac.ToString());

        var moves = (before.Space, before.Port) != (wanted.Space, wanted.Port);
        var lines = LinesOn(draft, mac).Select(line => (Line: line, WasAt: draft.LocationOf(line))).ToList();
        foreach (var (line, _) in lines)
            draft.Lift(line);
        switch (PlaceDecider.Put(draft.Places, wanted, mayLease: false))
        {
            case PlaceDecision.Refused blocked:
                return new LineDecision.Refused([.. blocked.Refusals.Select(why => new Refusal.OfPlace(why))]);
            case PlaceDecision.Accepted accepted:
                draft.Places = accepted.After;
                break;
        }

        foreach (var (line, wasAt) in lines)
        {
            if (WhyBroken(draft, line.Number, mac, line.Account) is { } broken)
                return new LineDecision.Refused([broken]);
            draft.Lay(line);
            if (moves || draft.LocationOf(line) != wasAt)
                draft.Write(line.Number, line, wasAt, line, EventTypes.Moved);
        }

        return Done(draft);
    }

    public static LineDecision Decide(LineState state, SwapHandsets command)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var draft = new LineDraft(state);
        if (command.One == command.Other)
            return No(null, LineRefusal.SameHandset);
        foreach (var mac in (MacAddress[])[command.One, command.Other])
        {
            if (Seen(draft, state, mac) is null)
                return No(null, LineRefusal.HandsetUnknown, mac.ToString());
        }

        var (one, other) = (AssignedTo(draft, command.One), AssignedTo(draft, command.Other));
        if (one is null && other is null)
            return No(null, LineRefusal.NothingToSwap);

        (Line? Line, MacAddress To)[] swapped = [(one, command.Other), (other, command.One)];
        if (swapped.FirstOrDefault(swap => swap.Line is { } line && !state.MayTouch(line.Account)) is { Line: { } } not)
            return No(null, LineRefusal.HandsetOfAnother, not.Line.Handset?.ToString());

        var wasAt = swapped.Select(swap => draft.LocationOf(swap.Line)).ToList();
        foreach (var (line, _) in swapped)
            draft.Lift(line);
        foreach (var (index, (line, to)) in swapped.Index())
        {
            if (line is null)
                continue;
            if (WhyBroken(draft, line.Number, to, line.Account) is { } broken)
                return new LineDecision.Refused([broken]);
            var after = line with { Handset = to, Operation = command.Order.Operation, Since = command.Order.Now };
            draft.Lay(after);
            draft.Write(line.Number, line, wasAt[index], after, EventTypes.Moved);
        }

        return Done(draft);
    }

    public static LineDecision Decide(LineState state, LogIn command)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var (draft, number, mac) = (new LineDraft(state), command.Number, command.Handset);
        if (draft.Find(number) is not { } line || !state.MayTouch(line.Account))
            return No(number, LineRefusal.NotAssigned);
        if (line.User is null)
            return No(number, LineRefusal.NoUser);
        if (command.HoursMax is not { } most)
            return No(number, LineRefusal.HotDeskOff);
        if (command.Hours > most)
            return No(number, LineRefusal.TooLong, most.ToString(CultureInfo.InvariantCulture));
        if (Seen(draft, state, mac) is not { } handset)
            return No(number, LineRefusal.HandsetUnknown, mac.ToString());
        if (!handset.Shared)
            return No(number, LineRefusal.HandsetNotShared, mac.ToString());
        if (draft.UsesOf(mac).LoggedIn is { } other && other != number)
        {
            if (draft.Find(other) is not { Session: { } session } guest || session.Until > command.Order.Now
                || !state.MayTouch(guest.Account))
            {
                return No(number, LineRefusal.HandsetInSession, mac.ToString());
            }

            // Its time is over, and the timer has not come yet: nobody waits for that.
            draft.Put(other, guest with { Session = null }, EventTypes.SessionEnded);
        }

        if (WhyBroken(draft, number, mac, line.Account) is { } broken)
            return new LineDecision.Refused([broken]);

        draft.Put(
            number, line with
            {
                Session = new(mac, command.Order.Now, command.Order.Now.AddHours(command.Hours ?? most)),
            },
            EventTypes.SessionStarted);
        return Done(draft);
    }

    public static LineDecision Decide(LineState state, LogOut command)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var draft = new LineDraft(state);
        if (draft.Find(command.Number) is not { Session: { } session } line || !state.MayTouch(line.Account))
            return No(command.Number, LineRefusal.NoSession);

        // Its time may have been prolonged since it was looked at.
        if (command.Order.By is not Party.Timer || session.Until <= command.Order.Now)
            draft.Put(command.Number, line with { Session = null }, EventTypes.SessionEnded);
        return Done(draft);
    }

    public static LineDecision Decide(LineState state, UnassignHandset command)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var draft = new LineDraft(state);
        if (Seen(draft, state, command.Handset) is null)
            return No(null, LineRefusal.HandsetUnknown, command.Handset.ToString());
        return AssignedTo(draft, command.Handset) is { } line && state.MayTouch(line.Account)
            ? Decide(state, new UnassignLines([line.Number], command.Order))
            : No(null, LineRefusal.NotAssigned);
    }

    public static LineDecision Decide(LineState state, LogOutHandset command)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var draft = new LineDraft(state);
        if (Seen(draft, state, command.Handset) is null)
            return No(null, LineRefusal.HandsetUnknown, command.Handset.ToString());
        return draft.UsesOf(command.Handset).LoggedIn is { } number
            && draft.Find(number) is { } line && state.MayTouch(line.Account)
                ? Decide(state, new LogOut(number, command.Order))
                : No(null, LineRefusal.NoSession);
    }

    /// <summary>
    /// Who may touch one account's things moves handsets between its spaces and ports only. No numbers but its own ring
    /// there.
    /// </summary>
    static bool MayPut(LineDraft draft, LineState state, Handset before, Handset wanted)
    {
        var port = wanted.Port is { } id ? draft.Places.Find(Port.RefOf(id))?.Item as Port : null;
        Id<Space>?[] spaces = [before.Space, wanted.Space, port?.Space];
        return state.Only is null || spaces.All(
            space => space is { } known && state.MayTouch(draft.Space(known)?.LeasedTo));
    }

    static Line? AssignedTo(LineDraft draft, MacAddress mac) =>
        draft.UsesOf(mac).Assigned is { } number ? draft.Find(number) : null;

    /// <summary>The numbers that ring on a handset.</summary>
    static IEnumerable<Line> LinesOn(LineDraft draft, MacAddress mac)
    {
        if (draft.Places.Find(Handset.RefOf(mac)) is not { Uses: var uses })
            return [];
        E164?[] numbers = [uses.Assigned, uses.LoggedIn];
        return [.. numbers.OfType<E164>().Distinct().Select(number => draft.Find(number)!)];
    }
}
