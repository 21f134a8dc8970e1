using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Services;

namespace Telephony.Domain.Pool;

/// <summary>
/// A change of a site in the making: commands are put to its numbers, and what they did, what was in the way, and what
/// the accounts then have is collected. The counts of an account change with its numbers, here and nowhere else.
/// </summary>
sealed class Draft(SiteState site)
{
    readonly SortedDictionary<BlockId, Dictionary<int, Number>> changes = [];
    readonly Dictionary<BlockId, Slots> same = [];
    readonly Dictionary<Id<Account>, Holding> holdings = [];
    readonly HashSet<Id<Account>> mainsChanged = [];
    readonly HashSet<Id<Account>> backInService = [];
    readonly List<Refusal> refusals = [];
    readonly MoveLog moves = new();
    Id<Account>? asksForMain;
    E164? awaitsActivation;
    NumberSet toActivate = NumberSet.Empty;

    public IReadOnlyList<Refusal> Refusals => refusals;

    public Number? Find(E164 number) =>
        changes.TryGetValue(number.Block, out var block) && block.TryGetValue(number.Slot, out var changed)
            ? changed
            : site.Pool.Find(number);

    /// <summary>Whether it rests on what the whole pool has, not only on the numbers that it changes.</summary>
    public bool CountsPool { get; set; }

    public Holding Holding(Id<Account> account) => holdings.GetValueOrDefault(account) ?? site.Holding(account);

    public void Put(Holding holding) => holdings[holding.Account] = holding;

    /// <summary>The account still looks for a main number; the platform is asked for one when that is new.</summary>
    public void LackMain(Id<Account> account)
    {
        var holding = Holding(account);
        asksForMain = holding.LacksMain ? asksForMain : account;
        Put(holding with { LacksMain = true });
    }

    /// <summary>A number that is to be a main number has to be activated, unless it already is.</summary>
    public void AskToActivate(E164 number) =>
        awaitsActivation = Find(number) is { State: NumberState.Reserved } ? number : null;

    /// <summary>Direct numbers that were reserved have to be activated by the platform.</summary>
    public void AskToActivate(NumberSet numbers) => toActivate = numbers;

    /// <summary>The same command to all of them; each that is in the way becomes a refusal.</summary>
    public void Apply(NumberSet numbers, NumberCommand command)
    {
        foreach (var (block, slots) in numbers.Blocks)
        {
            foreach (var slot in slots)
                Apply(block[slot], command);
        }
    }

    public void Apply(E164 number, NumberCommand command)
    {
        var stored = Find(number);
        var before = stored?.At(command.Order.Now);
        switch (NumberDecider.Decide(before, command))
        {
            case NumberDecision.Accepted accepted:
                // That a hold lapsed is a move of its own, also where the site was not looked at since.
                if (!ReferenceEquals(stored, before))
                    moves.Add(number, stored, before!, stored!.Until);
                Change(number, before, accepted.Next);
                TakeUpWord(number, command.Order);
                break;
            case NumberDecision.Refused refused:
                Refuse(number, before?.State, refused.Reason, command.Goal);
                break;
            default:
                Leave(number);
                break;
        }
    }

    /// <summary>The number is in the way of what was asked for.</summary>
    public void Refuse(E164 number, NumberState? from, NumberRefusal reason, NumberState? goal) =>
        refusals.Add(new Refusal.OfNumber(number, reason) { From = from, To = goal });

    /// <summary>It already is as asked; whoever changes it meanwhile is met.</summary>
    public void Leave(E164 number) =>
        same[number.Block] = same.GetValueOrDefault(number.Block).Union(Slots.Of(number.Slot));

    /// <summary>Something else about a number in service, which is told and counts as a change of it.</summary>
    /// <param name="number">Which one.</param>
    /// <param name="what">What happened.</param>
    /// <param name="assigned">Whether it is assigned afterwards; null when that stays as it is.</param>
    /// <param name="isHandedOver">Whether the user who had it does not have it afterwards.</param>
    public void Amend(E164 number, Happening what, bool? assigned = null, bool isHandedOver = false)
    {
        var before = Find(number);
        var decision = NumberDecider.Amend(before, assigned, isHandedOver);
        if (decision is NumberDecision.Accepted accepted)
            Change(number, before, accepted.Next, what);
        else
            Refuse(number, before?.State, ((NumberDecision.Refused)decision).Reason, goal: null);
    }

    /// <summary>
    /// Keeps what the platform said of a number too early, or forgets it: no change of the number itself, so that its
    /// version stays and its history has no entry.
    /// </summary>
    public void Keep(E164 number, EarlyActivation? word)
    {
        if (Find(number) is { } before)
            Change(number, before, before with { Early = word });
    }

