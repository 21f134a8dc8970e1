using Telephony.Domain.Access;

namespace Telephony.Functions.Tests.Requirements;

/// <summary>
/// R1: where the platform does not manage telephony, only imports and the flag itself change anything.
/// </summary>
public sealed class UnmanagedSiteTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task R1_An_unmanaged_site_refuses_allocations_and_voice_services_by_anyone()
    {
        var place = await UnmanagedAsync();
        var before = place.Rows;
        string[] callers =
        [
            place.Platform, place.Admin, world.App.Token(Role.OperatorUser, "acme", sites: [place.Site]),
        ];

        foreach (var token in callers)
        {
            var allocation = await place
                .AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(1) }, token: token);
            allocation.IsProblem(409, "site-not-managed");
            Assert.Contains("does not manage", (string?)allocation.Body["detail"], StringComparison.Ordinal);
            (await place.ServiceAsync(place.Tenant, "main", 1, token: token)).IsProblem(409, "site-not-managed");
        }

        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task R1_Imports_and_the_flag_still_work_at_an_unmanaged_site()
    {
        var place = await UnmanagedAsync();
        (await place.ImportAsync(new { lines = new[] { new { numbers = place.Numbers(50) } } })).Is(201);
        Assert.Equal(21, (await place.ListAsync($"sites/{place.Site}/numbers")).Count);

        await place.RulesAsync(rules => rules["managedByPlatform"] = true);
        (await place.AllocateAsync(place.Tenant, 50)).Is(201);
    }

    [Fact]
    public async Task R1_The_other_rules_of_an_unmanaged_site_do_not_change()
    {
        var place = await UnmanagedAsync();
        var (body, etag) = await place.ReadRulesAsync();
        body["onBehalfAllowed"] = false;
        var before = place.Rows;

        foreach (var flag in new[] { false, true })
        {
            body["managedByPlatform"] = flag;
            var refused = await place.PutRulesAsync(body, etag);
            refused.IsProblem(409, "site-not-managed");
            Assert.Equal(["onBehalfAllowed"], refused.Fields);
        }

        Assert.Equal(before, place.Rows);
    }

    [Fact]
    public async Task R1_Reads_of_an_unmanaged_site_answer()
    {
        var place = await UnmanagedAsync();
        foreach (var path in new[]
        {
            "", "/numbers", $"/numbers/{place.Number(1)}", "/rules", "/operations", $"/accounts/{place.Tenant}/numbers",
            $"/accounts/{place.Tenant}/voice-services", $"/accounts/{place.Tenant}/voice-services/old",
        })
            (await world.App.GetAsync($"sites/{place.Site}{path}", place.Admin)).Is(200);
    }

    [Fact]
    public async Task R1_What_was_done_before_is_still_answered_to_its_repeat()
    {
        var place = await world.PlaceAsync();
        var done = (await place.AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(2) }, "mine"))
            .Is(201);
        await place.RulesAsync(rules => rules["managedByPlatform"] = false);

        var repeat = (await place.AllocateAsync(new { account = place.Tenant, numbers = place.Numbers(2) }, "mine"))
            .Is(201);
        Assert.Equal(done.Body.ToJsonString(), repeat.Body.ToJsonString());
    }

    /// <summary>A site with a voice service of old, and everybody allowed what the flag must refuse.</summary>
    async Task<Place> UnmanagedAsync()
    {
        var place = await world.PlaceAsync();
        await place.AssignAsync(place.Tenant, "old", 1);
        await place.RulesAsync(rules =>
        {
            rules["managedByPlatform"] = false;
            rules["policies"]!["operatorUserAllocates"] = true;
            rules["policies"]!["operatorUserAssignsServices"] = true;
        });
        return place;
    }
}
