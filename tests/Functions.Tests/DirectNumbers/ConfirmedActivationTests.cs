using System.Text.Json.Nodes;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Functions.Tests.MainNumber;
using Telephony.Functions.Tests.Messaging;
using Telephony.Testing;

namespace Telephony.Functions.Tests.DirectNumbers;

/// <summary>Direct numbers into service and out of it where the platform confirms each.</summary>
public sealed class ConfirmedActivationTests(World world) : IClassFixture<World>
{
    TestApp App => world.App;

    [Fact]
    public async Task It_waits_for_each_of_its_numbers_and_ends_with_the_last()
    {
        var (place, office) = await PlaceAsync(3, 0, 1, 2);

        var accepted = (await place.SendAsync("activations", new { range = place.Range(0, 2) }, "it")).Is(202);
        var waits = await place.WaitsAsync(accepted.Id);
        Assert.Equal(
            "The platform has to activate 3 numbers, each by itself.", (string?)waits["wait"]!["for"]);
        Assert.Equal("Activating Activating Activating", await place.StatesAsync(0, 1, 2));

        await office.SayAsync(place, "ActivationConfirmed", 1);
        await office.SayAsync(place, "ActivationConfirmed", 0);
        Assert.Equal("Waiting", (string?)(await place.WaitsAsync(accepted.Id))["state"]);
        await office.SayAsync(place, "ActivationConfirmed", 2);

        var ended = await place.EndInTimeAsync(accepted.Id);
        Assert.Equal(("Succeeded", null), ((string?)ended["state"], ended["reason"]));
        Assert.Equal("Active Active Active", await place.StatesAsync(0, 1, 2));
        Assert.Equal(
            accepted.Id, (await place.SendAsync("activations", new { range = place.Range(0, 2) }, "it")).Is(202).Id);
    }

    [Fact]
    public async Task What_the_platform_refused_is_named_with_its_reason_and_can_be_retried()
    {
        var (place, office) = await PlaceAsync(2, 0, 1);
        var accepted = (await place.SendAsync("activations", new { range = place.Range(0, 1) })).Is(202);
        await place.WaitsAsync(accepted.Id);

        await office.SayAsync(place, "ActivationFailed", 0, "No port is free.");
        await office.SayAsync(place, "ActivationConfirmed", 1);

        var ended = await place.EndInTimeAsync(accepted.Id);
        Assert.Equal(
            ("Partial", "activation-failed"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal(["0 activation-failed"], place.Errors(ended));
        Assert.Equal("No port is free.", (string?)ended["errors"]![0]!["reason"]);
        Assert.Equal("No port is free.", (string?)ended["numbers"]![0]!["reason"]);

        var again = (await place.SteerAsync("retry", accepted.Id)).Is(202);
        await place.WaitsAsync(again.Id);
        await office.SayAsync(place, "ActivationConfirmed", 0);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(again.Id))["state"]);
    }

