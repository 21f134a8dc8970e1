using Azure.Messaging.ServiceBus;
using Microsoft.Extensions.DependencyInjection;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Testing;

namespace Telephony.Functions.Tests.MainNumber;

/// <summary>A number on its way to being an account's main number, over HTTP.</summary>
public sealed class ActivationTests(World world) : IClassFixture<World>
{
    TestApp App => world.App;

    [Fact]
    public async Task It_waits_with_a_reason_and_a_deadline_and_is_in_service_with_the_platforms_word()
    {
        var place = await world.PlaceForMainsAsync();
        (await place.PutMainAsync(5)).IsProblem(409, "numbers-refused");
        await place.NominateAsync(5);

        var accepted = (await place.PutMainAsync(5, key: "main")).Is(202);
        var waits = await place.WaitsAsync(accepted.Id);
        Assert.Equal("Waiting", (string?)waits["state"]);
        Assert.StartsWith(
            "The platform has to activate +44 ", (string?)waits["wait"]!["for"], StringComparison.Ordinal);
        Assert.Equal(App.Clock.GetUtcNow().AddDays(14), (DateTimeOffset)waits["wait"]!["until"]!);
        var main = (await place.ReadMainAsync()).Is(200);
        Assert.Equal((place.Number(5), "Activating", accepted.Id), (
            (string?)main.Body["number"], (string?)main.Body["state"], (string?)main.Body["operation"]));

        var said = (await place.SayAsync(5, "word")).Is(201);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
        Assert.Equal("Active", (string?)(await place.ReadMainAsync()).Body["state"]);
        Assert.Equal(NumberRole.Main, (await place.StoredAsync(place.Number(5))).Role);
        Assert.Equal(said.Id, (await place.SayAsync(5, "word")).Is(201).Id);
        Assert.Equal(accepted.Id, (await place.PutMainAsync(5, key: "main")).Is(202).Id);
    }

