namespace Telephony.Functions.Tests.Allocation;

/// <summary>How many blocks one allocation may touch.</summary>
public sealed class ManyBlocksTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_site_that_keeps_numbers_for_its_operator_gives_out_one_block_less_at_once_and_says_so()
    {
        var place = await world.PlaceAsync(numbers: 9_700);
        var body = new { account = place.Tenant, range = place.Range(50, 9_649) };
        await place.RulesAsync(rules => rules["keepForOperator"] = 1);
        var before = place.Rows;

        var refused = await place.AllocateAsync(body);

        refused.IsProblem(400, "too-many-blocks");
        Assert.Contains(
            "They lie in 97 blocks of 100; one request may change 97, or 96 when it gives out numbers where some are "
            + "kept for the operator.", (string?)refused.Body["detail"], StringComparison.Ordinal);
        Assert.Equal(before, place.Rows);
        (await place.AllocateAsync(new { account = place.Tenant, range = place.Range(50, 9_599) })).Is(201);
        await place.RulesAsync(rules => rules["keepForOperator"] = 0);
        (await place.AllocateAsync(body)).Is(201);
    }
}
