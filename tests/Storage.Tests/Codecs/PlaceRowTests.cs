using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

public sealed class PlaceRowTests
{
    static readonly Id<Site> Site = Id<Site>.Parse("london");

    static readonly Gen<Uses> AnyUses = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool).Select(
        (ports, handsets, numbers, plugged) =>
            new Uses(
                ports, handsets, numbers, plugged ? MacAddress.Parse("001a2b3c4d5e") : null,
                numbers > 0 ? E164.Parse("+442079460000") : null, numbers > 1 ? E164.Parse("+442079460001") : null));

    static readonly Gen<PlaceItem> AnyItem = Gen.Select(
        Gen.Int[0, 3], Gen.String, Gen.String.Null(), Gen.Bool, Gen.Int[1, 1_024])
        .Select(PlaceItem (kind, text, maybe, flag, n) => kind switch
        {
            0 => new Space(
                IdOf<Space>(n), flag ? SpaceKind.Desk : SpaceKind.SharedArea, text, maybe, text,
                flag ? IdOf<Account>(n) : null),
            1 => new Switch(IdOf<Switch>(n), text, maybe, maybe, maybe, flag ? n : null),
            2 => new Port(IdOf<Port>(n), IdOf<Switch>(n), text, flag ? IdOf<Space>(n) : null, flag ? maybe : null),
            _ => new Handset(
                MacAddress.Parse($"02{n:x10}"), maybe, text, maybe, flag ? IdOf<Space>(n) : null, maybe,
                flag ? null : IdOf<Port>(n), flag),
        });

    [Fact]
    public void A_thing_comes_back_as_it_was_written() => Gen.Select(AnyItem, AnyUses).Sample((item, uses) =>
    {
        var placed = new Placed(item, uses);
        var row = PlaceRow.Write(Site, placed);

        Assert.Equal(placed, PlaceRow.Read(item.Ref.Kind, row));
        Assert.StartsWith(SiteKeys.PlacesFrom(item.Ref.Kind), row.RowKey, StringComparison.Ordinal);
    }, iter: 1_000);

    [Fact]
    public void Counts_come_back_as_they_were_written()
    {
        var counts = new PlaceCounts(1, 2, 3, 4);
        Assert.Equal(counts, PlaceCountsRow.Read(PlaceCountsRow.Write(Site, counts)));
    }

    static Id<T> IdOf<T>(int n) => Id<T>.Parse($"id-{n}");
}