    [Fact]
    public async Task Called_off_what_still_waits_is_as_it_was_and_what_was_confirmed_stays()
    {
        var (place, office) = await PlaceAsync(3, 0, 1, 2);
        var accepted = (await place.SendAsync("activations", new { range = place.Range(0, 2) })).Is(202);
        await place.WaitsAsync(accepted.Id);
        await office.SayAsync(place, "ActivationConfirmed", 0);

        (await place.SteerAsync("cancel", accepted.Id)).Is(202);

        var ended = await place.EndInTimeAsync(accepted.Id);
        Assert.Equal(("Partial", "cancelled"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal(["1 cancelled", "2 cancelled"], place.Errors(ended));
        Assert.Equal("Active Reserved Reserved", await place.StatesAsync(0, 1, 2));
        Assert.Equal(
            "no-transition",
            (await office.SendAsync("ActivationConfirmed", new { number = place.Number(1) })).Code);
    }

    [Fact]
    public async Task Past_its_deadline_none_is_in_service_and_a_late_word_is_told_so()
    {
        var (place, office) = await PlaceAsync(1, 0);
        var accepted = (await place.ActivateOneAsync(0)).Is(202);
        await place.WaitsAsync(accepted.Id);

        App.Clock.Advance(TimeSpan.FromDays(14));
        var ended = await place.EndInTimeAsync(accepted.Id);

        Assert.Equal(
            ("Failed", "activation-deadline"), ((string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal("Reserved", await place.StatesAsync(0));
        Assert.Equal(
            "no-transition",
            (await office.SendAsync("ActivationConfirmed", new { number = place.Number(0) })).Code);
    }

    [Fact]
    public async Task A_word_that_comes_twice_is_carried_out_once()
    {
        var (place, office) = await PlaceAsync(1, 0);
        var accepted = (await place.ActivateOneAsync(0)).Is(202);
        await place.WaitsAsync(accepted.Id);

        await office.DoneAsync("ActivationConfirmed", new { number = place.Number(0) }, "c-1");
        await office.DoneAsync("ActivationConfirmed", new { number = place.Number(0) }, "c-1", delivery: 2);
        await office.DoneAsync("ActivationConfirmed", new { number = place.Number(0) }, "c-2");

        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
        Assert.Equal(4, (await place.StoredAsync(place.Number(0))).Version);
    }

    [Fact]
    public async Task Out_of_service_it_waits_as_well_and_fails_back_into_it()
    {
        var (place, office) = await PlaceAsync(2, 0, 1);
        await place.ActivateAsync(place.Numbers(0, 1));

        var accepted = (await place.SendAsync("deactivations", new { range = place.Range(0, 1) })).Is(202);
        Assert.Equal(
            "The platform has to deactivate 2 numbers, each by itself.",
            (string?)(await place.WaitsAsync(accepted.Id))["wait"]!["for"]);
        await office.SayAsync(place, "DeactivationConfirmed", 0);
        await office.SayAsync(place, "DeactivationFailed", 1, "A call is held.");

        var ended = await place.EndInTimeAsync(accepted.Id);
        Assert.Equal(("Partial", "deactivation-failed"), (
            (string?)ended["state"], (string?)ended["reason"]!["code"]));
        Assert.Equal("A call is held.", (string?)ended["errors"]![0]!["reason"]);
        Assert.Equal("Reserved Active", await place.StatesAsync(0, 1));
    }

    [Fact]
    public async Task The_platform_is_reminded_of_what_still_waits()
    {
        var (place, office) = await PlaceAsync(3, 0, 1, 2);
        await place.ActivateAsync(place.Numbers(0, 1, 2));
        var accepted = (await place.SendAsync("deactivations", new { range = place.Range(0, 2) })).Is(202);
        await place.WaitsAsync(accepted.Id);
        await office.SayAsync(place, "DeactivationConfirmed", 0);

        App.Clock.Advance(TimeSpan.FromHours(24));
        var reminder = await RemindedAsync(accepted.Id);

        var data = JsonNode.Parse(reminder.Body)!["data"]!;
        Assert.Equal(("deactivation.overdue", place.Number(1), 2), (
            reminder.Subject, (string?)data["number"], (int?)data["count"]));
    }

    [Fact]
    public async Task A_word_that_woke_nobody_is_found_by_the_sweep()
    {
        var (place, _) = await PlaceAsync(1, 0);
        var accepted = (await place.ActivateOneAsync(0)).Is(202);
        await place.WaitsAsync(accepted.Id);
        await place.MoveAsync([place.Number(0)], order => new NumberCommand.ConfirmActivation(order));

        App.Clock.Advance(TimeSpan.FromMinutes(2));
        await App.SweepAsync();

        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
    }

    [Fact]
    public async Task A_service_calls_for_the_activation_of_what_it_takes_and_does_not_wait_for_it()
    {
        var place = await world.PlaceAsync();
        var office = new BackOffice(place);
        await place.RulesAsync(rules =>
        {
            rules["autoActivateAfterAuto"] = true;
            rules["directActivation"] = "PlatformConfirms";
        });

        var assigned = await place.AssignAsync(place.Tenant, "lines", 2);

        Assert.Equal("Succeeded", (string?)assigned["state"]);
        var linked = (string)assigned["linkedNumbers"]!;
        Assert.Equal("Waiting", (string?)(await place.WaitsAsync(linked))["state"]);
        await office.SayAsync(place, "ActivationConfirmed", 0);
        await office.SayAsync(place, "ActivationConfirmed", 1);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(linked))["state"]);
        Assert.Equal("Active Active", await place.StatesAsync(0, 1));
    }

    [Fact]
    public async Task An_account_that_leaves_waits_for_the_platform_and_leaves_then()
    {
        var (place, office) = await PlaceAsync(1, 0);
        await place.ActivateAsync(place.Numbers(0));
        var path = $"sites/{place.Site}/accounts/{place.Tenant}/close";

        var closed = await place.EndAsync(await App.PostAsync(path, place.Admin, new { }));

        Assert.Equal(("Partial", "numbers-stay"), ((string?)closed["state"], (string?)closed["reason"]!["code"]));
        Assert.Equal(["0 under-way"], place.Errors(closed));
        Assert.Equal("Deactivating", await place.StatesAsync(0));
        await office.SayAsync(place, "DeactivationConfirmed", 0);
        Assert.Equal(
            "Succeeded", (string?)(await place.EndAsync(await App.PostAsync(path, place.Admin, new { })))["state"]);
        Assert.Equal("Cooldown", await place.StatesAsync(0));
    }

    [Fact]
    public async Task What_went_on_before_anybody_looked_counts_as_done()
    {
        var (place, office) = await PlaceAsync(2, 0, 1);
        var accepted = (await place.SendAsync("activations", new { range = place.Range(0, 1) })).Is(202);
        await place.WaitsAsync(accepted.Id);
        await office.SayAsync(place, "ActivationConfirmed", 0);
        var down = (await place.DeactivateOneAsync(0)).Is(202);
        await place.WaitsAsync(down.Id);
        await office.SayAsync(place, "DeactivationConfirmed", 0);

        await office.SayAsync(place, "ActivationConfirmed", 1);

        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(accepted.Id))["state"]);
        Assert.Equal("Succeeded", (string?)(await place.EndInTimeAsync(down.Id))["state"]);
        Assert.Equal("Reserved Active", await place.StatesAsync(0, 1));
    }

    async Task<(Place Place, BackOffice Office)> PlaceAsync(int units, params int[] offsets)
    {
        var place = await world.PlaceForDirectAsync(units, offsets, "PlatformConfirms");
        return (place, new(place));
    }

    async Task<Azure.Messaging.ServiceBus.ServiceBusMessage> RemindedAsync(string operation)
    {
        var isReminder = (Azure.Messaging.ServiceBus.ServiceBusMessage sent) => sent.MessageId == $"{operation}~remind";
        await Eventually.That(() => App.Bus.To(EntityNames.Events).Any(isReminder));
        return App.Bus.To(EntityNames.Events).First(isReminder);
    }
}
