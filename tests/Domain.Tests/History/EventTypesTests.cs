using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Tests.Numbers.Life;

namespace Telephony.Domain.Tests.History;

/// <summary>What happened is called by what was asked for: a name for each command, a command for each name.</summary>
public sealed class EventTypesTests
{
    static readonly Dictionary<Type, string> ByCommand = new()
    {
        [typeof(NumberCommand.Provision)] = "number.provisioned",
        [typeof(NumberCommand.Offer)] = "number.offered",
        [typeof(NumberCommand.ConfirmPortIn)] = "number.ported-in",
        [typeof(NumberCommand.CancelPortIn)] = "port-in.cancelled",
        [typeof(NumberCommand.Hold)] = "number.held",
        [typeof(NumberCommand.EndHold)] = "hold.ended",
        [typeof(NumberCommand.Reserve)] = "number.allocated",
        [typeof(NumberCommand.Restore)] = "number.restored",
        [typeof(NumberCommand.Activate)] = "activation.requested",
        [typeof(NumberCommand.ConfirmActivation)] = "number.activated",
        [typeof(NumberCommand.FailActivation)] = "activation.failed",
        [typeof(NumberCommand.Deactivate)] = "deactivation.requested",
        [typeof(NumberCommand.ConfirmDeactivation)] = "number.deactivated",
        [typeof(NumberCommand.FailDeactivation)] = "deactivation.failed",
        [typeof(NumberCommand.Nominate)] = "main.nominated",
        [typeof(NumberCommand.WithdrawNomination)] = "main.nomination-withdrawn",
        [typeof(NumberCommand.Release)] = "number.released",
        [typeof(NumberCommand.EndCooldown)] = "cooldown.ended",
        [typeof(NumberCommand.Block)] = "number.blocked",
        [typeof(NumberCommand.Unblock)] = "number.unblocked",
        [typeof(NumberCommand.PortOut)] = "port-out.requested",
        [typeof(NumberCommand.CancelPortOut)] = "port-out.cancelled",
        [typeof(NumberCommand.ConfirmPortOut)] = "number.ported-out",
        [typeof(NumberCommand.Retire)] = "number.retired",
    };

    /// <summary>What leaves the version as it is, a word that is kept, is no change: nothing is told.</summary>
    [Fact]
    public void Whatever_the_decider_accepts_is_called_by_what_was_asked_for() => Assert.All(
        LifeTableTests.Accepted().Where(change => change.After.Version != change.Before?.Version),
        change => Assert.Equal(
            ByCommand[change.Command.GetType()], EventTypes.Of(Way.Of(change.Before, change.After))));

    [Theory]
    [InlineData("actv-main")]
    [InlineData("deac-main")]
    public void A_main_number_that_another_takes_the_place_of_is_replaced(string main)
    {
        var before = Samples.Numbers[main]!;

        Assert.Equal("main.replaced", EventTypes.Of(Way.Of(before, before with { Role = NumberRole.Direct })));
    }

    [Fact]
    public void A_hold_that_lapsed_has_ended()
    {
        var held = Samples.Numbers["held"]!;

        Assert.Equal("hold.ended", EventTypes.Of(Way.Of(held, held.At(Samples.Tomorrow), Samples.Tomorrow)));
    }

    [Fact]
    public void What_happens_to_a_number_that_stays_in_service_is_called_what_it_says()
    {
        var before = Samples.Numbers["actv"]!;
        var what = new Happening("settings.changed", [new("label", null, "Reception")]);

        Assert.Equal("settings.changed", EventTypes.Of(Way.Of(before, before, what: what)));
    }

    [Fact]
    public void Each_name_is_given_once_and_all_but_a_few_to_a_way_of_a_number()
    {
        Assert.Equal(EventTypes.All.Length, EventTypes.All.Distinct().Count());
        Assert.Equal(
            ByCommand.Values.Append("main.replaced").Order(StringComparer.Ordinal),
            EventTypes.All
                .Except([EventTypes.Changed, EventTypes.ActivationOverdue, EventTypes.DeactivationOverdue])
                .Except([EventTypes.ScheduleChanged])
                .Except(EventTypes.InService)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_way_that_nothing_leads_is_told_as_a_change() => Assert.Equal(
        "number.changed", EventTypes.Of(new(NumberState.Staged, NumberState.Active, NumberRole.Direct, null, null)));
}
