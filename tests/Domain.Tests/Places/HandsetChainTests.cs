using Telephony.Domain.Places;

namespace Telephony.Domain.Tests.Places;

public sealed class HandsetChainTests
{
    [Theory]
    [InlineData("a", "p", "a")]
    [InlineData(null, null, null, ChainGap.NoSpace, ChainGap.NoPort)]
    [InlineData("a", null, null, ChainGap.NoPort)]
    [InlineData("a", "p", null, ChainGap.NotPatched)]
    [InlineData("a", "p", "b", ChainGap.OtherSpace)]
    [InlineData(null, "p", "b", ChainGap.NoSpace)]
    [InlineData(null, "p", null, ChainGap.NoSpace, ChainGap.NotPatched)]
    public void What_is_missing_between_a_handset_and_its_switch_is_named(
        string? space, string? port, string? patchedTo, params ChainGap[] gaps)
    {
        var handset = new Handset(
            MacAddress.Parse("00:1a:2b:3c:4d:5e"), null, null, null, IdOf<Space>(space), null, IdOf<Port>(port), false);
        var plugged = IdOf<Port>(port) is { } id
            ? new Port(id, Id<Switch>.Parse("core"), "Gi1", IdOf<Space>(patchedTo), null)
            : null;

        Assert.Equal(gaps, new HandsetChain(handset, plugged, null, null).Gaps);
    }

    static Id<T>? IdOf<T>(string? id) => id is null ? null : Id<T>.Parse(id);
}
