using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Pool.Commands;
using static Telephony.Domain.Tests.Pool.Given;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

public sealed class ProvisionTests
{
    [Fact]
    public void Numbers_come_into_the_pool_as_their_line_says()
    {
        var asked = Free().When(Provision(
            Line(0, 1),
            Line(2) with { Kind = NumberKind.PortedIn, Earmark = Ours },
            Line(3, 100) with { Nominated = true, Kind = NumberKind.Premium }));

        asked.ThenTakes(0, 1, 2, 3, 100);
        var main = new Number(NumberKind.Premium, NumberRole.NominatedMain);
        Assert.Equal(
            new()
            {
                [At(0)] = new(),
                [At(1)] = new(),
                [At(2)] = new(NumberKind.PortedIn) { Earmark = Ours },
                [At(3)] = main,
                [At(100)] = main,
            },
            asked.After.Pool.All());
        Assert.Equal(2, asked.After.Pool.BlockCount);
        Assert.Empty(asked.Change.Holdings);
    }

    [Fact]
    public void A_new_number_is_available_to_all_and_at_its_first_version()
    {
        var number = Free().When(Provision(0)).After.Pool.Find(At(0))!;

        Assert.Equal(NumberState.Available, number.State);
        Assert.Equal((NumberRole.Direct, NumberKind.Standard), (number.Role, number.Kind));
        Assert.Equal((1, 1), (number.Version, number.Generation));
        Assert.Equal((null, null, null), (number.Account, number.Source, number.Earmark));
        Assert.Equal((null, null), (number.Operation, number.Since));
    }

    [Fact]
    public void Numbers_come_into_half_filled_blocks_beside_those_that_are_there()
    {
        var theirs = Held(new(NumberKind.Premium) { Version = 5 }, by: Theirs);
        var asked = Stocked((1, theirs), (99, new Number())).When(Provision(0, 98)).ThenTakes(0, 98);

        Assert.Equal(
            new() { [At(0)] = new(), [At(1)] = theirs, [At(98)] = new(), [At(99)] = new() }, asked.After.Pool.All());
        Assert.Equal(asked.Before.Holdings, asked.After.Holdings);
    }

    [Fact]
    public void A_number_that_the_site_already_has_is_refused_and_no_other_comes_in() =>
        Stocked((1, new Number()), (100, Held(new(), by: Theirs))).When(Provision(0, 1, 100, 200)).ThenRefused(
            new Refusal.OfNumber(At(1), NumberRefusal.AlreadyProvisioned),
            new Refusal.OfNumber(At(100), NumberRefusal.AlreadyProvisioned));

    [Fact]
    public void A_number_that_two_lines_name_is_refused_once_and_no_other_comes_in() =>
        Free().When(Provision(Line(0, 1), Line(1, 2, 100), Line(1, 100))).ThenRefused(
            new Refusal.OfNumber(At(1), NumberRefusal.NamedTwice),
            new Refusal.OfNumber(At(100), NumberRefusal.NamedTwice));

    [Fact]
    public void A_number_that_is_named_twice_and_already_there_is_refused_once() =>
        Free(0).When(Provision(Line(0), Line(0))).ThenRefused(
            new Refusal.OfNumber(At(0), NumberRefusal.AlreadyProvisioned));

    [Fact]
    public void Lines_may_share_a_block() =>
        Assert.Single(Free().When(Provision(Line(0), Line(1), Line(2))).ThenTakes(0, 1, 2).Change.Blocks);

    [Fact]
    public void A_site_that_the_platform_does_not_manage_yet_is_made_ready() =>
        Free().NotManaged().When(Provision(0)).ThenTakes(0);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    public void A_range_of_9600_numbers_comes_in_at_any_alignment(int start) =>
        Free().When(Provision(Enumerable.Range(start, 9_600))).ThenTakes(Enumerable.Range(start, 9_600));

