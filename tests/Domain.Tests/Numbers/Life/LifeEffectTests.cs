using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>What a change does to a number beside its state.</summary>
public sealed class LifeEffectTests
{
    [Theory]
    [InlineData("provision-staged")]
    [InlineData("provision-porting")]
    [InlineData("provision")]
    public void A_new_number_is_as_it_was_provisioned_and_one_that_comes_back_counts_on(string how)
    {
        var first = After("none", how);
        Assert.Equal((NumberKind.Premium, NumberRole.NominatedMain, Ours), (first.Kind, first.Role, first.Earmark));
        Assert.Equal((1, 1), (first.Generation, first.Version));

        Assert.Equal(first with { Generation = 3, Version = 8 }, After("reti", how));
    }

    [Theory]
    [InlineData("hold", "free")]
    [InlineData("hold", "laps")]
    [InlineData("reserve", "free")]
    [InlineData("reserve", "held")]
    [InlineData("reserve", "laps")]
    [InlineData("reserve-main", "nominated")]
    [InlineData("arrive-ours", "port")]
    [InlineData("restore", "cool")]
    public void It_comes_to_the_account_that_asked_for_it(string command, string number) =>
        Assert.Equal(Ours, After(number, command).Account);

    [Fact]
    public void A_hold_lasts_as_long_as_was_asked_and_prolonging_it_moves_its_end_alone()
    {
        var held = Samples.Numbers["held"]!;
        Assert.Equal(Samples.Tomorrow, After("free", "hold").Until);
        Assert.Equal(
            held with { Until = Samples.Tomorrow.AddDays(1), Version = 8 }, After("held", "hold-longer"));
    }

    [Theory]
    [InlineData("reserve", "free", NumberSource.ByService)]
    [InlineData("reserve", "held", NumberSource.ByService)]
    [InlineData("reserve-main", "nominated", NumberSource.ByHand)]
    [InlineData("arrive-ours", "port", NumberSource.ByHand)]
    [InlineData("restore", "cool", NumberSource.ByHand)]
    public void It_is_known_how_the_account_came_by_it(string command, string number, NumberSource source) =>
        Assert.Equal(source, After(number, command).Source);

    [Fact]
    public void A_lapsed_hold_leaves_a_number_that_came_back_when_the_hold_ended()
    {
        var held = Samples.Numbers["laps"]!;

        Assert.Equal(held, held.At(Noon.AddTicks(-1)));
        Assert.Equal(
            held with
            {
                State = NumberState.Available,
                Account = null,
                Until = null,
                Operation = null,
                Since = Noon,
                Version = 8,
            },
            held.At(Noon));
    }

    [Fact]
    public void A_nominated_number_becomes_the_main_number_when_it_is_in_service_and_a_direct_one_stays_direct()
    {
        var main = After("actg-nominated", "confirm-active");
        var direct = After("actg", "confirm-active");

        Assert.Equal((NumberRole.Main, true, true), (main.Role, main.EverActive, main.EverMain));
        Assert.Equal((NumberRole.Direct, true, false), (direct.Role, direct.EverActive, direct.EverMain));
        Assert.True(Decide(Samples.Numbers["actg"]! with { EverMain = true, EverActive = true }, "confirm-active")
            .EverMain, "What was a main number once does not rest less because it was in service again.");
    }

    [Theory]
    [InlineData("actg-nominated", "fail-active", NumberRole.NominatedMain)]
    [InlineData("actv-main", "remove-main", NumberRole.Main)]
    [InlineData("deac-main", "fail-inactive", NumberRole.Main)]
    [InlineData("deac-main", "confirm-inactive", NumberRole.Direct)]
    [InlineData("frsh-nominated", "release", NumberRole.NominatedMain)]
    [InlineData("used-nominated", "release", NumberRole.NominatedMain)]
    [InlineData("cool-nominated", "restore", NumberRole.NominatedMain)]
    [InlineData("cool-nominated", "end-cooldown", NumberRole.Direct)]
    [InlineData("nominated", "block", NumberRole.NominatedMain)]
    [InlineData("nominated", "withdraw", NumberRole.Direct)]
    [InlineData("free", "nominate", NumberRole.NominatedMain)]
    [InlineData("stag-nominated", "offer", NumberRole.NominatedMain)]
    [InlineData("port-nominated", "arrive", NumberRole.NominatedMain)]
    [InlineData("port-nominated", "arrive-ours", NumberRole.NominatedMain)]
    [InlineData("leav-nominated", "cancel-port-out", NumberRole.NominatedMain)]
    public void The_role_stays_or_goes_as_the_table_says(string number, string command, NumberRole role) =>
        Assert.Equal(role, After(number, command).Role);

