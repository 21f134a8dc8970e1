using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Allocation;
using Telephony.Functions.Storage;
using Telephony.Testing;
using static Telephony.Storage.Tests.Sites.TestSite;

namespace Telephony.Storage.Tests.Sites;

public sealed class ShownChoicesOnMemory() : ShownChoiceTests(new MemoryStore());

public sealed class ShownChoicesOnAzurite(AzuriteFixture azurite) : ShownChoiceTests(new AzuriteStore(azurite));

/// <summary>A choice that a process remembers is not the choice that would be made now.</summary>
public abstract class ShownChoiceTests(Store store)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_shown_is_refused_when_another_process_made_a_better_choice_possible(bool changed)
    {
        var site = await WithAsync(store.Table, Range(100, 5));
        var work = site.AllocateCount("request", "acme", 3);
        var mine = site.Process();
        var (shown, _) = await mine.PreviewAsync(site.Id, work.Decide, Ct);
        var token = PreviewToken.Of(
            site.Id, work.Operation.Account!.Value, null, Assert.IsType<PoolDecision.Accepted>(shown).Change);
        var operation = work.Operation with { Preview = token };

        // In a block of its own: no row that the first choice writes tells of it.
        if (changed)
            await site.Process().TransactAsync(site.Import("rival", Range(0, 3)), Ct);
        var outcome = await mine.TransactAsync(work with
        {
            Operation = operation,
            Decide = state => PreviewToken.AsShown(work.Decide(state), operation),
        }, Ct);

        if (changed)
        {
            Assert.Equal(
                [new Refusal.ChoiceDiffers()], Assert.IsType<SiteOutcome.Refused>(outcome).Refusals);
            Assert.Equal(NumberSet.Empty, (await site.ReadAsync()).Reserved("acme"));
        }
        else
        {
            Assert.Equal(Range(100, 3), Assert.IsType<SiteOutcome.Done>(outcome).Operation.Changed);
        }
    }
}
