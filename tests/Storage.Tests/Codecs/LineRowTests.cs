using System.Collections.Immutable;
using Azure.Data.Tables;
using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Codecs;

public sealed class LineRowTests
{
    static readonly Id<Site> Site = Id<Site>.Parse("london");

    static readonly Gen<Line> Lines = Gen.Select(
        Gen.Int[0, 99], Gen.Int[0, 7], Gen.Int[0, 10], Gens.Times, Gens.OperationIds, (number, flags, told, at, id) =>
        new Line(
            E164.FromDigits(442079460000 + number), Id<Account>.Parse("acme"),
            (flags & 1) > 0 ? Id<User>.Parse($"user-{number}") : null,
            (flags & 2) > 0 ? MacAddress.Parse("001a2b3c4d5e") : null,
            (flags & 2) > 0 ? null : Id<Space>.Parse("desk"))
        {
            Operation = id,
            Since = at,
            Session = (flags & 4) > 0 ? new(MacAddress.Parse("001a2b3c4d5f"), at, at.AddHours(told)) : null,
            Emergency = new(
                told > 3 ? E164.FromDigits(442079460099) : null,
                [.. Enumerable.Range(0, told).Select(who => $"who-{who}@acme.example")],
                told > 5 ? new("ada", at, "1 High St, floor 2") : null),
        });

    [Fact]
    public void A_line_comes_back_as_it_was_written() => Lines.Sample(line =>
        Assert.Equal(line, LineRow.Read(LineRow.Write(Site, line))), iter: 1_000);

    [Fact]
    public void Wishes_come_back_as_they_were_written() => Lines.Array[0, 20].Sample(lines =>
    {
        ImmutableArray<LineWish> wishes =
            [.. lines.Select(line => new LineWish(line.Number, line.User, line.Handset, line.Space))];
        var row = new TableEntity("p", "r");
        WishText.Write(row, wishes);

        Assert.Equal(wishes, WishText.Read(row));
    }, iter: 300);

    [Fact]
    public void As_many_wishes_as_one_request_may_have_fit_an_operation()
    {
        var row = new TableEntity("p", "r");
        WishText.Write(row, [.. Enumerable.Range(0, 500).Select(number => new LineWish(
            E164.FromDigits(999_999_999_999_000 + number), Id<User>.Parse(new('u', 40)),
            MacAddress.Parse("001a2b3c4d5e"), Id<Space>.Parse(new('s', 40))))]);

        Assert.Equal(500, WishText.Read(row).Length);
        Assert.All(
            TransactionGuard.OwnProperties(row),
            property => Assert.InRange(((string)property.Value).Length, 1, 32 * 1024));
    }
}
