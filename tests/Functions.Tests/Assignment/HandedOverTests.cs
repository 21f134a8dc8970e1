using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;
using Telephony.Functions.Tests.Settings;

namespace Telephony.Functions.Tests.Assignment;

/// <summary>A user's settings go with the user; what the operator says of the number stays with the number.</summary>
public sealed class HandedOverTests(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_next_user_begins_anew(bool isUnassignedFirst)
    {
        var (place, desks) = await SetByAdaAsync();
        var etag = (await place.ReadAsync(desks.Number(0))).ETag!;

        if (isUnassignedFirst)
            await desks.DeleteAsync(0, (await desks.ReadAsync(0)).ETag!);
        await desks.AssignAsync(
            0, new { user = desks.Amir }, isUnassignedFirst ? null : (await desks.ReadAsync(0)).ETag!);

        var read = (await place.ReadAsync(desks.Number(0))).Is(200);
        Assert.Null(read.Body["label"]);
        Assert.Null(read.Body["voicemail"]!["email"]);
        Assert.False((bool)read.Body["forwarding"]!["always"]!["on"]!);
        Assert.Null(read.Body["forwarding"]!["always"]!["number"]);
        Assert.True((bool)read.Body["intercept"]!["on"]!);
        Assert.False((bool)read.Body["outgoingPermissions"]!["international"]!);
        (await place.SetAsync(desks.Number(0), new { label = "Late" }, match: etag)).IsProblem(
            412, "precondition-failed");

        (await place.SetAsync(desks.Number(0), new { label = "Amir" })).Is(200);
        var set = (await place.ReadAsync(desks.Number(0))).Body;
        Assert.Equal("Amir", (string?)set["label"]);
        Assert.Null(set["voicemail"]!["email"]);
        Assert.True((bool)set["intercept"]!["on"]!);
    }

    [Fact]
    public async Task A_user_who_moves_keeps_them_and_so_does_a_number_that_nobody_had()
    {
        var (place, desks) = await SetByAdaAsync();
        await desks.AssignAsync(
            0, new { user = desks.Ada, handset = desks.Furniture.Phone(3) }, (await desks.ReadAsync(0)).ETag!);
        Assert.Equal("Ada", (string?)(await place.ReadAsync(desks.Number(0))).Body["label"]);

        (await place.SetAsync(desks.Number(1), new { label = "Ready" })).Is(200);
        await desks.AssignAsync(1, new { user = desks.Amir });
        Assert.Equal("Ready", (string?)(await place.ReadAsync(desks.Number(1))).Body["label"]);
    }

    [Fact]
    public async Task At_night_nothing_is_kept_of_what_a_former_user_said()
    {
        var (place, desks) = await SetByAdaAsync();
        (await place.SetAsync(desks.Number(1), new { label = "Only this" })).Is(200);
        await desks.AssignAsync(1, new { user = desks.Ada });
        foreach (var number in new[] { 0, 1 })
            await desks.DeleteAsync(number, (await desks.ReadAsync(number)).ETag!);

        var table = new SettingsTable(place.App.Sites);
        var (site, ct) = (Id<Site>.Parse(place.Site), TestContext.Current.CancellationToken);
        Assert.Equal(2, await table.ForgetAsync(site, ct));
        Assert.Equal(0, await table.ForgetAsync(site, ct));

        Assert.Equal(1, (await place.StoredAsync(desks.Number(0))).Handovers);
        var row = Assert.Single(place.Rows, row => row.StartsWith("N|", StringComparison.Ordinal));
        Assert.DoesNotContain("ada@", row, StringComparison.Ordinal);
        Assert.True((bool)(await place.ReadAsync(desks.Number(0))).Body["intercept"]!["on"]!);

        // Out of service all settings end, and nothing is left to count.
        await place.MoveAsync(
            [desks.Number(0)], order => new NumberCommand.Deactivate(order with { By = Party.Operator }),
            order => new NumberCommand.ConfirmDeactivation(order));
        Assert.Equal(0, (await place.StoredAsync(desks.Number(0))).Handovers);
    }

    /// <summary>Ada has number 0, with settings of her own, and some that the operator says of the number.</summary>
    async Task<(Place Place, Desks Desks)> SetByAdaAsync()
    {
        var place = await world.PlaceAsync();
        var desks = await Desks.AtAsync(place);
        await desks.AssignAsync(0, new { user = desks.Ada });
        (await place.SetAsync(desks.Number(0), new
        {
            label = "Ada",
            voicemail = new { on = true, email = "ada@private.example" },
            forwarding = new { always = new { on = true, number = "+447400123456" } },
            outgoingPermissions = new { international = false },
            intercept = new { on = true, announcement = "Back soon." },
        })).Is(200);
        return (place, desks);
    }
}
