using Azure;
using Telephony.Domain;
using Telephony.Domain.Lines;
using Telephony.Domain.Places;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Lines.LineWorld;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Lines;

public sealed class LostLinesOnMemory() : LostLineTests(new MemoryStore())
{
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whenever_a_process_dies_for_good_it_leaves_all_or_nothing(string what, Fault fault)
    {
        var (undisturbed, requests) = await RunAsync(what, FaultPlan.None(), tries: 1);
        var (untouched, _) = await RunAsync(what, FaultPlan.From(1, Fault.BeforeCall), tries: 1);
        for (var call = 1; call <= requests; call++)
        {
            var (state, _) = await RunAsync(what, FaultPlan.From(call, fault), tries: 1);
            Assert.Contains(state, (string[])[undisturbed, untouched]);
        }
    }
}

/// <remarks>In a table of its own: Azurite gets slower with every row, for all that share it.</remarks>
public sealed class LostLinesOnAzurite(AzuriteFixture azurite) : LostLineTests(
    new AzuriteStore(azurite, "lostlines"));

/// <summary>
/// F1: every request of every change of assignments is lost in turn, before or after it was carried out, and the change
/// is asked for again by another process: it ends as if nothing had been lost.
/// </summary>
public abstract class LostLineTests(Store store)
{
    const int RequestsMax = 60;

    static readonly string[] Changes =
        ["assign", "reassign", "assign-many", "undo", "move", "swap", "login", "logout", "unassign", "confirm"];

    public static TheoryData<string, Fault> Cases => new(
        from what in Changes
        from fault in Enum.GetValues<Fault>()
        select (what, fault));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Whichever_request_is_lost_the_repeat_ends_as_if_none_had_been(string what, Fault fault)
    {
        var (undisturbed, requests) = await RunAsync(what, FaultPlan.None(), RequestsMax);
        var (untouched, _) = await RunAsync(what, FaultPlan.From(1, Fault.BeforeCall), tries: 1);
        Assert.NotEqual(untouched, undisturbed);

        var struck = 0;
        for (var call = 1; call <= RequestsMax; call++)
        {
            var plan = FaultPlan.At(call, fault);
            Assert.Equal(undisturbed, (await RunAsync(what, plan, RequestsMax)).State);
            struck += plan.Faults;
            if (plan.Faults == 0)
                break;
        }

        Assert.Equal(requests, struck);
        Assert.InRange(struck, 3, RequestsMax - 1);
    }

    protected async Task<(string State, int Requests)> RunAsync(string what, FaultPlan plan, int tries)
    {
        var world = new LineWorld(store);
        await world.OpenAsync();
        var operation = await PrepareAsync(what, world);
        var through = store.Through(plan);
        for (var attempt = 1; attempt <= tries; attempt++)
        {
            try
            {
                await AskAsync(what, world, operation, world.Process(through));
                break;
            }
            catch (Exception e) when (e is IOException or AggregateException or RequestFailedException)
            {
                // The next try comes to another process.
            }
        }

        return (await world.TextAsync(), plan.Calls);
    }

    static async Task<Operation> PrepareAsync(string what, LineWorld world)
    {
        var process = world.Process();
        var wishes = what switch
        {
            "assign" => [Wish(0, Ada, world.Mac(1))],
            "reassign" => [Wish(0, Ada, world.Mac(2))],
            "assign-many" => [Wish(0, Ada, world.Mac(1)), Wish(1, null, world.Mac(1)), Wish(2, null, world.Mac(2))],
            "undo" => [Wish(1, Ada, null)],
            _ => (LineWish[])[],
        };
        var operation = wishes.Length > 0 ? world.Accepted("asked", wishes) : world.OperationOf("asked");
        if (wishes.Length > 0)
            await process.AcceptAsync(operation);
        if (what is not ("assign" or "assign-many"))
        {
            var before = world.Accepted("before", Wish(0, Ada, world.Mac(1)));
            await process.AcceptAsync(before);
            Assert.Equal(1, (await process.AssignAsync(before)).Assigned);
        }

        if (what == "undo")
            Assert.Equal(1, (await process.AssignAsync(operation)).Assigned);
        if (what is "logout" or "unassign")
            Assert.IsType<SiteOutcome.Done>(await LogInAsync(world, world.OperationOf("login"), process));
        return operation;
    }

    static async Task AskAsync(string what, LineWorld world, Operation operation, LineProcess process)
    {
        switch (what)
        {
            case "assign" or "reassign":
                Assert.Equal(1, (await process.AssignAsync(operation)).Assigned);
                break;
            case "assign-many":
                var part = await process.AssignAsync(operation);
                Assert.Equal((2, 1), (part.Assigned, part.Refused));
                break;
            case "undo":
                Assert.Equal(1, (await process.UndoAsync(operation, Ada)).Count);
                break;
            default:
                Assert.IsType<SiteOutcome.Done>(await OnceAsync(what, world, operation, process));
                break;
        }
    }

    static Task<SiteOutcome> OnceAsync(string what, LineWorld world, Operation operation, LineProcess process)
    {
        var order = operation.Order(operation.At);
        return what switch
        {
            "move" => process.ChangeAsync(operation, process.Handsets(world.Mac(1)), state => LineDecider.Decide(
                state, new MoveHandset(
                    world.Mac(1), Id<Space>.Parse("a"), Id<Port>.Parse("pa2"), null, order))),
            "swap" => process.ChangeAsync(
                operation, process.Handsets(world.Mac(1), world.Mac(2)), state => LineDecider.Decide(
                    state, new SwapHandsets(world.Mac(1), world.Mac(2), order))),
            "login" => LogInAsync(world, operation, process),
            "logout" => process.ChangeAsync(operation, process.Lines(Number(0)), state => LineDecider.Decide(
                state, new LogOut(Number(0), order))),
            "confirm" => process.ChangeAsync(operation, process.Lines(Number(0)), state => LineDecider.Decide(
                state, new ConfirmLocation(Number(0), "1 High St, floor 2", "ada", order))),
            _ => process.ChangeAsync(operation, process.Lines(Number(0)), state => LineDecider.Decide(
                state, new UnassignLines([Number(0)], order))),
        };
    }

    static Task<SiteOutcome> LogInAsync(LineWorld world, Operation operation, LineProcess process) =>
        process.ChangeAsync(operation, process.Lines(Number(0), world.Mac(3)), state => LineDecider.Decide(
            state, new LogIn(
                world.Mac(3), Number(0), 8, 12, operation.Order(operation.At))));
}
