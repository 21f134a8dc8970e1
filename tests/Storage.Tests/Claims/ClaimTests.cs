using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Storage;
using Telephony.Storage.Tests.Sites;
using Telephony.Testing;
using static Telephony.Storage.Tests.Claims.ClaimProcess;

namespace Telephony.Storage.Tests.Claims;

public sealed class ClaimsOnMemory() : ClaimTests(new MemoryStore());

public sealed class ClaimsOnAzurite(AzuriteFixture azurite) : ClaimTests(new AzuriteStore(azurite));

/// <summary>What is claimed, who learns of it, and what is freed again.</summary>
public abstract class ClaimTests(Store store)
{
    /// <summary>Of an import's requests the one that brings its numbers in.</summary>
    const int Transaction = 5;

    readonly ClaimWorld world = new(store);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_number_that_another_site_has_keeps_all_others_out_and_every_one_is_named()
    {
        Changed(await world.Process().ImportAsync(world.Theirs, "theirs", world.Range(9_990, 5)));

        // On both sides of the border of two partitions of claims.
        var preview = await world.Process().PreviewAsync(world.Ours, world.Range(9_980, 40));
        var outcome = await world.Process().ImportAsync(world.Ours, "ours", world.Range(9_980, 40));

        Refusal[] expected = [.. world.Range(9_990, 5).Select(number =>
            new Refusal.OfNumber(number, NumberRefusal.LiveElsewhere))];
        Assert.Equal(expected, Assert.IsType<PoolDecision.Refused>(preview).Refusals);
        Assert.Equal(expected, Assert.IsType<SiteOutcome.Refused>(outcome).Refusals);
        Assert.True((await world.LiveAsync(world.Ours)).IsEmpty);
        await world.AssertInStepAsync();
    }

    [Fact]
    public async Task Of_a_file_the_numbers_that_no_other_site_has_come_in()
    {
        Changed(await world.Process().ImportAsync(world.Theirs, "theirs", world.Range(9_990, 5)));

        var preview = await world.Process().PreviewAsync(world.Ours, world.Range(9_980, 40), allOrNone: false);
        var outcome = await world.Process().ImportAsync(world.Ours, "ours", world.Range(9_980, 40), allOrNone: false);

        var free = world.Range(9_980, 40).Except(world.Range(9_990, 5));
        Assert.Equal(free, Assert.IsType<PoolDecision.Accepted>(preview).Change.Changed);
        Assert.Equal(free, Changed(outcome));
        await world.AssertInStepAsync();
    }

    [Fact]
    public async Task A_preview_claims_nothing()
    {
        await world.Process().PreviewAsync(world.Ours, world.Range(0, 10));

        Assert.True((await world.ClaimedAsync(world.Ours)).IsEmpty);
        await world.AssertInStepAsync();
    }

    [Fact]
    public async Task A_retired_number_may_come_in_at_another_site_and_again_at_the_same_one_as_a_new_generation()
    {
        var process = world.Process();
        Changed(await process.ImportAsync(world.Ours, "first", world.Range(0, 10)));
        Changed(await process.RetireAsync(world.Ours, "gone", world.Range(0, 5)));
        await world.AssertInStepAsync();

        Assert.Equal(world.Range(0, 1), Changed(await process.ImportAsync(world.Theirs, "theirs", world.Range(0, 1))));
        Assert.Equal(world.Range(1, 4), Changed(await process.ImportAsync(world.Ours, "again", world.Range(1, 4))));

        await world.AssertInStepAsync();
        var claimed = await world.ClaimedAsync(world.Ours);
        Assert.Equal([1, 2], claimed.Lives.Select(life => life.Generation));
        Assert.Equal(world.Theirs, await process.Claims.SiteOfAsync(world.Number(0), Ct));
        Assert.Equal(world.Ours, await process.Claims.SiteOfAsync(world.Number(1), Ct));
        Assert.Null(await process.Claims.SiteOfAsync(world.Number(10), Ct));
    }

    [Fact]
    public async Task Freeing_a_generation_leaves_the_next_one_and_what_other_sites_have()
    {
        var claims = world.Process().Claims;
        var (first, second) = (Lives(1, 0, 10), Lives(2, 5, 5));
        Assert.Empty(await claims.ClaimAsync(world.Ours, first, true, Ct));
        Assert.Empty(await claims.ClaimAsync(world.Ours, second, true, Ct));
        Assert.Empty(await claims.ClaimAsync(world.Theirs, Lives(1, 10, 5), true, Ct));

        // Late, from a process that saw the site as it was: the newer generation stays.
        Assert.Empty(await claims.ClaimAsync(world.Ours, first, true, Ct));
        await claims.FreeAsync(world.Ours, Lives(1, 0, 20), (_, _) => Task.FromResult(NumberLives.None), Ct);

        Assert.Equal(second, await world.ClaimedAsync(world.Ours));
        Assert.Equal(Lives(1, 10, 5), await world.ClaimedAsync(world.Theirs));
    }

