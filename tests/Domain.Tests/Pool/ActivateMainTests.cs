using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Given;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>A nominated number on its way to being an account's main number, by what the platform says of it.</summary>
public sealed class ActivateMainTests
{
    const string Nominates = "nominates", Says = "says", Asks = "asks";

    static readonly Gen<string[]> Orders = Gen.Shuffle(new[] { Nominates, Says, Asks });
    static readonly Number Nominated = new(Role: NumberRole.NominatedMain);
    static readonly BeginMain Begin = new(Occupier(Ours), At(5), ByOperator);
    static readonly DateTimeOffset InAWeek = Noon.AddDays(7);
    static readonly MoveNumbers Nominate = new(Set(5), new NumberCommand.Nominate(ByPlatform));

    static ActivateMain Word(int place = 5, DateTimeOffset? keptUntil = null) =>
        new(At(place), Ours, ByPlatform, keptUntil);

    static ActivateMain Early(int place = 5) => Word(place, InAWeek);

    static Given Site(params (int Place, Number Number)[] numbers) =>
        Stocked(numbers).With(Ours, new VoiceService(Desk, "voice", 1));

    static (NumberState, NumberRole) Is(Decided decided, int place = 5) =>
        (decided.After.Pool.Find(At(place))!.State, decided.After.Pool.Find(At(place))!.Role);

    [Fact]
    public void It_is_reserved_waits_for_the_platform_and_is_then_in_service()
    {
        var begun = Site((5, Nominated)).When(Begin).ThenTakes(5);
        Assert.Equal((NumberState.Activating, NumberRole.NominatedMain), Is(begun));
        Assert.Equal((At(5), null), (begun.After.Holding(Ours).Main, begun.After.Holding(Ours).NextMain));
        Assert.Equal(
            [NumberState.Reserved, NumberState.Activating], begun.Change.Moves.Select(move => move.Way.To));

        var said = begun.AndThen.When(Word()).ThenTakes(5);
        Assert.Equal((NumberState.Active, NumberRole.Main), Is(said));
        Assert.Equal(At(5), said.After.Holding(Ours).Main);
        Assert.True(said.After.Pool.Find(At(5))!.EverMain);
        Assert.Empty(said.AndThen.When(Word()).Change.Changed);
    }

    [Fact]
    public void The_next_one_takes_the_place_of_the_former_in_the_same_change()
    {
        var begun = Site((5, Nominated), (0, MainOfOurs)).When(Begin).ThenTakes(5);
        Assert.Equal((At(0), At(5)), (begun.After.Holding(Ours).Main, begun.After.Holding(Ours).NextMain));

        var said = begun.AndThen.When(Word()).ThenTakes(0, 5);
        Assert.Equal((NumberState.Active, NumberRole.Direct), Is(said, 0));
        Assert.Equal((At(5), null), (said.After.Holding(Ours).Main, said.After.Holding(Ours).NextMain));
        Assert.Equal(1, said.After.Holding(Ours).DirectNumbers);
    }

    [Fact]
    public void What_is_not_nominated_or_of_no_account_with_a_service_is_refused()
    {
        Site((5, new())).When(Begin).ThenRefused(Of(5, NumberRefusal.NotNominated));
        Site((6, new())).When(Begin).ThenRefused(Of(5, NumberRefusal.NotProvisioned));
        Site((5, Nominated with { Earmark = Theirs })).When(Begin)
            .ThenRefused(Of(5, NumberRefusal.EarmarkedForAnother));
        Stocked((5, Nominated)).When(Begin).ThenRefused(new Refusal.NoServiceForMain(Ours));
        Site((5, Nominated)).NotManaged().When(Begin).ThenRefused(new Refusal.SiteNotManaged());
        Site((5, Nominated)).NotManaged().When(Early()).ThenRefused(new Refusal.SiteNotManaged());
    }