    /// <summary>What the platform said of a number before it was ready for it holds as soon as it is.</summary>
    public void TakeUpWord(E164 number, Order order)
    {
        if (Find(number) is { State: NumberState.Reserved } ready && ready.IsAwaited(order.Now)
            && Holding(ready.Account!.Value).IsEntitledToMain)
        {
            PutInService(number, order);
        }
    }

    /// <summary>A number that is to be an account's main number becomes it.</summary>
    public void PutInService(E164 number, Order order)
    {
        if (Find(number) is { State: NumberState.Reserved })
            Apply(number, new NumberCommand.Activate(order with { By = Party.System }));
        if (Find(number) is { State: NumberState.Activating })
            Apply(number, new NumberCommand.ConfirmActivation(order with { By = Party.System }));
    }

    /// <summary>What one transaction writes.</summary>
    public SiteChange Change()
    {
        List<Block> blocks = [.. changes.Select(block => site.Pool[block.Key] is { } there
            ? there.With(block.Value)
            : new Block(block.Key, block.Value))];
        foreach (var account in mainsChanged)
        {
            var mains = MainsOf(account);
            Put(Holding(account) with
            {
                Main = mains.FirstOrDefault(),
                NextMain = mains.ElementAtOrDefault(1),
                LacksMain = Holding(account).LacksMain && mains.Count == 0,
            });
        }

        var changed = NumberSet.Of(changes.Select(block => new BlockSlots(block.Key, Slots.Of(block.Value.Keys))));
        var retired = NumberLives.Of(blocks, block => block.Where(
            Slots.Of(changes[block.Id].Keys), number => number.State is NumberState.Retired));
        return new(
            [.. blocks],
            [.. holdings.Values.Where(IsWritten).OrderBy(h => h.Account)],
            changed,
            NumberSet.Of(same.Select(block => new BlockSlots(block.Key, block.Value))).Except(changed))
        {
            Moves = moves.Moves,
            CountsPool = CountsPool,
            AsksForMain = asksForMain,
            AwaitsActivation = awaitsActivation,
            ToActivate = toActivate,
            Retired = retired,
            // Rows beside: a task for the platform, operations with their marks, and which numbers are gone until
            // nothing claims them any more.
            OtherRows = (asksForMain is null ? 0 : 1) + (awaitsActivation is null ? 0 : 2)
                + (toActivate.Count == 0 ? 0 : 2) + (retired.IsEmpty ? 0 : 1),
        };
    }

    void Change(E164 number, Number? before, Number after, Happening? what = null)
    {
        if (!changes.TryGetValue(number.Block, out var block))
            changes.Add(number.Block, block = []);
        block[number.Slot] = after;
        if (after.Version != before?.Version)
            moves.Add(number, before, after, what: what);
        Count(before, -1);
        Count(after, 1);
        // The counters stay, and yet a service can no longer end that could have while the number was on its way out.
        if ((before?.State, after.State) is (NumberState.Deactivating, NumberState.Active))
            backInService.Add(after.Account!.Value);
        if (after.Role is NumberRole.Main && before?.Role is not NumberRole.Main)
            Replace(number, after.Account!.Value);
    }

    void Count(Number? number, int by)
    {
        if (number is not { IsAllocated: true, Account: { } account })
            return;
        if (!number.CountsAsDirect)
        {
            mainsChanged.Add(account);
            return;
        }

        var holding = Holding(account);
        Put(holding with
        {
            DirectNumbers = holding.DirectNumbers + by,
            InService = holding.InService + (number.CountsAsInService ? by : 0),
        });
    }

    /// <summary>An account has one main number in service: the next one takes the place of the former.</summary>
    void Replace(E164 number, Id<Account> account)
    {
        var holding = Holding(account);
        Put(holding with { Main = number });
        if (holding.Main is { } former && former != number && Find(former) is { Role: NumberRole.Main } replaced)
            Change(former, replaced, NumberDecider.Replaced(replaced));
    }

    /// <summary>The one in service, and then those that are to be, the lowest first.</summary>
    List<E164?> MainsOf(Id<Account> account)
    {
        var had = site.Pool.Blocks.SelectMany(block => block.Of(account).Select(slot => block.Id[slot]));
        var changed = changes.SelectMany(block => block.Value.Keys.Select(slot => block.Key[slot]));
        var mains =
            from number in had.Concat(changed)
            let found = Find(number)
            where found.Account == account && found is { IsAllocated: true, Role: not NumberRole.Direct }
            orderby found.Role descending, number
            select (E164?)number;
        return [.. mains.Distinct()];
    }

    bool IsWritten(Holding holding) =>
        mainsChanged.Contains(holding.Account) || backInService.Contains(holding.Account)
        || holding != site.Holding(holding.Account);
}
