using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Places;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Lines.LineWorld;

namespace Telephony.Storage.Tests.Lines;

public sealed class RememberedLinesOnMemory() : RememberedLineTests(new MemoryStore());

public sealed class RememberedLinesOnAzurite(AzuriteFixture azurite) : RememberedLineTests(new AzuriteStore(azurite));

/// <summary>
/// What a process remembers saves reads and decides nothing: another process changes what an assignment rests on before
/// it is accepted or before it is carried out, and it ends as if nobody had remembered anything.
/// </summary>
public abstract class RememberedLineTests(Store store)
{
    static readonly Id<User> Bo = Id<User>.Parse("bo");

    readonly LineWorld world = new(store);

    [Fact]
    public async Task A_number_that_somebody_got_meanwhile_moves_and_leaves_their_handset()
    {
        await world.OpenAsync();
        var process = world.Process();
        await process.LookAsync();
        await AssignAsync(Wish(0, Ada, world.Mac(2)));
        var operation = world.Accepted("mine", Wish(0, Ada, world.Mac(1)));

        Assert.Empty(await process.AskAsync(operation));
        Assert.Equal(1, (await process.AssignAsync(operation)).Assigned);

        await HasAsync(world.Mac(1));
        Assert.Null(await AssignedToAsync(world.Mac(2)));
    }

    [Fact]
    public async Task A_number_that_was_as_wished_and_is_taken_away_meanwhile_is_assigned()
    {
        await world.OpenAsync();
        await AssignAsync(Wish(0, Ada, world.Mac(1)));
        var (process, operation) = (world.Process(), world.Accepted("mine", Wish(0, Ada, world.Mac(1))));
        Assert.Empty(await process.AskAsync(operation));
        var unassigned = world.OperationOf("taken away");
        Assert.IsType<SiteOutcome.Done>(await world.Process().ChangeAsync(
            unassigned, world.Process().Lines(Number(0)), state => LineDecider.Decide(
                state, new UnassignLines([Number(0)], unassigned.Order(unassigned.At)))));

        Assert.Equal(1, (await process.AssignAsync(operation)).Assigned);

        await HasAsync(world.Mac(1));
    }

    [Fact]
    public async Task A_handset_that_somebody_got_meanwhile_is_busy()
    {
        await world.OpenAsync();
        var (process, operation) = (world.Process(), world.Accepted("mine", Wish(0, Ada, world.Mac(1))));
        Assert.Empty(await process.AskAsync(operation));
        await AssignAsync(Wish(1, null, world.Mac(1)));

        var part = await process.AssignAsync(operation);

        Assert.Equal((0, "handset-busy"), (part.Assigned, part.Reason!.Code));
        Assert.Equal(Number(1), await AssignedToAsync(world.Mac(1)));
    }

    [Fact]
    public async Task A_handset_that_was_busy_and_is_free_by_now_is_not_refused()
    {
        await world.OpenAsync();
        await AssignAsync(Wish(1, null, world.Mac(1)));
        var process = world.Process();
        await process.LookAsync();
        var operation = world.Accepted("mine", Wish(0, Ada, world.Mac(1)));
        Assert.NotEmpty(await process.AskAsync(operation));
        await AssignAsync(Wish(1, null, world.Mac(2)));

        Assert.Empty(await process.AskAsync(operation));
        Assert.Equal(1, (await process.AssignAsync(operation)).Assigned);

        await HasAsync(world.Mac(1));
    }

    [Fact]
    public async Task A_user_who_came_after_the_look_is_not_refused_and_one_who_left_since_loses_the_number_again()
    {
        await world.OpenAsync();
        var process = world.Process();
        await process.LookAsync();
        await world.LeaveAsync(Ada);
        var operation = world.Accepted("mine", Wish(0, Ada, world.Mac(1)));

        Assert.Empty(await process.AskAsync(operation));
        Assert.Equal([Ada.Value], (await process.AssignAsync(operation)).Gone);
        Assert.Equal(1, (await process.UndoAsync(operation, Ada)).Count);
        Assert.Empty((await world.ReadAsync()).Lines);

        var late = world.Accepted("late", Wish(0, Bo, world.Mac(1)));
        Assert.NotEmpty(await process.AskAsync(late));
        await world.EnterAsync(Bo);
        Assert.Empty(await process.AskAsync(late));
    }

    [Fact]
    public async Task A_caller_who_saw_the_assignment_before_it_changed_is_told_so()
    {
        await world.OpenAsync();
        var process = world.Process();
        await process.LookAsync();
        await AssignAsync(Wish(0, null, world.Mac(2)));
        var operation = world.Accepted("mine", Wish(0, Ada, world.Mac(1))) with { Seen = "" };

        // Nobody had it when this process looked; whoever carries it out finds its line.
        Assert.Empty(await process.AskAsync(operation));
        Assert.Equal("precondition-failed", (await process.AssignAsync(operation)).Reason!.Code);

        Assert.Equal(Number(0), await AssignedToAsync(world.Mac(2)));
    }

    [Fact]
    public async Task What_another_request_with_the_same_key_rested_on_is_not_taken_for_this_ones()
    {
        await world.OpenAsync();
        var process = world.Process();
        var operation = world.Accepted("mine", Wish(0, Ada, world.Mac(1)));
        Assert.Empty(await process.AskAsync(operation));
        Assert.Empty(await process.AskAsync(
            world.Accepted("mine", Wish(0, null, world.Mac(2))) with { Arguments = "another body" }));

        var part = await process.AssignAsync(operation);

        Assert.Equal((1, null), (part.Assigned, part.Reason?.Code));
        await HasAsync(world.Mac(1));
    }

    async Task AssignAsync(LineWish wish)
    {
        var operation = world.Accepted($"{wish.Number} to {wish.Handset}", wish);
        await world.Process().AcceptAsync(operation);
        Assert.Equal(1, (await world.Process().AssignAsync(operation)).Assigned);
    }

    async Task HasAsync(MacAddress mac)
    {
        var state = await world.ReadAsync();
        Assert.Equal((Ada, mac), (state.Lines[Number(0)].User, state.Lines[Number(0)].Handset));
        Assert.Equal(Number(0), await AssignedToAsync(mac));
    }

    async Task<Domain.Numbers.E164?> AssignedToAsync(MacAddress mac) =>
        (await world.ReadAsync()).Places.Find(Handset.RefOf(mac))!.Uses.Assigned;
}