    [Theory]
    [InlineData("used", 90)]
    [InlineData("used-nominated", 90)]
    [InlineData("used-as-main", 180)]
    public void What_was_in_service_rests_and_what_was_a_main_number_rests_longer(string number, int days)
    {
        var resting = After(number, "release");

        Assert.Equal((Ours, Noon.AddDays(days)), (resting.Former, resting.RestsUntil));
        Assert.Equal(Samples.Numbers[number]!.EverMain, resting.EverMain);
    }

    [Theory]
    [InlineData("cool-as-main")]
    [InlineData("cool")]
    public void A_restored_number_is_as_if_it_had_never_been_released(string number)
    {
        var (resting, restored) = (Samples.Numbers[number]!, After(number, "restore"));

        Assert.Equal((resting.EverActive, resting.EverMain), (restored.EverActive, restored.EverMain));
    }

    [Theory]
    [InlineData("reserve", "laps")]
    [InlineData("reserve", "free")]
    public void What_it_was_in_an_earlier_allocation_does_not_count(string command, string number)
    {
        var given = Decide(Samples.Numbers[number]! with { EverActive = true, EverMain = true }, command);

        Assert.Equal((false, false), (given.EverActive, given.EverMain));
    }

    [Theory]
    [InlineData("free")]
    [InlineData("stag")]
    [InlineData("cool")]
    [InlineData("cool-as-main")]
    [InlineData("nominated")]
    public void A_block_remembers_all_and_gives_all_back(string number)
    {
        var before = Samples.Numbers[number]!;
        var blocked = After(number, "block-until");
        Assert.Equal((before.State, Samples.Tomorrow), (blocked.Before, blocked.Until));

        var after = Decide(blocked, "unblock");

        Assert.Equal(before with { Operation = Second, Since = Noon, Version = 9 }, after);
    }

    [Theory]
    [InlineData("frsh")]
    [InlineData("frsh-nominated")]
    [InlineData("used-as-main")]
    [InlineData("actv")]
    public void A_port_that_is_cancelled_gives_all_back(string number)
    {
        var before = Samples.Numbers[number]!;

        var after = Decide(After(number, "port-out"), "cancel-port-out");

        Assert.Equal(before with { Operation = Second, Since = Noon, Version = 9 }, after);
    }

    [Fact]
    public void Only_a_resting_number_knows_who_had_it_and_a_move_still_says_so_when_it_is_back()
    {
        Id<Account>? none = null;
        Assert.Equal((none, Ours), (After("used", "release").Account, After("used", "release").Former));
        Assert.Equal(Ours, Way.Of(Samples.Numbers["cool"], After("cool", "end-cooldown")).Account);
        Assert.Equal(Ours, Way.Of(Samples.Numbers["frsh"], After("frsh", "release")).Account);
        Assert.Equal(Ours, Way.Of(Samples.Numbers["leav"], After("leav", "confirm-port-out")).Account);
        Assert.Equal(Noon.AddDays(90), Way.Of(Samples.Numbers["used"], After("used", "release")).Until);
        Assert.Equal(Samples.Tomorrow, Way.Of(Samples.Numbers["free"], After("free", "hold")).Until);
    }

    static Number After(string number, string command) => Decide(Samples.Numbers[number], command);

    static Number Decide(Number? number, string command) => Assert.IsType<NumberDecision.Accepted>(
        NumberDecider.Decide(number, Samples.Commands(ByPlatform)[command])).Next;
}
