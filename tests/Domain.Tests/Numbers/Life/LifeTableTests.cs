using Telephony.Domain.Access;
using Telephony.Domain.Numbers;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Numbers.Life;

/// <summary>Every number with every command by everybody, against the table by hand.</summary>
public sealed class LifeTableTests
{
    static readonly Party[] Everybody = Enum.GetValues<Party>();

    /// <summary>Who people belong to, by hand; nobody is the system.</summary>
    static readonly (Role? Role, Party Party)[] Belonging =
    [
        (null, Party.System),
        (Role.Platform, Party.Platform),
        (Role.OperatorAdmin, Party.Operator),
        (Role.OperatorUser, Party.Operator),
        (Role.OccupierAdmin, Party.Occupier),
        (Role.OccupierUser, Party.Occupier),
    ];

    [Fact]
    public void Every_number_goes_where_the_table_leads_and_nowhere_else()
    {
        var wrong =
            from number in Samples.Numbers
            from party in Everybody
            from command in Samples.Commands(new(Second, party, Noon))
            let expected = LifeTable.Expected(number.Key, command.Key, party)
            let actual = Name(NumberDecider.Decide(number.Value, command.Value))
            where expected != actual
            select $"{command.Key} of {number.Key} by {party}: {actual}, not {expected}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void No_state_no_command_and_nobody_is_left_out()
    {
        var commands = Samples.Commands(ByPlatform);
        Assert.Equal(
            typeof(NumberCommand).GetNestedTypes().OrderBy(type => type.Name),
            commands.Values.Select(command => command.GetType()).Distinct().OrderBy(type => type.Name));
        Assert.Equal(
            Enum.GetValues<NumberState>(),
            Samples.Numbers.Values.OfType<Number>().Select(number => number.State).Distinct().Order());
        Assert.Equal(LifeTable.Commands.Order(), commands.Keys.Order());
        Assert.Equal(LifeTable.Numbers.Order(), Samples.Numbers.Keys.Order());
        Assert.Equal(
            Enum.GetValues<Role>(), Belonging.Select(entry => entry.Role).OfType<Role>());
    }

    [Fact]
    public void People_belong_to_the_party_that_the_table_knows_them_by()
    {
        Assert.All(Belonging, entry => Assert.Equal(entry.Party, Parties.Of(entry.Role)));
        Assert.All(
            from number in Samples.Numbers.Values
            from command in Samples.Commands(new(Second, Party.Occupier, Noon)).Values
            select NumberDecider.Decide(number, command),
            decision => Assert.Equal(new NumberDecision.Refused(NumberRefusal.NotTheirs), decision));
    }

    [Fact]
    public void The_samples_are_numbers_that_can_be() =>
        Assert.All(Samples.Numbers.Values.OfType<Number>(), Shape.Assert);

    [Fact]
    public void Whatever_a_command_leads_to_fits_its_state_and_counts_as_one_change() => Assert.All(
        Accepted(), change =>
        {
            var (before, command, after) = change;
            Shape.Assert(after);
            Assert.Equal((before?.Version ?? 0) + 1, after.Version);
            if (command is NumberCommand.Provision)
            {
                Assert.Equal((before?.Generation ?? 0) + 1, after.Generation);
                Assert.Equal((null, null), (after.Operation, after.Since));
                return;
            }

            var stays = after.State == before!.State;
            Assert.Equal(stays ? before.Operation : command.Order.Operation, after.Operation);
            Assert.Equal(stays ? before.Since : command.Order.Now, after.Since);
            Assert.Equal((before.Kind, before.Generation), (after.Kind, after.Generation));
            Assert.Equal(after.State is NumberState.Retired ? null : before.Earmark, after.Earmark);
        });

    [Fact]
    public void What_leads_back_or_in_is_refused_the_second_time_for_nothing_says_that_it_was_done() => Assert.All(
        Accepted().Where(change => IsOnce(change.Command)), change =>
            Assert.IsType<NumberDecision.Refused>(NumberDecider.Decide(change.After, change.Command)));

    /// <summary>A number in the pool does not show whether it was blocked before, or about to leave.</summary>
    internal static bool IsOnce(NumberCommand command) =>
        command is NumberCommand.Provision or NumberCommand.Unblock or NumberCommand.CancelPortOut;

    [Fact]
    public void Once_accepted_the_same_is_a_success_without_a_change() => Assert.All(
        Accepted().Where(change => !IsOnce(change.Command)), change =>
            Assert.IsType<NumberDecision.Unchanged>(NumberDecider.Decide(change.After, change.Command)));

    [Fact]
    public void Only_a_goal_that_does_not_depend_on_the_number_is_named() => Assert.All(
        Accepted().Where(change => change.Command.Goal is not null), change =>
            Assert.Equal(change.Command.Goal, change.After.State));

    /// <summary>All that is accepted of the samples, each as every decision sees it.</summary>
    public static IEnumerable<(Number? Before, NumberCommand Command, Number After)> Accepted() =>
        from number in Samples.Numbers.Values
        from party in Everybody
        from command in Samples.Commands(new(Second, party, Noon)).Values
        let accepted = NumberDecider.Decide(number, command) as NumberDecision.Accepted
        where accepted is not null
        select (number?.At(Noon), command, accepted.Next);

    static string Name(NumberDecision decision) => decision switch
    {
        NumberDecision.Accepted accepted => accepted.Next.State.ToString(),
        NumberDecision.Refused refused => refused.Reason.ToString(),
        _ => "Unchanged",
    };
}
