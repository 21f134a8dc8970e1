using System.Collections.Immutable;
using Telephony.Domain.Calls;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Tests.Calls;

public sealed class CallPathsTests
{
    [Fact]
    public void A_loop_over_many_hops_is_found_with_its_way()
    {
        var known = Chain(50);
        Assert.IsType<PathSearch.NoLoop>(Follow(known));

        known[Point(49)] = [Point(500), Point(0)];
        Assert.Equal(
            [.. Enumerable.Range(0, 50).Append(0).Select(Point)], Assert.IsType<PathSearch.Loop>(Follow(known)).Path);
    }

    [Fact]
    public void A_loop_that_leaves_the_number_out_is_not_its_own()
    {
        var known = Chain(4);
        known[Point(3)] = [Point(1)];

        Assert.IsType<PathSearch.NoLoop>(Follow(known));
    }

    [Fact]
    public void More_numbers_than_people_mean_are_not_followed()
    {
        Assert.IsType<PathSearch.NoLoop>(Follow(Chain(CallPaths.NumbersMax + 1)));
        Assert.IsType<PathSearch.TooFar>(Follow(Chain(CallPaths.NumbersMax + 2)));
    }

    [Fact]
    public void What_a_main_number_does_is_no_number_more()
    {
        var known = Chain(CallPaths.NumbersMax + 1);
        var main = new CallPoint.Main(Some.Ours);
        (known[Point(7)], known[main]) = ([main], [Point(8)]);

        Assert.IsType<PathSearch.NoLoop>(Follow(known));
    }

    [Fact]
    public void What_is_not_known_of_others_is_asked_for()
    {
        var known = Chain(4);
        known[Point(2)] = [Point(3), Point(8), Point(9)];

        Assert.Equal([Point(8), Point(9)], Assert.IsType<PathSearch.Needs>(Follow(known)).Points);
    }

    static PathSearch Follow(Dictionary<CallPoint, ImmutableArray<CallPoint>> known) =>
        CallPaths.Follow(Point(0), known[Point(0)], known);

    static Dictionary<CallPoint, ImmutableArray<CallPoint>> Chain(int length)
    {
        var chain = Enumerable.Range(0, length).ToDictionary(
            Point, n => n + 1 < length ? ImmutableArray.Create(Point(n + 1)) : []);
        chain[Point(500)] = [];
        return chain;
    }

    static CallPoint Point(int n) => new CallPoint.Called(E164.FromDigits(442_079_461_000 + n));
}
