using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Functions.Tests;

/// <summary>Numbers brought into service past HTTP, as a process of its own would.</summary>
static class InService
{
    static int operations;

    /// <summary>Takes Reserved numbers to where these commands lead, one after the other.</summary>
    public static async Task MoveAsync(
        this Place place, IEnumerable<string> numbers, params Func<Order, NumberCommand>[] commands)
    {
        var set = NumberSet.Of(numbers.Select(E164.Parse));
        var sites = new SitePartition(place.App.Sites, new SiteCache(), place.App.Clock);
        foreach (var command in commands)
        {
            var count = Interlocked.Increment(ref operations);
            var id = new OperationId(
                Id<Site>.Parse(place.Site), OperationIds.Hash($"in service {count}"));
            var operation = new Operation
            {
                Id = id, Kind = OperationKind.Allocation, Actor = Actor.System, Arguments = $"{count}",
                At = place.App.Clock.GetUtcNow(),
            };
            Assert.IsType<SiteOutcome.Done>(await sites.TransactAsync(
                new(operation, "move", operation.At, site => PoolDecider.Decide(
                    site, new MoveNumbers(set, command(operation.Order(operation.At))))),
                TestContext.Current.CancellationToken));
        }

        // What the app remembers of the site is older now than it may be.
        place.App.Clock.Advance(SitePartition.AgeMax);
    }

    public static Task ActivateAsync(this Place place, IEnumerable<string> numbers) => place.MoveAsync(
        numbers, order => new NumberCommand.Activate(order), order => new NumberCommand.ConfirmActivation(order));

    /// <summary>The number as its block's row says it.</summary>
    public static async Task<Number> StoredAsync(this Place place, string number)
    {
        var id = E164.Parse(number);
        var row = await place.App.Sites.FindAsync(
            place.Site, SiteKeys.Block(id.Block), TestContext.Current.CancellationToken);
        return BlockRow.Read(row!)[id.Slot]!;
    }
}
