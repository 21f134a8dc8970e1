using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using static Telephony.Domain.Tests.Some;

namespace Telephony.Domain.Tests.Pool;

/// <summary>What callers meet is set otherwise: rows beside, and a word of it on the main number in service.</summary>
public sealed class ConfigureTests
{
    static readonly Configure Command = new(Ours, ["businessHours", "inHours"]);

    static readonly Number Main = Held(new(Role: NumberRole.Main), Ours) with { State = NumberState.Active };

    [Fact]
    public void A_main_number_in_service_remembers_which_fields_changed()
    {
        var change = Accepted(SiteOf((5, Main)), Command);

        Assert.Equal(Set(5), change.Changed);
        Assert.Equal(2, change.OtherRows);
        var what = Assert.Single(change.Moves).Way.What!;
        Assert.Equal(
            ("main.configured", "businessHours, inHours"),
            (what.Event, string.Join(", ", what.Changes.Select(field => field.Field))));
        Assert.All(what.Changes, field => Assert.Equal((null, null), (field.Before, field.After)));
    }

    [Fact]
    public void Without_one_in_service_and_for_the_whole_site_nothing_of_the_pool_changes()
    {
        var next = Main with { Role = NumberRole.NominatedMain, State = NumberState.Reserved };
        foreach (var (site, command) in new[]
        {
            (SiteOf((5, next)), Command), (SiteOf((5, Main)), new Configure(Theirs, [])),
            (SiteOf((5, Main)), new Configure(null, [])),
        })
        {
            var change = Accepted(site, command);
            Assert.Empty(change.Changed);
            Assert.Equal(2, change.OtherRows);
        }
    }

    /// <summary>Whose hours are the site's is not said: there may be more of them than one transaction holds.</summary>
    [Fact]
    public void For_the_whole_site_the_fields_are_told_once_and_only_where_some_are_set_otherwise()
    {
        Assert.Equal(["holidays"], Accepted(SiteOf((5, Main)), new Configure(null, ["holidays"])).Schedule);
        Assert.Empty(Accepted(SiteOf((5, Main)), new Configure(null, [])).Schedule);
        Assert.Empty(Accepted(SiteOf((5, Main)), Command).Schedule);
    }

    [Fact]
    public void A_site_out_of_care_is_refused()
    {
        var site = SiteOf((5, Main)) with { Rules = Some.Rules with { ManagedByPlatform = false } };
        var refused = Assert.IsType<PoolDecision.Refused>(PoolDecider.Decide(site, Command));
        Assert.IsType<Refusal.SiteNotManaged>(Assert.Single(refused.Refusals));
    }

    static SiteChange Accepted(SiteState site, Configure command) =>
        Assert.IsType<PoolDecision.Accepted>(PoolDecider.Decide(site, command)).Change;
}
