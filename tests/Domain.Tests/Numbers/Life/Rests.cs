using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>
/// Who gave which number up and until when it must rest, kept beside the walk from the states alone, so that it knows
/// nothing of the fields by which the decider keeps it.
/// </summary>
sealed class Rests
{
    readonly Dictionary<E164, (Id<Account> Former, DateTimeOffset Due)> resting = [];
    readonly HashSet<E164> active = [];
    readonly HashSet<E164> main = [];

    public int Watched { get; private set; }

    public void Follow(E164 number, Number? before, Number after, NumberCommand command)
    {
        if (after.State is NumberState.Reserved && before is { IsAllocated: false, State: not NumberState.PortingOut }
            && command is not NumberCommand.Restore)
        {
            active.Remove(number);
            main.Remove(number);
        }

        if (after.State is NumberState.Active)
            active.Add(number);
        if (after is { State: NumberState.Active, Role: NumberRole.Main })
            main.Add(number);

        if (command is NumberCommand.Release release && active.Contains(number))
        {
            Assert.Equal(NumberState.Cooldown, after.State);
            var days = main.Contains(number) ? release.DaysMain : release.Days;
            resting[number] = (release.Account, release.Order.Now.AddDays(days));
        }
        else if (resting.TryGetValue(number, out var rest)
            && after is not ({ State: NumberState.Cooldown } or { Before: NumberState.Cooldown }))
        {
            Watched++;
            resting.Remove(number);
            Assert.True(
                command.Order.Now >= rest.Due
                    || (command is NumberCommand.Restore && after.Account == rest.Former)
                    || (command is NumberCommand.EndCooldown or NumberCommand.Retire
                        && command.Order.By is Party.Platform),
                $"{number} rests until {rest.Due}, and {command} led to {after} before.");
        }
    }
}
