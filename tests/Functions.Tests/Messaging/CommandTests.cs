using Telephony.Domain.Numbers;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.Messaging;

/// <summary>What each command does, what its repeat does, and what can never be carried out.</summary>
public sealed class CommandTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Numbers_are_nominated_and_no_longer_and_the_operation_says_who_did()
    {
        var place = await world.PlaceAsync();
        var office = new BackOffice(place);

        await office.DoneAsync("NominateMain", new { numbers = place.Numbers(3, 4), by = "paula" });
        Assert.Equal(NumberRole.NominatedMain, (await place.StoredAsync(place.Number(3))).Role);
        await office.DoneAsync("WithdrawNomination", new { range = place.Range(3, 4) });

        Assert.Equal(NumberRole.Direct, (await place.StoredAsync(place.Number(4))).Role);
        var operations = await place.ListAsync($"sites/{place.Site}/operations?kind=Nomination");
        Assert.Equal(
            ["back-office", "paula"], operations.Select(operation => (string)operation["requestedBy"]!).Order());
    }

    [Fact]
    public async Task A_main_number_that_waits_is_activated_and_who_waits_for_it_ends()
    {
        var place = await BackOffice.PlaceAsync(world, 18);
        var office = new BackOffice(place);
        await office.WaitForActivationAsync(place.Number(18));

        await office.DoneAsync("ActivateMain", new { account = place.Tenant, number = place.Number(18) });

        Assert.Equal(
            (NumberState.Active, NumberRole.Main), At(await place.StoredAsync(place.Number(18))));
        Assert.Equal("Succeeded", await office.EndOfActivationAsync());
    }

    [Fact]
    public async Task An_activation_that_failed_leaves_the_number_reserved_and_says_why()
    {
        var place = await BackOffice.PlaceAsync(world, 18);
        var office = new BackOffice(place);
        await office.WaitForActivationAsync(place.Number(18));

        await office.DoneAsync("ActivationFailed", new { number = place.Number(18), reason = "The switch is down." });

        Assert.Equal("Failed", await office.EndOfActivationAsync());
        Assert.Equal(
            (NumberState.Reserved, NumberRole.NominatedMain), At(await place.StoredAsync(place.Number(18))));
        var word = Assert.Single(await place.ListAsync($"sites/{place.Site}/operations?kind=ActivationFailure"));
        Assert.Equal("The switch is down.", (string?)word["note"]);
        Assert.Contains(": The switch is down.", (await LookAgainAsync(place, 18)).Text, StringComparison.Ordinal);
        // Whoever moved it on meanwhile did not say it to those who waited.
        (await place.App.PostAsync($"sites/{place.Site}/releases", place.Admin, new
        {
            account = place.Tenant, numbers = place.Numbers(18),
        })).Is(201);
        (await place.App.PostAsync($"sites/{place.Site}/blocks", place.Platform, new
        {
            numbers = place.Numbers(18), reason = "They do not pay.",
        })).Is(201);
        Assert.DoesNotContain("pay", (await LookAgainAsync(place, 18)).Text, StringComparison.Ordinal);
    }

    /// <summary>How the tenant's operation for its main number ends, as its step sees it.</summary>
    static async Task<OperationReason> LookAgainAsync(Place place, int offset)
    {
        var operation = Assert.Single(await place.ListAsync($"sites/{place.Site}/operations?kind=MainNumber"));
        Assert.Equal(place.Number(offset), (string?)operation["number"]);
        var step = new SettleMainNumber(
            new SitePartition(place.App.Sites, new SiteCache(), place.App.Clock), new SiteQueries(place.App.Sites));
        var settled = await step.Run(
            new((string)operation["id"]!, Cause.Look, place.App.Clock.GetUtcNow()),
            TestContext.Current.CancellationToken);
        return settled.Reason!;
    }

    [Fact]
    public async Task A_confirmation_fits_main_and_direct_numbers()
    {
        var place = await BackOffice.PlaceAsync(world, 18);
        var office = new BackOffice(place);
        await office.WaitForActivationAsync(place.Number(18));
        (await place.AllocateAsync(place.Tenant, 1)).Is(201);
        await place.MoveAsync(place.Numbers(1), order => new NumberCommand.Activate(order));

        await office.DoneAsync("ActivationConfirmed", new { number = place.Number(1) });
        await office.DoneAsync("ActivationConfirmed", new { number = place.Number(18) });

        Assert.Equal((NumberState.Active, NumberRole.Direct), At(await place.StoredAsync(place.Number(1))));
        Assert.Equal((NumberState.Active, NumberRole.Main), At(await place.StoredAsync(place.Number(18))));
        Assert.Equal("Succeeded", await office.EndOfActivationAsync());
        var early = await office.SendAsync("ActivationConfirmed", new { number = place.Number(2) });
        Assert.Equal("no-transition", early.Code);
    }

    [Fact]
    public async Task Numbers_go_out_of_service_or_stay_in_it()
    {
        var place = await world.PlaceAsync();
        var office = new BackOffice(place);
        (await place.AllocateAsync(place.Tenant, 1, 2)).Is(201);
        await place.ActivateAsync(place.Numbers(1, 2));
        await place.MoveAsync(place.Numbers(1, 2), order => new NumberCommand.Deactivate(
            order with { By = Party.Operator }));

        await office.DoneAsync("DeactivationConfirmed", new { number = place.Number(1) });
        await office.DoneAsync("DeactivationFailed", new { number = place.Number(2), reason = "A call is held." });

        Assert.Equal(NumberState.Reserved, (await place.StoredAsync(place.Number(1))).State);
        Assert.Equal(NumberState.Active, (await place.StoredAsync(place.Number(2))).State);
    }

    [Fact]
    public async Task The_platform_allocates_for_the_operator_where_the_site_lets_it()
    {
        var place = await world.PlaceAsync();
        var office = new BackOffice(place);

        await office.DoneAsync("AllocateOnBehalf", new { account = place.Tenant, count = 2 }, "a-1");
        await office.DoneAsync("AllocateOnBehalf", new { account = place.Tenant, range = place.Range(10, 11) });
        await place.RulesAsync(rules => rules["onBehalfAllowed"] = false);
        world.App.Clock.Advance(Storage.SitePartition.AgeMax);
        var refused = await office.SendAsync("AllocateOnBehalf", new { account = place.Tenant, count = 1 });
        await office.DoneAsync("AllocateOnBehalf", new { account = place.Tenant, count = 2 }, "a-1");

        Assert.Equal("on-behalf-not-allowed", refused.Code);
        Assert.Equal(place.Numbers(0, 1, 10, 11), (await place.HasAsync(place.Tenant)).Order());
        Assert.All(
            await place.ListAsync($"sites/{place.Site}/operations?kind=Allocation"),
            operation => Assert.Equal(place.Owner, (string?)operation["onBehalfOf"]));
    }

    [Fact]
    public async Task A_repeat_writes_nothing_and_the_same_id_for_another_wish_is_refused()
    {
        var place = await world.PlaceAsync();
        var office = new BackOffice(place);
        await office.DoneAsync("NominateMain", new { numbers = place.Numbers(3) }, "n-1");
        var before = place.Rows;

        await office.DoneAsync("NominateMain", new { numbers = place.Numbers(3) }, "n-1", delivery: 2);
        var other = await office.SendAsync("NominateMain", new { numbers = place.Numbers(4) }, "n-1");
        var type = await office.SendAsync("WithdrawNomination", new { numbers = place.Numbers(3) }, "n-1");

        Assert.Equal(("command-reused", "command-reused"), (other.Code, type.Code));
        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task What_can_never_be_carried_out_has_its_reason_and_writes_nothing()
    {
        var place = await BackOffice.PlaceAsync(world, 18);
        var elsewhere = await world.PlaceAsync();
        var office = new BackOffice(place);
        (await world.App.PostAsync($"sites/{place.Site}/retirements", place.Platform, new
        {
            numbers = place.Numbers(5), reason = "Gone.",
        })).Is(201);
        var before = place.Rows;

        async Task Refused(string code, string type, object members) =>
            Assert.Equal(code, (await office.SendAsync(type, members)).Code);
        object Main(string account, string number) => new { account, number };
        await Refused("not-provisioned", "ActivateMain", Main(place.Tenant, elsewhere.Number(1)));
        await Refused("not-provisioned", "ActivateMain", Main(place.Tenant, place.Number(5)));
        await Refused("unknown-account", "ActivateMain", Main(place.Stranger, place.Number(18)));
        await Refused("unknown-account", "ActivateMain", Main("nobody", place.Number(18)));
        await Refused("unknown-site", "ActivateMain", new
        {
            account = place.Tenant, number = place.Number(18), site = "nowhere",
        });
        await Refused("invalid-field", "ActivateMain", Main(place.Tenant, "442079460000"));
        await Refused("invalid-field", "AllocateOnBehalf", new { account = place.Tenant });
        await Refused("invalid-field", "AllocateOnBehalf", new { account = place.Tenant, count = 0 });
        await Refused("invalid-field", "NominateMain", new { numbers = place.Numbers(1, 1) });
        await Refused("invalid-field", "NominateMain", new { numbers = Array.Empty<string>() });
        await Refused("no-transition", "DeactivationConfirmed", new { number = place.Number(1) });
        Assert.Equal(before, place.Rows);

        await place.RulesAsync(rules => rules["managedByPlatform"] = false);
        world.App.Clock.Advance(Storage.SitePartition.AgeMax);
        await Refused("site-not-managed", "ActivateMain", Main(place.Tenant, place.Number(18)));
        await Refused("site-not-managed", "NominateMain", new { numbers = place.Numbers(1) });
    }

    static (NumberState, NumberRole) At(Number number) => (number.State, number.Role);
}