    [Fact]
    public void More_than_97_blocks_over_all_lines_are_refused()
    {
        var zeros = Enumerable.Range(0, 97).Select(block => block * 100).ToList();
        var ones = zeros.Select(place => place + 1).ToList();

        Free().When(Provision(Line(zeros), Line(ones))).ThenTakes([.. zeros, .. ones]);
        Free().When(Provision(Line(zeros), Line(9_700))).ThenRefused(new Refusal.TooManyBlocks(98));
    }

    [Fact]
    public void Bad_lines_are_left_out_whole_and_named_and_the_others_come_in()
    {
        var asked = Stocked((1, new Number()), (205, Held(new(), by: Theirs))).When(LeaveOut(
            Line(0), Line(1), Line(2, 3), Line(3, 4), Line(200, 203, 205), Line(4), Line(0)));

        asked.ThenTakes(0, 2, 3, 4);
        Assert.Equal(
            [
                new(At(1), NumberRefusal.AlreadyProvisioned, 1), new(At(3), NumberRefusal.NamedTwice, 3),
                new(At(205), NumberRefusal.AlreadyProvisioned, 4), new(At(0), NumberRefusal.NamedTwice, 6),
            ],
            asked.Change.LeftOut);
    }

    [Fact]
    public void When_every_line_is_bad_nothing_comes_in() =>
        Free(1, 2).When(LeaveOut(Line(1), Line(2, 3))).ThenRefused(
            new Refusal.OfNumber(At(1), NumberRefusal.AlreadyProvisioned, 0),
            new Refusal.OfNumber(At(2), NumberRefusal.AlreadyProvisioned, 1));

    [Fact]
    public void Only_the_blocks_of_lines_that_come_in_count()
    {
        var zeros = Enumerable.Range(0, 97).Select(block => block * 100).ToList();

        Free(9_700).When(LeaveOut(Line(zeros), Line(9_700))).ThenTakes(zeros);
        Free().When(LeaveOut(Line(zeros), Line(9_700))).ThenRefused(new Refusal.TooManyBlocks(98));
    }

    [Fact]
    public void A_line_comes_in_or_is_left_out_as_if_they_came_one_after_the_other() =>
        Gen.Select(AnySite, AnyLine.Array[1, 5]).Sample((site, lines) =>
        {
            var (pool, bad) = (site.Pool.All(), new List<Refusal>());
            var there = pool.Keys.ToHashSet();
            foreach (var (i, line) in lines.Index())
            {
                var inTheWay = line.Numbers.Where(there.Contains).Select(number => (E164?)number).Min();
                if (inTheWay is { } number)
                {
                    bad.Add(new Refusal.OfNumber(
                        number, pool.ContainsKey(number) ? NumberRefusal.AlreadyProvisioned : NumberRefusal.NamedTwice,
                        i));
                }
                else
                {
                    there.UnionWith(line.Numbers);
                }
            }

            var asked = new Given(site).When(LeaveOut(lines));

            if (bad.Count == lines.Length)
            {
                asked.ThenRefused([.. bad]);
                return;
            }

            Assert.Equal(bad, asked.Change.LeftOut);
            Assert.Equal(there.Order(), asked.After.Pool.All().Keys);
            Assert.Equal(there.Except(pool.Keys).Order(), asked.Change.Changed);
        }, iter: 2_000);

    [Fact]
    public void All_numbers_come_in_or_each_in_the_way_is_refused_once() =>
        Gen.Select(AnySite, AnyLine.Array[1, 3]).Sample((site, lines) =>
        {
            var pool = site.Pool.All();
            var named = lines.SelectMany(line => line.Numbers).ToList();
            var expected = named.Distinct().Order()
                .Where(number => pool.ContainsKey(number) || named.Count(n => n == number) > 1)
                .Select(number => new Refusal.OfNumber(
                    number, pool.ContainsKey(number) ? NumberRefusal.AlreadyProvisioned : NumberRefusal.NamedTwice))
                .ToList();

            var asked = new Given(site).When(Provision(lines));

            if (expected.Count > 0)
                asked.ThenRefused([.. expected]);
            else
                Assert.Equal(named.Order(), asked.Change.Changed);
        }, iter: 2_000);
}