    [Fact]
    public void A_request_that_comes_too_early_is_refused()
    {
        Site((5, Nominated)).When(Word()).ThenRefused(Of(5, NumberRefusal.NoTransition));
        Site((5, new())).When(Word()).ThenRefused(Of(5, NumberRefusal.NotNominated));
        Site((6, new())).When(Early()).ThenRefused(Of(5, NumberRefusal.NotProvisioned));
        Site((5, MainOfOurs with { Account = Theirs })).When(Early()).ThenRefused(Of(5, NumberRefusal.Taken));
        Site((5, new Number { State = NumberState.Retired })).When(Early())
            .ThenRefused(Of(5, NumberRefusal.NotProvisioned));
    }

    [Fact]
    public void A_message_that_comes_too_early_is_kept_and_changes_nothing_else()
    {
        var kept = Site((5, Nominated)).When(Early());

        Assert.Equal(Nominated with { Early = new(Second.Hash, Ours, InAWeek) }, kept.After.Pool.Find(At(5)));
        Assert.Empty(kept.Change.Moves);
        Assert.Equal((NumberState.Active, NumberRole.Main), Is(kept.AndThen.When(Begin)));
    }

    [Fact]
    public void In_whichever_order_they_come_the_end_is_the_same() => Orders.Sample(order =>
    {
        // Whoever asks before the number is nominated is refused, and asks again.
        var site = Site((5, new()));
        foreach (var step in order.Append(Asks))
        {
            var after = step switch
            {
                Nominates => site.When(Nominate),
                Says => site.When(Early()),
                _ => site.When(Begin),
            };
            site = after.Decision is PoolDecision.Accepted ? after.AndThen : site;
        }

        var number = site.Site.Pool.Find(At(5))!;
        Assert.Equal(
            (NumberState.Active, NumberRole.Main, Ours, null),
            (number.State, number.Role, number.Account, number.Early));
        Assert.Equal(At(5), site.Site.Holding(Ours).Main);
    }, iter: 50);

    [Fact]
    public void A_kept_word_holds_when_the_first_service_reserves_the_number()
    {
        var assigned = Stocked((5, Nominated), (0, new())).When(Early()).AndThen.When(Assign(1, "reception"));

        Assert.Equal((NumberState.Active, NumberRole.Main), Is(assigned.ThenTakes(0, 5)));
        Assert.Null(assigned.Change.AwaitsActivation);
    }

    [Fact]
    public void A_number_with_a_kept_word_is_chosen_for_its_account_before_others_and_for_nobody_else()
    {
        var kept = Stocked((4, Nominated), (5, Nominated), (6, new()), (7, new()))
            .When(Early()).AndThen.When(Early(6)).AndThen;

        kept.When(Assign(1, "reception")).ThenTakes(5, 7);
        kept.When(Assign(1, "reception") with { To = Occupier(Theirs) }).ThenTakes(4, 7);
    }

    [Fact]
    public void A_kept_word_holds_for_its_account_and_its_time_only()
    {
        var kept = Site((5, Nominated)).With(Theirs, new VoiceService(Desk, "voice", 1)).When(Early()).AndThen;

        Assert.Equal(
            (NumberState.Activating, NumberRole.NominatedMain), Is(kept.When(Begin with { To = Occupier(Theirs) })));
        Assert.Equal(
            (NumberState.Activating, NumberRole.NominatedMain),
            Is(kept.When(Begin with { Order = ByOperator with { Now = InAWeek } })));
    }

    [Fact]
    public void What_was_kept_for_long_enough_is_forgotten_and_asked_for()
    {
        var kept = Site((5, new()), (6, Nominated)).When(Early()).AndThen.When(Early(6)).AndThen;
        ForgetWords Sweep(DateTimeOffset now) => new(new(First, Party.Timer, now));

        Assert.Empty(kept.When(Sweep(InAWeek.AddTicks(-1))).Change.Blocks);
        var forgotten = kept.When(Sweep(InAWeek));
        Assert.Equal([At(5), At(6)], forgotten.Change.Forgotten.Select(word => word.Number));
        Assert.Equal(2, forgotten.Change.OtherRows);
        Assert.Equal(new Number(), forgotten.After.Pool.Find(At(5)));
        Assert.Empty(forgotten.AndThen.When(Sweep(InAWeek)).Change.Forgotten);
    }

