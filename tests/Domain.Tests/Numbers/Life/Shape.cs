using Telephony.Domain.Numbers;
using static Telephony.Domain.Numbers.NumberState;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>What a number says fits its state, whatever led there.</summary>
static class Shape
{
    public static void Assert(Number number)
    {
        var state = number.State;
        var rests = state is Cooldown || number is { State: Blocked, Before: Cooldown };
        var isWithAnAccount = number.IsAllocated || state is PortingOut;

        Says(number.Account is not null, isWithAnAccount || state is Held, "an account");
        Says(number.Source is not null, isWithAnAccount || rests, "how the account came by it");
        Says(number.Former is not null, rests, "who had it");
        Says(number.RestsUntil is not null, rests, "the end of its rest");
        Says(number.Before is not null, state is Blocked or PortingOut, "the state before");
        Says(number.EverMain, number.EverActive && number.EverMain, "that it was a main number, so in service");
        Says(number.Role is NumberRole.Main, number.Role is NumberRole.Main && state is Active or Deactivating, "Main");
        May(number.Until is not null, state is Held or Blocked, "an end");
        May(state is Held, number.Until is not null, "that it is held, so until when");
        May(number.EverActive, isWithAnAccount || rests, "that it was in service");
        May(state is Active or Deactivating, number.EverActive, "that it is in service, so ever");
        May(number.Role is NumberRole.Main, number.EverMain, "Main, so ever");
        May(number.Role is not NumberRole.Direct, state is not (Held or Retired), "a role");
        May(number.IsAssigned, state is Active, "that it is assigned");
        May(number.Earmark is not null, state is not Retired, "an earmark");

        void Says(bool does, bool should, string what) =>
            Xunit.Assert.True(does == should, $"{number} says or should say {what}.");

        void May(bool does, bool may, string what) => Xunit.Assert.True(!does || may, $"{number} says {what}.");
    }
}
