using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Functions.Tests.Sweep;

/// <summary>What the timers do at every site.</summary>
public sealed class SweepTests(World world) : IClassFixture<World>
{
    static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    TestApp App => world.App;

    [Fact]
    public async Task A_rest_ends_on_its_day_and_not_before()
    {
        var place = await world.PlaceAsync();
        await UsedAsync(place, 3);
        (await App.PostAsync($"sites/{place.Site}/releases", place.Admin, new
        {
            account = place.Tenant, numbers = place.Numbers(3),
        })).Is(201);
        var released = App.Clock.GetUtcNow();

        App.Clock.Advance(TimeSpan.FromDays(90) - Tick);
        await App.SweepAsync();
        Assert.Equal("Cooldown", await StateAsync(place, 3));

        App.Clock.Advance(Tick);
        await App.SweepAsync();
        Assert.Equal("Available", await StateAsync(place, 3));
        var operation = Assert.Single(await place.ListAsync($"sites/{place.Site}/operations?kind=Sweep"));
        Assert.Equal(("system", "Succeeded", 1), (
            (string)operation["requestedBy"]!, (string)operation["state"]!, (int)operation["numberCount"]!));
        Assert.Equal(released.AddDays(90), (DateTimeOffset)operation["acceptedAt"]!);
    }

