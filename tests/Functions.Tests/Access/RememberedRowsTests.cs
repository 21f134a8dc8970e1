using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Directory;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Assignment;

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

    [Fact]
    public async Task A_user_works_at_once_at_a_site_that_its_account_was_attached_to_elsewhere()
    {
        var place = await world.PlaceAsync();
        var path = $"accounts/{place.Stranger}/users/new-{place.Site}";
        var body = new { name = "N", email = "n@n.example", role = "OccupierUser", sites = new[] { place.Site } };
        (await world.App.PutAsync(path, place.Admin, body)).IsProblem(400, "invalid");
        (await world.App.GetAsync($"accounts/{place.Stranger}/users", place.Admin)).Is(200);

        await AttachElsewhereAsync(place, place.Stranger);

        (await world.App.PutAsync(path, place.Admin, body)).Is(201);
    }

    [Fact]
    public async Task A_user_gets_no_site_that_its_account_was_taken_off_elsewhere()
    {
        var place = await world.PlaceAsync();
        (await world.App.GetAsync($"accounts/{place.Tenant}/users", place.Admin)).Is(200);

        await WriteElsewhereAsync(place.Tenant);

        var refused = await world.App.PutAsync($"accounts/{place.Tenant}/users/new-{place.Site}", place.Admin, new
        {
            name = "N", email = "n@n.example", role = "OccupierUser", sites = new[] { place.Site },
        });
        refused.IsProblem(400, "invalid");
        Assert.Equal("not-at-site", (string?)refused.Errors[0]["code"]);
    }

    [Fact]
    public async Task A_user_stays_who_has_a_number_at_a_site_that_its_account_was_attached_to_elsewhere()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await WriteElsewhereAsync(place.Tenant);
        world.App.Clock.Advance(DirectoryCache.AgeMax);
        var path = $"accounts/{place.Tenant}/users/{desks.Amir}";
        var user = (await world.App.GetAsync(path, place.Admin)).Is(200);

        await AttachElsewhereAsync(place, place.Tenant);
        await desks.AssignAsync(0, new { user = desks.Amir });

        var refused = await world.App.SendAsync(HttpMethod.Delete, path, place.Admin, request =>
            request.Headers.TryAddWithoutValidation("If-Match", user.ETag));
        refused.IsProblem(409, "user-has-numbers");
        (await world.App.GetAsync(path, place.Admin)).Is(200);
    }

    /// <summary>As another process does it: the row changes, and this process is not told.</summary>
    Task AttachElsewhereAsync(Place place, string account) => WriteElsewhereAsync(account, place.Site);

    async Task WriteElsewhereAsync(string account, params string[] sites)
    {
        var ct = TestContext.Current.CancellationToken;
        var row = DirectoryRows.Write(new Account(
            Id<Account>.Parse(account), Id<Operator>.Parse("acme"), AccountKind.Occupier, account,
            [.. sites.Select(Id<Site>.Parse)]));
        row.ETag = (await world.App.Directory.FindAsync(row.PartitionKey, row.RowKey, ct))!.ETag;
        Assert.IsType<CommitResult.Committed>(
            await world.App.Directory.CommitAsync(row.PartitionKey, [new RowChange.Replace(row)], ct));
    }
}
