using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Storage.Tests.History;

/// <summary>What happens to numbers that somebody has, or that are held for somebody.</summary>
sealed partial class Life
{
    async Task ServeAsync(IReadOnlyList<int> numbers)
    {
        await MoveAsync("activate", numbers, order => new NumberCommand.Activate(order), true,
            (NumberState.Activating, null, null));
        clock.Advance(TimeSpan.FromMinutes(5));
        await MoveAsync("confirm", numbers, order => new NumberCommand.ConfirmActivation(order), true,
            (NumberState.Active, null, null));
        Ledger.Served(numbers);
    }

    async Task RetireFromServiceAsync(IReadOnlyList<int> numbers)
    {
        await MoveAsync("deactivate", numbers, order => new NumberCommand.Deactivate(order), true,
            (NumberState.Deactivating, null, null));
        await MoveAsync("confirm", numbers, order => new NumberCommand.ConfirmDeactivation(order), true,
            (NumberState.Reserved, null, null));
    }

    async Task ReleaseAsync(IReadOnlyList<int> numbers, DateTimeOffset now)
    {
        foreach (var ofOne in numbers.GroupBy(number => Ledger.At(number, now).Account!.Value))
        {
            if (random.Next(8) == 0)
            {
                // Somebody else's numbers cannot be released: nothing happens.
                await MoveAsync("release", [.. ofOne],
                    order => new NumberCommand.Release(order, Id<Account>.Parse("nobody"), 90, 180), false, default);
            }

            foreach (var alike in ofOne.GroupBy(Ledger.HasServed))
            {
                await MoveAsync("release", [.. alike],
                    order => new NumberCommand.Release(order, ofOne.Key, 90, 180), true,
                    (alike.Key ? NumberState.Cooldown : NumberState.Available, null, null));
            }
        }
    }

    async Task BlockAsync(IReadOnlyList<int> numbers)
    {
        await MoveAsync("block", numbers, order => new NumberCommand.Block(order, null), true,
            (NumberState.Blocked, null, null));
        clock.Advance(TimeSpan.FromHours(random.Next(1, 20)));
        await MoveAsync("unblock", numbers, order => new NumberCommand.Unblock(order), true,
            (NumberState.Available, null, null));
    }

    /// <summary>The starter comes, or does not, or will come later.</summary>
    async Task StarterAsync(IReadOnlyList<int> numbers, DateTimeOffset now)
    {
        foreach (var number in numbers)
        {
            var account = Ledger.At(number, now).Account!.Value;
            var later = now.AddDays(random.Next(10, 100));
            await (random.Next(3) switch
            {
                0 => MoveAsync("starter", [number],
                    order => new NumberCommand.Reserve(order, account, NumberSource.ByHand), true,
                    (NumberState.Reserved, account, null)),
                1 => MoveAsync("end hold", [number], order => new NumberCommand.EndHold(order), true,
                    (NumberState.Available, null, null)),
                _ => MoveAsync("hold", [number], order => new NumberCommand.Hold(order, account, later), true,
                    (NumberState.Held, account, later)),
            });
        }
    }
}