    [Fact]
    public async Task Where_nothing_is_due_the_sweep_writes_nothing_however_often_it_runs()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Tenant, 1, 2)).Is(201);
        App.Clock.Advance(TimeSpan.FromHours(1));
        await App.SweepAsync();
        var before = place.Rows;

        await App.SweepAsync();
        await Task.WhenAll(App.SweepAsync(), App.SweepAsync());

        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task Two_sweeps_at_once_end_what_is_due_once()
    {
        var place = await world.PlaceAsync();
        await UsedAsync(place, 0, 1, 2);
        (await App.PostAsync($"sites/{place.Site}/releases", place.Admin, new
        {
            account = place.Tenant, numbers = place.Numbers(0, 1, 2),
        })).Is(201);
        App.Clock.Advance(TimeSpan.FromDays(400));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => App.SweepAsync()));

        foreach (var number in await place.ListAsync($"sites/{place.Site}/numbers"))
            Assert.Equal("Available", (string)number["state"]!);
        Assert.Single(place.Rows, row => row.Contains("Kind=Sweep") && row.StartsWith("O|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_a_site_that_the_platform_does_not_manage_what_is_due_waits()
    {
        var place = await world.PlaceAsync();
        await UsedAsync(place, 0);
        (await App.PostAsync($"sites/{place.Site}/releases", place.Admin, new
        {
            account = place.Tenant, numbers = place.Numbers(0),
        })).Is(201);
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        App.Clock.Advance(TimeSpan.FromDays(400));

        await App.SweepAsync();
        Assert.Equal("Cooldown", await StateAsync(place, 0));

        await place.RulesAsync(rules => rules["managedByPlatform"] = true);
        App.Clock.Advance(SitePartition.AgeMax);
        await App.SweepAsync();
        Assert.Equal("Available", await StateAsync(place, 0));
    }

    [Fact]
    public async Task An_operation_that_nobody_scheduled_is_started_after_a_minute()
    {
        var place = await world.PlaceAsync();
        var accepted = await AcceptedAsync(place);

        await App.SweepAsync();
        Assert.Equal("Accepted", await StateOfAsync(accepted, place));

        App.Clock.Advance(TimeSpan.FromMinutes(1) + Tick);
        await App.SweepAsync();
        var ended = await place.EndInTimeAsync(accepted.Id.Value);
        Assert.Equal(("Succeeded", 2), ((string)ended["state"]!, (int)ended["numberCount"]!));
    }

    [Fact]
    public async Task Operations_are_forgotten_a_month_after_their_end_and_open_ones_never()
    {
        var place = await world.PlaceAsync();
        var old = (await place.AllocateAsync(place.Tenant, 1)).Is(201).Id;
        var open = await AcceptedAsync(place);
        App.Clock.Advance(TimeSpan.FromDays(30));
        var young = (await place.AllocateAsync(place.Tenant, 2)).Is(201).Id;

        await App.SweepNightlyAsync();
        (await App.GetAsync($"operations/{old}", place.Admin)).Is(200);
        App.Clock.Advance(Tick);
        await App.SweepNightlyAsync();

        (await App.GetAsync($"operations/{old}", place.Admin)).Is(404);
        (await App.GetAsync($"operations/{young}", place.Admin)).Is(200);
        (await App.GetAsync($"operations/{open.Id}", place.Admin)).Is(200);
    }

    /// <summary>Numbers that were in service and are Reserved again: released, they rest.</summary>
    async Task UsedAsync(Place place, params int[] offsets)
    {
        (await place.AllocateAsync(place.Tenant, offsets)).Is(201);
        var numbers = NumberSet.Of(place.Numbers(offsets).Select(E164.Parse));
        await MoveAsync(place, numbers, order => new NumberCommand.Activate(order));
        await MoveAsync(place, numbers, order => new NumberCommand.ConfirmActivation(order));
        await MoveAsync(place, numbers, order => new NumberCommand.Deactivate(order));
        await MoveAsync(place, numbers, order => new NumberCommand.ConfirmDeactivation(order));
    }

    async Task MoveAsync(Place place, NumberSet numbers, Func<Order, NumberCommand> command)
    {
        var operation = OperationAt(place, OperationKind.Release, App.NewKey());
        Assert.IsType<SiteOutcome.Done>(await App.Services.GetRequiredService<SitePartition>().TransactAsync(
            new(operation, "move", operation.At, site => PoolDecider.Decide(
                site, new MoveNumbers(numbers, command(operation.Order(operation.At))))), Ct));
    }

    /// <summary>A voice service that was accepted by a process that died before it scheduled it.</summary>
    async Task<Operation> AcceptedAsync(Place place)
    {
        var operation = OperationAt(place, OperationKind.VoiceService, App.NewKey()) with
        {
            Account = Id<Account>.Parse(place.Tenant),
            AccountKind = AccountKind.Occupier,
            Service = new(Id<VoiceService>.Parse("lost"), "voice", 2, null),
        };
        return (await App.Services.GetRequiredService<SitePartition>().AcceptAsync(operation, Ct)).Operation;
    }

    Operation OperationAt(Place place, OperationKind kind, string name) => new()
    {
        Id = new(Id<Site>.Parse(place.Site), OperationIds.Hash(name)),
        Kind = kind,
        Actor = new("paula", Role.Platform, null),
        Arguments = name,
        At = App.Clock.GetUtcNow(),
    };

    async Task<string> StateAsync(Place place, int offset) => (string)(await App.GetAsync(
        $"sites/{place.Site}/numbers/{place.Number(offset)}", place.Admin)).Is(200).Body["state"]!;

    async Task<string> StateOfAsync(Operation operation, Place place) =>
        (string)(await App.GetAsync($"operations/{operation.Id}", place.Admin)).Is(200).Body["state"]!;
}

/// <summary>A site whose storage fails does not keep the others from being swept.</summary>
public sealed class SweepFaultTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_site_that_fails_does_not_keep_the_others_from_their_chores_and_the_run_says_so()
    {
        var broken = new BrokenPartition();
        await using var app = await TestApp.StartAsync(azurite, wrapSites: table => broken.Around(table));
        await World.OpenAsync(app);
        var places = new List<Place>();
        for (var i = 1; i <= 3; i++)
            places.Add(await World.PlaceAsync(app, i, 5));
        broken.Partition = places[0].Site;

        var e = await Assert.ThrowsAsync<InvalidOperationException>(app.SweepAsync);

        Assert.Contains(places[0].Site, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(places[1].Site, e.Message, StringComparison.Ordinal);
        Assert.True(broken.Asked.IsSupersetOf(places.Select(place => place.Site)));
    }

    sealed class BrokenPartition
    {
        public string? Partition { get; set; }

        public HashSet<string> Asked { get; } = [];

        public ITable Around(ITable inner) => new Table(this, inner);

        sealed class Table(BrokenPartition plan, ITable inner) : ITable
        {
            public Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct) =>
                Checked(partition, () => inner.FindAsync(partition, row, ct));

            public IAsyncEnumerable<TableEntity> RangeAsync(
                string partition, string from, string to, int pageSize = TableLimits.PageRowsMax,
                CancellationToken ct = default) =>
                Checked(partition, () => inner.RangeAsync(partition, from, to, pageSize, ct));

            public Task<CommitResult> CommitAsync(
                string partition, IReadOnlyList<RowChange> changes, CancellationToken ct) =>
                Checked(partition, () => inner.CommitAsync(partition, changes, ct));

            T Checked<T>(string partition, Func<T> call)
            {
                if (plan.Partition is null)
                    return call();
                lock (plan.Asked)
                    plan.Asked.Add(partition);
                return partition == plan.Partition ? throw new IOException("This partition is out of reach.") : call();
            }
        }
    }
}
