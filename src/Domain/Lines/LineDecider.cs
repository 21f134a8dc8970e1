using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;

namespace Telephony.Domain.Lines;

/// <summary>
/// Decides who has a number and where it rings: the chain from the number over the handset, its port and the space to
/// where emergency services are to go holds after every change.
/// </summary>
public static partial class LineDecider
{
    public static LineDecision Decide(LineState state, AssignLines command)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var draft = new LineDraft(state);
        foreach (var wish in command.Wishes)
            Assign(draft, state, wish, command);
        return command.BadLines is BadLines.RefuseAll && draft.Refusals.Count > 0
            ? new LineDecision.Refused([.. draft.Refusals])
            : Done(draft);
    }

    public static LineDecision Decide(LineState state, UnassignLines command)
    {
        if (NotManaged(state) is { } refused)
            return refused;

        var draft = new LineDraft(state);
        foreach (var number in command.Numbers)
        {
            if (draft.Number(number) is not { State: not NumberState.Retired } known
                || !state.MayTouch(known.Account))
            {
                draft.Refuse(new Refusal.OfNumber(number, NumberRefusal.NotProvisioned));
            }
            else if (draft.Find(number) is not null)
            {
                draft.Put(number, null, EventTypes.Unassigned);
            }
            else
            {
                draft.Keep(number);
            }
        }

        return draft.Refusals.Count > 0 ? new LineDecision.Refused([.. draft.Refusals]) : Done(draft);
    }

    static void Assign(LineDraft draft, LineState state, LineWish wish, AssignLines command)
    {
        if (WhyNot(draft, state, wish) is { } refusal)
        {
            draft.Refuse(refusal);
            return;
        }

        var was = draft.Find(wish.Number);
        var after = new Line(
            wish.Number, draft.Number(wish.Number)!.Account!.Value, wish.User, wish.Handset, wish.Space)
        {
            Operation = command.Order.Operation,
            Since = command.Order.Now,
            Emergency = was is not null && was.User == wish.User ? was.Emergency : Emergency.None,
        };
        if (was is not null && (was.User, was.Handset, was.Space) == (wish.User, wish.Handset, wish.Space))
        {
            draft.Keep(wish.Number);
            return;
        }

        var isMove = was is not null && was.User == wish.User;
        draft.Put(wish.Number, after, isMove ? EventTypes.Moved : EventTypes.Assigned);
    }

    static Refusal? WhyNot(LineDraft draft, LineState state, LineWish wish)
    {
        var number = draft.Number(wish.Number);
        if (number is null or { State: NumberState.Retired } || !state.MayTouch(number.Account))
        {
            return new Refusal.OfNumber(wish.Number, NumberRefusal.NotProvisioned);
        }

        if (number.State is not NumberState.Active)
            return new Refusal.OfNumber(wish.Number, NumberRefusal.NotInService) { From = number.State };
        if (number.Role is NumberRole.Main)
            return new Refusal.OfNumber(wish.Number, NumberRefusal.IsMain) { From = number.State };
        return WhyUnnamed(wish) is { } unnamed ? Refused(wish.Number, unnamed)
            : WhyNotUser(state, wish, number.Account!.Value)
            ?? WhyNotPlace(draft, state, wish, number.Account!.Value);
    }

    static LineRefusal? WhyUnnamed(LineWish wish) => wish switch
    {
        { User: null, Handset: null, Space: null } => LineRefusal.NothingNamed,
        { Handset: not null, Space: not null } => LineRefusal.TwoPlaces,
        _ => null,
    };

    static Refusal.OfLine? WhyNotUser(LineState state, LineWish wish, Id<Account> account) =>
        wish.User is not { } user ? null
        : !state.Users.TryGetValue(user, out var its) || !state.MayTouch(its)
            ? Refused(wish.Number, LineRefusal.UserUnknown, user.Value)
        : its != account ? Refused(wish.Number, LineRefusal.UserOfAnother, user.Value)
        : null;

    static Refusal.OfLine? WhyNotPlace(LineDraft draft, LineState state, LineWish wish, Id<Account> account)
    {
        if (wish.Handset is { } mac)
            return WhyNotHandset(draft, state, wish.Number, mac, account);
        return wish.Space is not { } id ? null
            : draft.Space(id) is not { } space || !Sees(state, space)
                ? Refused(wish.Number, LineRefusal.SpaceUnknown, id.Value)
            : WhyNotSpace(wish.Number, space, account);
    }

    static Refusal.OfLine? WhyNotHandset(
        LineDraft draft, LineState state, E164 number, MacAddress mac, Id<Account> account) =>
        Seen(draft, state, mac) is null ? Refused(number, LineRefusal.HandsetUnknown, mac.ToString())
        : draft.UsesOf(mac).Assigned is { } other && other != number ? Refused(
            number, LineRefusal.HandsetBusy,
            // Not another account's: what became of an assignment is there for its account to read.
            draft.Number(other)?.Account == account ? other.ToString() : null)
        : WhyBroken(draft, number, mac, account);

    /// <summary>The handset, where whoever asks sees it: an account's people those in spaces that it has.</summary>
    static Handset? Seen(LineDraft draft, LineState state, MacAddress mac) =>
        draft.Handset(mac) is { } handset && (state.Only is null
            || (handset.Space is { } id && draft.Space(id) is { } space && Sees(state, space))) ? handset : null;

    static bool Sees(LineState state, Space space) => state.Only is not { } only || space.IsFor(only);

    /// <summary>From the handset over its port to a space that the account has, and all that is known of it.</summary>
    static Refusal.OfLine? WhyBroken(LineDraft draft, E164 number, MacAddress mac, Id<Account> account)
    {
        var handset = draft.Handset(mac)!;
        var port = handset.Port is { } plugged ? draft.Places.Find(Port.RefOf(plugged))?.Item as Port : null;
        if (new HandsetChain(handset, port, null, null).Gaps is [var gap, ..])
            return Refused(number, ReasonOf(gap), mac.ToString());

        var space = draft.Space(handset.Space!.Value)!;
        if (WhyNotSpace(number, space, account) is { } notTheirs)
            return notTheirs;
        // Of a fixed handset. Who has a number and a place for it, and no handset, calls from wherever they are.
        return EmergencyLocation.Of(draft.Site, space).IsEnoughIn(draft.Site.Country)
            ? null
            : Refused(number, LineRefusal.LocationIncomplete, space.Id.Value);
    }

    static Refusal.OfLine? WhyNotSpace(E164 number, Space space, Id<Account> account) =>
        space.IsFor(account) ? null : Refused(number, LineRefusal.SpaceOfAnother, space.Id.Value);

    static LineRefusal ReasonOf(ChainGap gap) => gap switch
    {
        ChainGap.NoSpace => LineRefusal.HandsetNowhere,
        ChainGap.NoPort => LineRefusal.NoPort,
        ChainGap.NotPatched => LineRefusal.PortNotPatched,
        _ => LineRefusal.PortElsewhere,
    };

    static LineDecision Done(LineDraft draft) => draft.NumberRefusals.Count > 0
        ? new LineDecision.Refused([.. draft.NumberRefusals])
        : new LineDecision.Accepted(draft.Change());

    static LineDecision.Refused? NotManaged(LineState state) =>
        state.Numbers.Rules.ManagedByPlatform ? null : new([new Refusal.SiteNotManaged()]);

    static LineDecision.Refused No(E164? number, LineRefusal reason, string? what = null) =>
        new([Refused(number, reason, what)]);

    static Refusal.OfLine Refused(E164? number, LineRefusal reason, string? what = null) => new(number, reason, what);
}
