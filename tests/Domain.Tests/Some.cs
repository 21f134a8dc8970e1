using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;

namespace Telephony.Domain.Tests;

/// <summary>Names and generators that the tests share: few accounts and few numbers, so that they collide.</summary>
static class Some
{
    public static readonly Id<Account> Ours = Id<Account>.Parse("ours");
    public static readonly Id<Account> Theirs = Id<Account>.Parse("theirs");

    public static readonly OperationId First = Operation('a');
    public static readonly OperationId Second = Operation('b');

    public static readonly DateTimeOffset Noon = new(2030, 4, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly Order ByOperator = new(Second, Party.Operator, Noon);
    public static readonly Order ByPlatform = new(Second, Party.Platform, Noon);

    /// <summary>Places of the few numbers there are: at the edges of three blocks and within one.</summary>
    public static readonly ImmutableArray<int> Places = [0, 1, 2, 50, 98, 99, 100, 101, 102, 150, 199, 200, 201, 299];

    /// <summary>
    /// By code: a number for each unit; two and one more; none for a unit and three in all; one and a main number. No
    /// ending is premium, so that the lowest number is the first one; and what a service takes stays reserved.
    /// </summary>
    public static readonly SiteRules Rules = new()
    {
        Services =
        [
            new("voice", "Voice", NeedsMain: false),
            new("room", "Room", NumbersPerUnit: 2, Extra: 1, NeedsMain: false),
            new("fax", "Fax", 0, 3, NeedsMain: false),
            new("reception", "Reception"),
        ],
        PremiumPatterns = PremiumPatterns.None,
        AutoActivateAfterAuto = false,
    };

    public static readonly Gen<Id<Account>> AnyAccount = Gen.OneOf([Ours, Theirs, Id<Account>.Parse("others")]);

    public static readonly Gen<NumberSet> AnyNumbers =
        Gen.OneOf(Places.ToArray()).Array[1, 6].Select(places => Set(places));

    static readonly Gen<Id<Account>?> Nobody = Gen.Const((Id<Account>?)null);
    static readonly Gen<Id<Account>?> Somebody = AnyAccount.Select(account => (Id<Account>?)account);

    static readonly Gen<NumberKind> Kind = Gen.Frequency(
        (5, Gen.Const(NumberKind.Standard)), (1, Gen.Enum<NumberKind>()));

    static readonly Gen<Id<Account>?> Earmark = Gen.Frequency((4, Nobody), (1, Somebody));

    public static readonly Gen<ProvisionLine> AnyLine =
        Gen.Select(AnyNumbers, Kind, Gen.Int[0, 5], Earmark, (numbers, kind, nominated, earmark) =>
            new ProvisionLine(numbers, kind, nominated == 0, earmark));

    /// <summary>Every number that can be: in the pool or with an account, which then found it open to it.</summary>
    public static readonly Gen<Number> AnyNumber =
        Gen.Select(Kind, Gen.Int[0, 5], Earmark, Gen.OneOf(Nobody, Somebody), Gen.Enum<NumberSource>(), Gen.Int[1, 3],
            (kind, nominated, earmark, holder, source, version) =>
            {
                var number = new Number(kind, nominated == 0 ? NumberRole.NominatedMain : NumberRole.Direct)
                {
                    Earmark = earmark,
                    Version = version,
                };
                return nominated != 0 && holder is { } account ? Held(number, earmark ?? account, source) : number;
            });

    static readonly Gen<VoiceService> Service = Gen.Select(
        AnyServiceId, Gen.OneOf("voice", "room", "fax", "no-longer-there"), Gen.Int[1, 3], Gen.Int[1, 3],
        (id, code, quantity, version) => new VoiceService(id, code, quantity, version));

    /// <summary>A site in any state that it can come into, with the counters that belong to it.</summary>
    public static readonly Gen<SiteState> AnySite = Gen.Select(
        AnyNumber.Null().Array[Places.Length], Gen.Select(AnyAccount, Service).Array[0, 4], (numbers, services) =>
        {
            var there = Places.Zip(numbers).Where(at => at.Second is not null).Select(at => (at.First, at.Second!));
            return services.Aggregate(SiteOf([.. there]), (all, one) => all with
            {
                Holdings = all.Holdings.SetItem(one.Item1, all.Holding(one.Item1).With(one.Item2)),
            });
        });

    public static Gen<Id<VoiceService>> AnyServiceId =>
        Gen.OneOf([Id<VoiceService>.Parse("s1"), Id<VoiceService>.Parse("s2")]);

    public static OperationId Operation(char letter) => new(Id<Site>.Parse("london"), new string(letter, 26));

    /// <summary>The number so many places after +442079460000.</summary>
    public static E164 At(int place) => E164.FromDigits(442_079_460_000 + place);

    public static Recipient Occupier(Id<Account> account) => new(account, AccountKind.Occupier);

    public static NumberSet Set(params IEnumerable<int> places) => NumberSet.Of(places.Select(At));

    public static Number Held(Number number, Id<Account> by, NumberSource source = NumberSource.ByHand) => number with
    {
        State = NumberState.Reserved,
        Account = by,
        Source = source,
        Operation = First,
        Since = Noon.AddDays(-1),
    };

    public static SiteState SiteOf(params (int Place, Number Number)[] numbers)
    {
        var blocks = numbers.GroupBy(at => At(at.Place).Block).Select(block => new Block(
            block.Key, block.Select(at => KeyValuePair.Create(At(at.Place).Slot, at.Number))));
        var holdings = numbers.Where(at => at.Number.Account is not null).GroupBy(at => at.Number.Account!.Value)
            .Select(held => Holding.Empty(held.Key) with
            {
                DirectNumbers = held.Count(at => at.Number.Role is not NumberRole.Main),
                InService = held.Count(at => at.Number.CountsAsInService),
                Main = held.Where(at => at.Number.Role is NumberRole.Main)
                    .Select(at => (E164?)At(at.Place)).FirstOrDefault(),
            });
        return new(Rules, NumberPool.Empty.With(blocks), holdings.ToImmutableDictionary(holding => holding.Account));
    }

    /// <summary>Every number of a pool, ascending, read place by place without the blocks' own masks.</summary>
    public static Dictionary<E164, Number> All(this NumberPool pool) => pool.Blocks
        .SelectMany(block => Enumerable.Range(0, Block.Size)
            .Select(slot => (Number: block.Id[slot], Content: block[slot])))
        .Where(at => at.Content is not null)
        .ToDictionary(at => at.Number, at => at.Content!);

    /// <summary>A site as text, to be compared and to be read where a property fails.</summary>
    public static string Describe(SiteState site) => string.Join('\n', site.Pool.All()
        .Select(at => string.Create(CultureInfo.InvariantCulture, $"{at.Key}: {at.Value}"))
        .Concat(site.Holdings.Values.OrderBy(h => h.Account)
            .Select(h => string.Create(
                CultureInfo.InvariantCulture,
                $"{h.Account}: {h.DirectNumbers}; {string.Join(", ", h.Services.Values)}"))));
}
