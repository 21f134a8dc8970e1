using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;

namespace Telephony.Domain.Tests.Pool;

/// <summary>Given a site, when a command, then what it came to.</summary>
sealed record Given(SiteState Site)
{
    public static Given Stocked(params (int Place, Number Number)[] numbers) => new(Some.SiteOf(numbers));

    /// <summary>Numbers that anyone may have.</summary>
    public static Given Free(params IEnumerable<int> places) =>
        Stocked([.. places.Select(place => (place, new Number()))]);

    public Given With(Id<Account> account, params IEnumerable<VoiceService> services)
    {
        var holding = services.Aggregate(Site.Holding(account), (all, one) => all.With(one));
        return new(Site with { Holdings = Site.Holdings.SetItem(account, holding) });
    }

    public Given Under(Func<SiteRules, SiteRules> change) => new(Site with { Rules = change(Site.Rules) });

    public Given Confirmed() =>
        Under(rules => rules with { DirectActivation = DirectActivation.PlatformConfirms });

    public Given NotManaged() => Under(rules => rules with { ManagedByPlatform = false });

    public Decided When(Provision command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(Allocate command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(AllocateCount command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(AssignService command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(MoveNumbers command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(BeginMain command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(ActivateMain command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(RefuseActivation command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(GiveUpActivation command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(RemoveMain command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(ActivateDirect command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(DeactivateDirect command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(GiveUpDirect command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(EndService command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(CloseAtSite command) => new(Site, PoolDecider.Decide(Site, command));

    public Decided When(ForgetWords command) => new(Site, PoolDecider.Decide(Site, command));
}

sealed record Decided(SiteState Before, PoolDecision Decision)
{
    public SiteChange Change => Assert.IsType<PoolDecision.Accepted>(Decision).Change;

    public SiteState After => Before.After(Change);

    public Given AndThen => new(After);

    public Decided ThenTakes(params IEnumerable<int> places)
    {
        Assert.Equal(Some.Set(places), Change.Changed);
        return this;
    }

    /// <summary>Which states a number is between is a matter of the number's own table, and tested there.</summary>
    public void ThenRefused(params Refusal[] refusals) => Assert.Equal(
        refusals,
        Assert.IsType<PoolDecision.Refused>(Decision).Refusals.Select(refusal => refusal is Refusal.OfNumber number
            ? number with { From = null, To = null }
            : refusal));
}

static class Commands
{
    public static readonly Id<VoiceService> Desk = Id<VoiceService>.Parse("desk");
    public static readonly Id<VoiceService> Lobby = Id<VoiceService>.Parse("lobby");

    public static Allocate Allocate(params IEnumerable<int> places) => AllocateTo(Some.Ours, places);

    public static Allocate AllocateTo(Id<Account> account, params IEnumerable<int> places) =>
        new(Some.Set(places), Some.Occupier(account), Some.ByOperator);

    public static AllocateCount Count(int count) => new(count, Some.Occupier(Some.Ours), Some.ByOperator);

    public static AssignService Assign(int quantity, string code = "voice", int? version = null) =>
        new(Some.Occupier(Some.Ours), Desk, code, quantity, version, Some.ByOperator);

    public static Provision Provision(params IEnumerable<int> places) => Provision(Line(places));

    public static Provision Provision(params ProvisionLine[] lines) => new(Some.ByPlatform, [.. lines]);

    public static Provision LeaveOut(params ProvisionLine[] lines) =>
        new(Some.ByPlatform, [.. lines], BadLines.LeaveOut);

    public static ProvisionLine Line(params IEnumerable<int> places) =>
        new(Some.Set(places), NumberKind.Standard, Nominated: false, Earmark: null);
}