    [Fact]
    public async Task A_replaced_main_number_stays_in_service_and_is_direct_from_then_on()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5, 6);
        await InServiceAsync(place, 5);
        var before = (await place.ReadMainAsync()).ETag!;

        var accepted = (await place.PutMainAsync(6, before)).Is(202);
        await place.WaitsAsync(accepted.Id);
        (await place.PutMainAsync(6, before)).IsProblem(412, "precondition-failed");
        var between = (await place.ReadMainAsync()).Body;
        Assert.Equal((place.Number(5), "Active", place.Number(6), "Activating"), (
            (string?)between["number"], (string?)between["state"],
            (string?)between["next"]!["number"], (string?)between["next"]!["state"]));

        (await place.SayAsync(6)).Is(201);
        await place.EndInTimeAsync(accepted.Id);
        var (former, now) = (
            await place.StoredAsync(place.Number(5)), await place.StoredAsync(place.Number(6)));
        Assert.Equal((NumberState.Active, NumberRole.Direct), (former.State, former.Role));
        Assert.Equal((NumberState.Active, NumberRole.Main), (now.State, now.Role));
    }

    [Fact]
    public async Task One_at_a_time_and_the_second_is_told_which_one_runs()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5, 6);
        var first = (await place.PutMainAsync(5)).Is(202);
        await place.WaitsAsync(first.Id);

        var second = await place.PutMainAsync(6, (await place.ReadMainAsync()).ETag);

        second.IsProblem(409, "operation-running");
        Assert.Contains(first.Id, (string?)second.Body["detail"], StringComparison.Ordinal);
        Assert.Equal(NumberState.Available, (await place.StoredAsync(place.Number(6))).State);
    }

    [Fact]
    public async Task Past_its_deadline_it_fails_and_the_former_main_number_is_still_in_service()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5, 6);
        await InServiceAsync(place, 5);
        var accepted = (await place.PutMainAsync(6, (await place.ReadMainAsync()).ETag)).Is(202);
        await place.WaitsAsync(accepted.Id);

        App.Clock.Advance(TimeSpan.FromDays(14));
        var ended = await place.EndInTimeAsync(accepted.Id);

        Assert.Equal(
            ("Failed", "activation-deadline"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal(NumberState.Reserved, (await place.StoredAsync(place.Number(6))).State);
        Assert.Equal(NumberRole.Main, (await place.StoredAsync(place.Number(5))).Role);
    }

    [Fact]
    public async Task The_platform_is_reminded_once_and_the_activation_goes_on_waiting()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5);
        var accepted = (await place.PutMainAsync(5)).Is(202);
        await place.WaitsAsync(accepted.Id);

        App.Clock.Advance(TimeSpan.FromHours(24));
        var reminder = await RemindedAsync(accepted.Id);
        Assert.Equal(("activation.overdue", $"{accepted.Id}~remind"), (reminder.Subject, reminder.MessageId));

        (await place.SayAsync(5)).Is(201);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
        Assert.Single(Sent(reminder.MessageId));
    }

    List<ServiceBusMessage> Sent(string id) =>
        [.. App.Bus.To(EntityNames.Events).Where(message => message.MessageId == id)];

    async Task<ServiceBusMessage> RemindedAsync(string operation)
    {
        await Eventually.That(() => Sent($"{operation}~remind").Count > 0);
        return Sent($"{operation}~remind")[0];
    }

    [Fact]
    public async Task A_look_that_comes_too_early_does_not_use_up_the_next_one()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5);
        var accepted = (await place.PutMainAsync(5)).Is(202);
        await place.WaitsAsync(accepted.Id);
        for (var looks = 0; looks < 2; looks++)
        {
            await App.Durable.RaiseEventAsync(
                $"main~{place.Site}~{place.Tenant}", $"look~{accepted.Id.Split('~')[1]}",
                TestContext.Current.CancellationToken);
        }

        (await place.SayAsync(5)).Is(201);

        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
    }

    [Fact]
    public async Task A_word_that_woke_nobody_is_found_by_the_sweep()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5);
        var accepted = (await place.PutMainAsync(5)).Is(202);
        await place.WaitsAsync(accepted.Id);
        await place.MoveAsync([place.Number(5)], order => new NumberCommand.ConfirmActivation(order));

        App.Clock.Advance(TimeSpan.FromMinutes(2));
        await App.SweepAsync();

        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
    }

    [Fact]
    public async Task It_begins_only_while_the_main_number_is_as_its_caller_saw_it()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5, 6);
        await InServiceAsync(place, 5);
        var sites = App.Services.GetRequiredService<SitePartition>();
        var (accepted, _) = await sites.AcceptAsync(
            new()
            {
                Id = OperationId.Parse($"{place.Site}~{new string('c', 26)}"), Kind = OperationKind.MainNumber,
                Actor = Actor.System, Arguments = "", At = App.Clock.GetUtcNow(), SeenMain = "",
                Account = Id<Account>.Parse(place.Tenant), Number = E164.Parse(place.Number(6)),
            },
            TestContext.Current.CancellationToken);

        var begun = await new BeginMainNumber(sites).Run(
            new(accepted.Id.Value, accepted.At), TestContext.Current.CancellationToken);

        Assert.Equal("precondition-failed", begun.Refusal?.Code);
        Assert.Equal(NumberState.Available, (await place.StoredAsync(place.Number(6))).State);
    }

    [Fact]
    public async Task Removed_it_is_the_accounts_for_direct_use()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5);
        await InServiceAsync(place, 5);
        var etag = (await place.ReadMainAsync()).ETag!;

        var removed = (await place.RemoveMainAsync(etag, "remove")).Is(200);
        Assert.Equal(removed.Id, (await place.RemoveMainAsync(etag, "remove")).Is(200).Id);

        var number = await place.StoredAsync(place.Number(5));
        Assert.Equal((NumberState.Reserved, NumberRole.Direct), (number.State, number.Role));
        (await place.ReadMainAsync()).IsProblem(404, "not-found");
        (await place.RemoveMainAsync(etag)).IsProblem(412, "precondition-failed");
    }

    [Fact]
    public async Task Without_a_voice_service_there_is_no_main_number()
    {
        var place = await world.PlaceForMainsAsync();
        await place.NominateAsync(5);

        (await place.PutMainAsync(5, account: place.Neighbour)).IsProblem(409, "no-service");
        (await place.PutMainAsync(5, account: place.Stranger)).IsProblem(409, "account-not-at-site");
        Assert.Equal(NumberState.Available, (await place.StoredAsync(place.Number(5))).State);
    }

    [Fact]
    public async Task The_first_service_reserves_its_main_number_and_calls_for_its_activation()
    {
        var place = await world.PlaceForMainsAsync();
        await place.RulesAsync(rules => rules["services"]!.AsArray()[0]!["needsMain"] = true);
        await place.NominateAsync(7);

        var assigned = await place.AssignAsync(place.Neighbour, "main", 2);
        var linked = (string)assigned["linked"]!;
        Assert.Equal("Waiting", (string?)(await place.WaitsAsync(linked))["state"]);

        (await place.SayAsync(7)).Is(201);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(linked))["state"]);
        Assert.Equal(NumberRole.Main, (await place.StoredAsync(place.Number(7))).Role);
    }

    static async Task InServiceAsync(Place place, int offset)
    {
        var accepted = (await place.PutMainAsync(offset)).Is(202);
        await place.WaitsAsync(accepted.Id);
        (await place.SayAsync(offset)).Is(201);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
    }
}
