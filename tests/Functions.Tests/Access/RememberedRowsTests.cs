using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Directory;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tests.Access;

/// <summary>
/// What another process has changed meanwhile: remembered rows may let a caller in, never turn it away.
/// </summary>
public sealed class RememberedRowsTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_account_that_was_attached_elsewhere_gets_its_numbers_at_once()
    {
        var place = await world.PlaceAsync();
        (await place.AllocateAsync(place.Stranger, 1)).IsProblem(409, "account-not-at-site");
        (await place.ServiceAsync(place.Stranger, "main", 1)).IsProblem(409, "account-not-at-site");

        await AttachElsewhereAsync(place, place.Stranger);

        (await place.AllocateAsync(place.Stranger, 1)).Is(201);
        (await place.ServiceAsync(place.Stranger, "main", 2)).Is(202);
    }

    [Fact]
    public async Task An_occupier_sees_a_site_at_once_that_its_account_was_attached_to_elsewhere()
    {
        var place = await world.PlaceAsync();
        var token = world.App.Token(Role.OccupierAdmin, "acme", place.Stranger, user: "ada");
        var path = $"sites/{place.Site}/accounts/{place.Stranger}/numbers";
        (await world.App.GetAsync(path, token)).IsProblem(404, "not-found");

        await AttachElsewhereAsync(place, place.Stranger);

        (await world.App.GetAsync(path, token)).Is(200);
    }

    /// <summary>As another process does it: the row changes, and this process is not told.</summary>
    async Task AttachElsewhereAsync(Place place, string account)
    {
        var ct = TestContext.Current.CancellationToken;
        var row = DirectoryRows.Write(new Account(
            Id<Account>.Parse(account), Id<Operator>.Parse("acme"), AccountKind.Occupier, account,
            ImmutableSortedSet.Create(Id<Site>.Parse(place.Site))));
        row.ETag = (await world.App.Directory.FindAsync(row.PartitionKey, row.RowKey, ct))!.ETag;
        Assert.IsType<CommitResult.Committed>(
            await world.App.Directory.CommitAsync(row.PartitionKey, [new RowChange.Replace(row)], ct));
    }
}
