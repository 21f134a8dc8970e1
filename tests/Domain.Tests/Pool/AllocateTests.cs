using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Given;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

public sealed class AllocateTests
{
    [Fact]
    public void Free_numbers_go_to_the_account_over_the_edges_of_blocks()
    {
        var asked = Free(98, 99, 100, 101).When(Allocate(99, 100)).ThenTakes(99, 100);

        Assert.Equal(new() { [At(99)] = Taken(new()), [At(100)] = Taken(new()), [At(98)] = new(), [At(101)] = new() },
            asked.After.Pool.All());
        Assert.Equal(2, asked.After.Holding(Ours).DirectNumbers);
        Assert.Equal(0, asked.After.Holding(Theirs).DirectNumbers);
    }

    [Fact]
    public void Every_number_in_the_way_is_refused_with_its_reason_in_order_and_nothing_is_taken() =>
        Stocked(
            (1, new Number()),
            (2, Held(new(), by: Theirs)),
            (3, new Number(Role: NumberRole.NominatedMain)),
            (4, Held(new(), by: Ours)),
            (250, new Number { Earmark = Theirs }),
            (251, new Number { Earmark = Ours }))
        .When(Allocate(0, 1, 2, 3, 4, 250, 251))
        .ThenRefused(
            new Refusal.OfNumber(At(0), NumberRefusal.NotProvisioned),
            new Refusal.OfNumber(At(2), NumberRefusal.Taken),
            new Refusal.OfNumber(At(3), NumberRefusal.NominatedMain),
            new Refusal.OfNumber(At(250), NumberRefusal.EarmarkedForAnother));

    [Fact]
    public void Numbers_that_the_account_already_has_are_told_apart_and_neither_counted_nor_stored_again()
    {
        var asked = Stocked((0, Held(new(), by: Ours)), (1, new Number()), (100, Held(new(), by: Ours)))
            .When(Allocate(0, 1, 100)).ThenTakes(1);

        Assert.Equal(Set(0, 100), asked.Change.Unchanged);
        Assert.Equal([At(0).Block], asked.Change.Blocks.Select(block => block.Id));
        Assert.Equal(3, asked.After.Holding(Ours).DirectNumbers);
    }

    [Fact]
    public void A_request_for_what_the_account_already_has_writes_nothing()
    {
        var change = Stocked((0, Held(new(), by: Ours))).When(Allocate(0)).ThenTakes().Change;

        Assert.Empty(change.Blocks);
        Assert.Empty(change.Holdings);
        Assert.Equal(Set(0), change.Unchanged);
    }

    [Fact]
    public void Numbers_by_hand_keep_the_services_of_the_account()
    {
        var site = Free(0).With(Ours, new VoiceService(Lobby, "voice", 2));

        Assert.Equal(
            site.Site.Holding(Ours).Services,
            site.When(Allocate(0)).After.Holding(Ours).Services);
    }

    [Fact]
    public void A_site_that_the_platform_does_not_manage_gives_nothing_out() =>
        Free(0).NotManaged().When(Allocate(0)).ThenRefused(new Refusal.SiteNotManaged());

    [Theory]
    [InlineData(97, true)]
    [InlineData(98, false)]
    public void One_allocation_touches_97_blocks_at_most(int blocks, bool accepted)
    {
        var places = Enumerable.Range(0, blocks).Select(block => block * 100).ToList();
        var asked = Free(places).When(Allocate(places));

        if (accepted)
            asked.ThenTakes(places);
        else
            asked.ThenRefused(new Refusal.TooManyBlocks(98));
    }

    [Fact]
    public void All_numbers_are_taken_or_each_in_the_way_is_refused_once() =>
        Gen.Select(AnySite, AnyAccount, AnyNumbers).Sample((site, account, numbers) =>
        {
            var pool = site.Pool.All();
            var expected = numbers.Select(number => (number, Reason: InTheWay(pool.GetValueOrDefault(number))))
                .Where(at => at.Reason is not null)
                .Select(at => new Refusal.OfNumber(at.number, at.Reason!.Value))
                .ToList();

            var asked = new Given(site).When(new Allocate(numbers, Occupier(account), ByOperator));

            if (expected.Count > 0)
                asked.ThenRefused([.. expected]);
            else
                Assert.All(numbers, number => Assert.Equal(account, asked.After.Pool.Find(number)!.Account));

            NumberRefusal? InTheWay(Number? number) => number switch
            {
                null => NumberRefusal.NotProvisioned,
                { Account: { } holder } => holder == account ? null : NumberRefusal.Taken,
                { Role: NumberRole.NominatedMain } => NumberRefusal.NominatedMain,
                { Earmark: { } owner } => owner == account ? null : NumberRefusal.EarmarkedForAnother,
                _ => null,
            };
        }, iter: 2_000);

    static Number Taken(Number number) => number with
    {
        State = NumberState.Reserved,
        Account = Ours,
        Source = NumberSource.ByHand,
        Operation = Second,
        Since = Noon,
        Version = 2,
    };
}
