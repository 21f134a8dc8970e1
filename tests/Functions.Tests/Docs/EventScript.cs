using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.History;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Domain.Numbers.NumberCommand;
using Operation = Telephony.Functions.Operations.Operation;
using Order = Telephony.Domain.Numbers.Order;

namespace Telephony.Functions.Tests.Docs;

/// <summary>Numbers that go through all that can happen to one, so that every event is really sent once.</summary>
sealed class EventScript
{
    static readonly Id<Site> Site = Id<Site>.Parse("london");
    static readonly Id<Account> Acme = Id<Account>.Parse("acme");
    static readonly Actor Platform = new("paula", Role.Platform, Id<Operator>.Parse("flexi"));
    static readonly Actor Admin = new("olivia", Role.OperatorAdmin, null);

    const string Desk = "00:1a:2b:3c:4d:5e";

    readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    readonly RecordingBus bus = new();
    readonly EventSender sender;
    readonly SitePartition sites;
    Operation? last;
    int requests;

    EventScript()
    {
        var table = new MemoryTable();
        sender = new(bus.CreateSender(EntityNames.Events), clock, NullLogger<EventSender>.Instance);
        sites = new(table, new SiteCache(), clock, new EventMover(
            table, new MemoryTable(), sender, clock, NullLogger<EventMover>.Instance));
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>All that was sent, in order.</summary>
    public static async Task<IReadOnlyList<ServiceBusMessage>> PlayAsync()
    {
        var script = new EventScript();
        await script.ServeAsync(Number(0));
        await script.PortAsync(Number(0), Number(50));
        await script.LeadAsync(Number(51), Number(52));
        await script.AmendAsync(
            Number(52), EventTypes.MainConfigured, null, new("businessHours", null, null), new("inHours", null, null));
        await script.SendAsync(Admin, OperationKind.Schedule, null, (site, _) => PoolDecider.Decide(
            site, new Configure(null, ["businessHours", "holidays"])));
        return script.bus.To(EntityNames.Events);
    }

    /// <summary>Offered, held, given, put into service and out of it, released, restored, rested.</summary>
    async Task ServeAsync(E164 number)
    {
        await ImportAsync(number, NumberState.Staged);
        await PlatformAsync(OperationKind.Offer, number, order => new Offer(order));
        await AdminAsync(OperationKind.Hold, number, order =>
            new NumberCommand.Hold(order, Acme, order.Now.AddDays(30)));
        await AdminAsync(OperationKind.HoldEnd, number, order => new NumberCommand.EndHold(order));
        await AdminAsync(OperationKind.Allocation, number, order => new Reserve(order, Acme, NumberSource.ByHand));
        await AdminAsync(OperationKind.Allocation, number, order => new Activate(order));
        await sender.RemindAsync(
            last!, [number], clock.GetUtcNow().AddHours(1), clock.GetUtcNow().AddHours(1), Ct);
        await PlatformAsync(OperationKind.Allocation, number, order => new NumberCommand.FailActivation(order));
        await AdminAsync(OperationKind.Allocation, number, order => new Activate(order));
        await PlatformAsync(OperationKind.Allocation, number, order => new ConfirmActivation(order));
        await UseAsync(number);
        await AdminAsync(OperationKind.Release, number, order => new Deactivate(order));
        await sender.RemindAsync(
            last! with { Kind = OperationKind.DirectDeactivation }, [number], clock.GetUtcNow().AddHours(1),
            clock.GetUtcNow().AddHours(1), Ct);
        await PlatformAsync(OperationKind.Release, number, order => new FailDeactivation(order));
        await AdminAsync(OperationKind.Release, number, order => new Deactivate(order));
        await PlatformAsync(OperationKind.Release, number, order => new ConfirmDeactivation(order));
        await AdminAsync(OperationKind.Release, number, order => new Release(order, Acme, 90, 180));
        await AdminAsync(OperationKind.Restore, number, order => new Restore(order, Acme));
        await AdminAsync(OperationKind.Release, number, order => new Release(order, Acme, 90, 180));
        await PlatformAsync(OperationKind.CooldownEnd, number, order => new EndCooldown(order));
    }

    /// <summary>What happens to a number in service.</summary>
    async Task UseAsync(E164 number)
    {
        await AmendAsync(number, EventTypes.Assigned, true, new("user", null, "ada"), new("handset", null, Desk));
        await AmendAsync(number, EventTypes.Moved, null, new FieldChange("space", "desk-1", "desk-2"));
        await AmendAsync(
            number, EventTypes.SessionStarted, null, new("loggedInAt", null, "00:1a:2b:3c:4d:5f"),
            new("until", null, "2026-03-02T18:00:00Z"));
        await AmendAsync(number, EventTypes.SessionEnded, null, new FieldChange("loggedInAt", Desk, null));
        await AmendAsync(number, EventTypes.LocationConfirmed, null, new FieldChange("confirmedBy", null, "ada"));
        await AmendAsync(number, EventTypes.SettingsChanged, null, new FieldChange("callWaiting.on", "true", "false"));
        await AmendAsync(number, EventTypes.PinReset, null);
        await AmendAsync(number, EventTypes.Unassigned, false, new("user", "ada", null), new("handset", Desk, null));
    }

    async Task PortAsync(E164 number, E164 arriving)
    {
        await PlatformAsync(OperationKind.Block, number, order => new NumberCommand.Block(order, null));
        await PlatformAsync(OperationKind.Unblock, number, order => new Unblock(order));
        await AdminAsync(OperationKind.Allocation, number, order => new Reserve(order, Acme, NumberSource.ByHand));
        await PlatformAsync(OperationKind.PortOut, number, order => new PortOut(order));
        await PlatformAsync(OperationKind.PortOut, number, order => new CancelPortOut(order));
        await PlatformAsync(OperationKind.PortOut, number, order => new PortOut(order));
        await PlatformAsync(OperationKind.PortOut, number, order => new ConfirmPortOut(order));

        await ImportAsync(arriving, NumberState.PortingIn);
        await PlatformAsync(OperationKind.PortIn, arriving, order => new CancelPortIn(order));
        await ImportAsync(arriving, NumberState.PortingIn);
        await PlatformAsync(OperationKind.PortIn, arriving, order => new ConfirmPortIn(order, null));
        await PlatformAsync(OperationKind.Retirement, arriving, order => new Retire(order));
    }

    /// <summary>One main number after the other.</summary>
    async Task LeadAsync(E164 first, E164 second)
    {
        await ImportAsync(first, NumberState.Available);
        await ImportAsync(second, NumberState.Available);
        await PlatformAsync(OperationKind.Nomination, first, order => new Nominate(order));
        await PlatformAsync(OperationKind.Nomination, first, order => new WithdrawNomination(order));
        foreach (var number in (E164[])[first, second])
        {
            await PlatformAsync(OperationKind.Nomination, number, order => new Nominate(order));
            await AdminAsync(OperationKind.Allocation, number, order =>
                new Reserve(order, Acme, NumberSource.ByHand, AsMain: true));
            await AdminAsync(OperationKind.Allocation, number, order => new Activate(order));
            await PlatformAsync(OperationKind.Allocation, number, order => new ConfirmActivation(order));
        }
    }

    Task AmendAsync(E164 number, string name, bool? assigned, params FieldChange[] changes) => SendAsync(
        Admin, OperationKind.Assignment, Acme, (site, _) => PoolDecider.Decide(
            site, new AmendNumbers(Set(number), new(name, [.. changes]), assigned)));

    Task ImportAsync(E164 number, NumberState state) => SendAsync(
        Platform, OperationKind.Import, null, (site, order) => PoolDecider.Decide(site, new Domain.Pool.Provision(
            order, [new(Set(number), NumberKind.Standard, false, null, state)])));

    Task PlatformAsync(OperationKind kind, E164 number, Func<Order, NumberCommand> command) => SendAsync(
        Platform, kind, null, (site, order) => PoolDecider.Decide(site, new MoveNumbers(Set(number), command(order))));

    Task AdminAsync(OperationKind kind, E164 number, Func<Order, NumberCommand> command) => SendAsync(
        Admin, kind, Acme, (site, order) => PoolDecider.Decide(site, new MoveNumbers(Set(number), command(order))));

    async Task SendAsync(
        Actor actor, OperationKind kind, Id<Account>? account, Func<SiteState, Order, PoolDecision> decide)
    {
        clock.Advance(TimeSpan.FromMinutes(1));
        var now = clock.GetUtcNow();
        last = new Operation
        {
            Id = new(Site, OperationIds.Hash("example", $"{++requests}")),
            Kind = kind,
            Actor = actor,
            Arguments = "",
            At = now,
            Account = account,
            Note = kind is OperationKind.Block ? "Callers reported noise." : null,
        };
        var order = last.Order(now);
        Assert.IsType<SiteOutcome.Done>(
            await sites.TransactAsync(new(last, "change", now, site => decide(site, order)), Ct));
    }

    static E164 Number(int index) => E164.FromDigits(442079460000 + index);

    static NumberSet Set(E164 number) => NumberSet.Of([number]);
}