    [Fact]
    public void Failed_cancelled_or_too_late_leaves_it_reserved_and_the_former_in_service()
    {
        var begun = Site((5, Nominated), (0, MainOfOurs)).When(Begin).AndThen;

        foreach (var ended in new[]
        {
            begun.When(new RefuseActivation(At(5), ByPlatform)),
            begun.When(new GiveUpActivation(At(5), Second, ByOperator)),
        })
        {
            Assert.Equal((NumberState.Reserved, NumberRole.NominatedMain), Is(ended.ThenTakes(5)));
            Assert.Equal((NumberState.Active, NumberRole.Main), Is(ended, 0));
            Assert.Equal((NumberState.Activating, NumberRole.NominatedMain), Is(ended.AndThen.When(Begin)));
        }

        Assert.Empty(begun.When(new GiveUpActivation(At(5), First, ByOperator)).Change.Blocks);
        Assert.Empty(begun.When(Word()).AndThen.When(new GiveUpActivation(At(5), Second, ByOperator)).Change.Blocks);
    }

    [Fact]
    public void A_number_that_an_operation_left_waiting_waits_for_the_next_one()
    {
        var left = Site((5, Nominated)).When(Begin).AndThen;
        var again = left.When(Begin with { Order = ByOperator with { Operation = First } }).ThenTakes(5);

        Assert.Equal((NumberState.Activating, First), (Is(again).Item1, again.After.Pool.Find(At(5))!.Operation));
        Assert.Empty(again.AndThen.When(new GiveUpActivation(At(5), Second, ByOperator)).Change.Blocks);
    }

    [Fact]
    public void An_account_that_has_a_main_number_lacks_none()
    {
        var lacking = Free(0, 5).When(Assign(1, "reception")).AndThen;
        Assert.True(lacking.Site.Holding(Ours).LacksMain);

        var found = lacking.When(Nominate).AndThen.When(Begin);
        Assert.False(found.After.Holding(Ours).LacksMain);
    }

    [Fact]
    public void A_word_for_an_account_that_gives_the_number_up_is_gone()
    {
        var kept = Stocked((5, Nominated)).When(Early()).AndThen;
        var reserved = kept.When(new MoveNumbers(Set(5), new NumberCommand.Reserve(
            ByOperator, Ours, NumberSource.ByHand, AsMain: true))).AndThen;
        Assert.NotNull(reserved.Site.Pool.Find(At(5))!.Early);

        var released = reserved.When(new MoveNumbers(Set(5), new NumberCommand.Release(ByOperator, Ours, 90, 180)));
        Assert.Null(released.After.Pool.Find(At(5))!.Early);
    }

    [Fact]
    public void A_word_can_be_taken_back_while_it_is_kept()
    {
        var back = Site((5, Nominated)).When(Early()).AndThen.When(new RefuseActivation(At(5), ByPlatform));

        Assert.Equal(Nominated, back.After.Pool.Find(At(5)));
    }

    [Fact]
    public void A_removed_main_number_stays_with_the_account_for_direct_use()
    {
        var removed = Site((0, MainOfOurs)).When(new RemoveMain(Ours, ByOperator)).ThenTakes(0);

        Assert.Equal((NumberState.Reserved, NumberRole.Direct), Is(removed, 0));
        Assert.Equal((null, 1), (removed.After.Holding(Ours).Main, removed.After.Holding(Ours).DirectNumbers));
        removed.AndThen.When(new RemoveMain(Ours, ByOperator)).ThenRefused(new Refusal.NoMain(Ours));
        Site((5, Nominated)).When(Begin).AndThen.When(new RemoveMain(Ours, ByOperator))
            .ThenRefused(new Refusal.NoMain(Ours));
    }

    static Number MainOfOurs => Leaving.MainNumber(NumberState.Active) with { Account = Ours };

    static Refusal.OfNumber Of(int place, NumberRefusal reason) => new(At(place), reason);
}
