using Telephony.Domain.Rules;
using Telephony.Domain.Services;

namespace Telephony.Domain.Tests.Services;

public sealed class ShortfallTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    public void An_account_without_services_lacks_nothing(int has, int shortfall) =>
        Assert.Equal(shortfall, (Holding.Empty(Some.Ours) with { DirectNumbers = has }).Shortfall(Some.Rules));

    [Theory]
    [InlineData(0, 12)]
    [InlineData(11, 1)]
    [InlineData(12, 0)]
    [InlineData(13, 0)]
    public void The_shortfall_is_what_all_services_require_beyond_what_the_account_has(int has, int shortfall)
    {
        // 4 × 1, 2 × 2 + 1 and 5 × 0 + 3.
        var holding = HoldingOf(has, ("voice", 4), ("room", 2), ("fax", 5));

        Assert.Equal(shortfall, holding.Shortfall(Some.Rules));
    }

    [Fact]
    public void A_service_that_the_rules_no_longer_name_requires_nothing() =>
        Assert.Equal(1, HoldingOf(0, ("gone", 7), ("voice", 1)).Shortfall(Some.Rules));

    [Fact]
    public void By_default_a_site_offers_one_service_with_a_number_for_each_unit() =>
        Assert.Equal(7, HoldingOf(0, ("voice", 7)).Shortfall(SiteRules.Default));

    [Fact]
    public void As_many_of_the_largest_services_as_an_account_may_have_are_counted_right()
    {
        var rules = new SiteRules
        {
            Services = [new("voice", "Voice", ServiceRule.NumbersPerUnitMax, ServiceRule.ExtraMax)],
        };
        var holding = HoldingOf(0, [.. Enumerable.Repeat(("voice", VoiceService.QuantityMax), Holding.ServicesMax)]);

        Assert.Equal(100_100_000, holding.Shortfall(rules));
    }

    [Fact]
    public void A_service_takes_the_place_of_the_one_with_its_id()
    {
        var id = Id<VoiceService>.Parse("desk");
        var holding = Holding.Empty(Some.Ours).With(new(id, "voice", 3)).With(new(id, "room", 4, Version: 2));

        Assert.Equal(new VoiceService(id, "room", 4, Version: 2), Assert.Single(holding.Services.Values));
        Assert.Equal(holding.Services[id], holding.Service(id));
        Assert.Null(holding.Service(Id<VoiceService>.Parse("lobby")));
    }

    static Holding HoldingOf(int has, params (string Code, int Quantity)[] services) =>
        services.Index().Aggregate(
            Holding.Empty(Some.Ours) with { DirectNumbers = has },
            (all, one) => all.With(new(Id<VoiceService>.Parse($"s{one.Index}"), one.Item.Code, one.Item.Quantity)));
}