    [Fact]
    public async Task A_claim_that_is_made_while_it_is_to_be_freed_stays()
    {
        var claims = world.Process().Claims;
        await claims.ClaimAsync(world.Ours, Lives(1, 0, 10), true, Ct);
        var asked = 0;

        await claims.FreeAsync(world.Ours, Lives(1, 0, 10), KeptAsync, Ct);

        Assert.Equal(Lives(1, 0, 10), await world.ClaimedAsync(world.Ours));
        Assert.Equal(2, asked);

        async Task<NumberLives> KeptAsync(NumberLives lives, CancellationToken ct)
        {
            // It has claimed them already, so nothing changes but the version; then it says that it needs them.
            if (++asked > 1)
                return lives;
            await claims.ClaimAsync(world.Ours, lives, true, ct);
            return NumberLives.None;
        }
    }

    [Fact]
    public async Task What_another_operation_of_the_site_is_about_to_bring_in_stays_claimed()
    {
        var (claims, siteClaims) = (world.Process().Claims, world.Process().SiteClaims);
        var (one, other) = (Operation("one"), Operation("other"));
        await siteClaims.OpenAsync(one, Lives(1, 0, 10), Ct);
        await siteClaims.OpenAsync(other, Lives(1, 5, 10), Ct);
        await claims.ClaimAsync(world.Ours, Lives(1, 0, 15), true, Ct);

        await siteClaims.SettleAsync(one, Ct);
        Assert.Equal(Lives(1, 5, 10), await world.ClaimedAsync(world.Ours));

        await siteClaims.SettleAsync(other, Ct);
        await world.AssertInStepAsync();
    }

    [Fact]
    public async Task An_import_whose_claims_were_settled_under_it_begins_again()
    {
        var settled = 0;
        var table = new InterruptedTable(world.Table, async call =>
            settled += call == Transaction ? await world.Process().ReconcileAsync(world.Ours) : 0);

        var outcome = await world.Process(table).ImportAsync(world.Ours, "request", world.Range(0, 10));

        Assert.Equal((world.Range(0, 10), 1), (Changed(outcome), settled));
        await world.AssertInStepAsync();
    }

    [Fact]
    public async Task An_import_under_which_the_numbers_came_and_went_claims_the_next_generation()
    {
        var table = new InterruptedTable(world.Table, async call =>
        {
            if (call != Transaction)
                return;
            Changed(await world.Process().ImportAsync(world.Ours, "rival", world.Range(5, 10)));
            Changed(await world.Process().RetireAsync(world.Ours, "gone", world.Range(5, 10)));
        });

        var outcome = await world.Process(table).ImportAsync(world.Ours, "request", world.Range(0, 10));

        Assert.Equal(world.Range(0, 10), Changed(outcome));
        Assert.Equal([1, 2], (await world.LiveAsync(world.Ours)).Lives.Select(life => life.Generation));
        await world.AssertInStepAsync();
    }

    [Fact]
    public async Task Only_what_was_left_behind_for_long_enough_is_settled()
    {
        var siteClaims = world.Process().SiteClaims;
        var left = Operation("left");
        await siteClaims.OpenAsync(left, Lives(1, 0, 10), Ct);
        await world.Process().Claims.ClaimAsync(world.Ours, Lives(1, 0, 10), true, Ct);

        Assert.Equal(0, await siteClaims.ReconcileAsync(world.Ours, SiteClaims.AgeMin, Ct));
        Assert.Equal(Lives(1, 0, 10), await world.ClaimedAsync(world.Ours));
        Assert.Equal(1, await siteClaims.ReconcileAsync(world.Ours, TimeSpan.Zero, Ct));
        await world.AssertInStepAsync();
    }

    [Fact]
    public async Task What_a_site_had_before_numbers_were_claimed_is_claimed_once_and_a_rival_keeps_what_it_has()
    {
        var process = world.Process();
        await process.ImportUnclaimedAsync(world.Ours, "before", world.Range(9_950, 100));
        Changed(await process.RetireAsync(world.Ours, "gone", world.Range(9_950, 5)));
        Changed(await process.ImportAsync(world.Theirs, "theirs", world.Range(9_960, 1)));

        Assert.Equal(94, await process.BackfillAsync(world.Ours));
        Assert.Equal(0, await process.BackfillAsync(world.Ours));

        Assert.Equal(
            world.Range(9_955, 95).Except(world.Range(9_960, 1)), (await world.ClaimedAsync(world.Ours)).Numbers);
        Assert.Equal(world.Theirs, await process.Claims.SiteOfAsync(world.Number(9_960), Ct));
        Assert.IsType<SiteOutcome.Refused>(await process.ImportAsync(world.Theirs, "late", world.Range(9_999, 1)));
    }

    OperationId Operation(string name) => new(world.Ours, name.PadRight(26, '2'));

    NumberLives Lives(int generation, int first, int count) => NumberLives.Of(
        world.Range(first, count).Blocks.Select(part => new Life(part.Block, generation, part.Slots)));
}
