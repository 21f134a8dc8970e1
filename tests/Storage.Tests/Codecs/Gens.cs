using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Choice;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Services;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Codecs;

/// <summary>Values of every kind that a row holds, up to the longest and the largest.</summary>
static class Gens
{
    public static readonly Id<Site> Site = Id<Site>.Parse(new string('s', Id<Site>.LengthMax));

    public static readonly Gen<DateTimeOffset> Times = Gen.Select(
        Gen.Long[new DateTime(1900, 1, 1).Ticks, new DateTime(2999, 1, 1).Ticks],
        Gen.Int[-12, 12],
        (ticks, hours) => new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(hours)));

    public static readonly Gen<OperationId> OperationIds = Gen.Char["abcdefghijklmnopqrstuvwxyz234567"].Array[26]
        .Select(chars => new OperationId(Site, new string(chars)));

    public static readonly Gen<Number> Numbers = Gen.Select(
        Gen.Enum<NumberKind>(), Gen.Enum<NumberRole>(), Gen.Enum<NumberState>(), OrNone(Ids<Account>()),
        OrNone(Gen.Enum<NumberSource>()), OrNone(OperationIds), OrNone(Times),
        Gen.Select(OrNone(Ids<Account>()), Counts, Counts, Lives, OrNull(Words)),
        (kind, role, state, account, source, operation, since, rest) => rest.Item4 with
        {
            Kind = kind,
            Role = role,
            State = state,
            Early = rest.Item5,
            Account = account,
            // A number that somebody has is nobody's former one.
            Former = account is null ? rest.Item4.Former : null,
            Source = source,
            Operation = operation,
            Since = since,
            Earmark = rest.Item1,
            Generation = rest.Item2,
            Version = rest.Item3,
        });

    /// <summary>Slots with few sorts of numbers or many; all, none or some of them.</summary>
    public static readonly Gen<KeyValuePair<int, Number>[]> Slots = Gen.Select(
        Gen.Int[0, Block.Size - 1].HashSet[0, Block.Size], Gen.OneOf(Numbers, Gen.Const(new Number())).Array[1, 20],
        (slots, numbers) => slots.Select(slot => KeyValuePair.Create(slot, numbers[slot % numbers.Length])).ToArray());

    public static readonly Gen<Block> Blocks = Gen.Select(BlockIds, Slots, (id, slots) => new Block(id, slots));

    public static readonly Gen<NumberSet> Sets = Gen.Select(
        Gen.Long[1_000_000, 999_999_999_990_000], Gen.Int[0, 9_000].Array[0, 50],
        (first, offsets) => NumberSet.Of(offsets.Select(offset => E164.FromDigits(first + offset))));

    public static readonly Gen<VoiceService> Services = Gen.Select(
        Ids<VoiceService>(), Ids<Site>(), Gen.Int[1, VoiceService.QuantityMax], Counts,
        (id, code, quantity, version) => new VoiceService(id, code.Value, quantity, version));

    public static readonly Gen<Holding> Holdings = Gen.Select(
        Ids<Account>(), Services.Array[0, Holding.ServicesMax], Gen.Int[0, 1_000_000], OrNone(AnyE164), Gen.Bool,
        OrNone(AnyE164), (account, services, count, main, lacks, next) => new Holding(
            account, services.DistinctBy(s => s.Id).ToImmutableSortedDictionary(s => s.Id, s => s), count, main,
            lacks, next, count / 2));

    public static readonly Gen<Operation> Operations = Gen.Select(
        OperationIds, Gen.Enum<OperationKind>(), Gen
            .Enum<OperationState>(), Actors, OrNone(Times), Gen.Select(Sets, Sets),
        Gen.Select(OrNull(Reasons), Steps, Choices, Errors),
        Gen.Select(
            Times, OrNone(Ids<Account>()), OrNull(Requests), Waits,
            Gen.Select(OrNone(AnyE164), OrNone(OperationIds), OrNone(OperationIds))),
        (id, kind, state, actor, endedAt, sets, ends, asked) => new Operation
        {
            Id = id,
            Kind = kind,
            State = state,
            Actor = actor,
            Arguments = "hash of \"what\" was asked",
            At = asked.Item1,
            Account = asked.Item2,
            Service = asked.Item3,
            Wait = state is OperationState.Waiting ? asked.Item4 : null,
            Number = asked.Item5.Item1,
            SeenMain = asked.Item5.Item1?.ToString(),
            Seen = asked.Item5.Item1?.ToString(),
            Settings = asked.Item5.Item1 is { } set ? $"{{\"label\":\"{set}\"}}" : null,
            Wishes = asked.Item5.Item1 is { } wanted
                ? [new(wanted, Id<User>.Parse("ada"), MacAddress.Parse("001a2b3c4d5e"), null)]
                : [],
            Numbers = asked.Item5.Item1 is null ? NumberSet.Empty : sets.Item2,
            Linked = asked.Item5.Item2,
            LinkedNumbers = asked.Item5.Item3,
            Answers = asked.Item5.Item2,
            RetryOf = asked.Item5.Item3,
            EndedAt = endedAt,
            Changed = sets.Item1,
            Unchanged = sets.Item2,
            Reason = ends.Item1,
            Steps = [.. ends.Item2],
            AccountKind = ends.Item3.Item1,
            RulesVersion = ends.Item3.Item2,
            Preview = ends.Item3.Item3,
            Places = ends.Item3.Item2 is { } count ? new(count + 6, 1, 2, count) : null,
            Note = ends.Item3.Item3,
            Choice = [.. ends.Item3.Item4],
            Errors = RowErrors.Of(ends.Item4.Length, ends.Item4),
        });

    /// <summary>Moves of all numbers of a set in the form that takes most room: no two versions are the same.</summary>
    public static ImmutableArray<Move> Worst(NumberSet numbers) =>
    [
        new(
            new(
                NumberState.Deactivating, NumberState.Cooldown, NumberRole.NominatedMain,
                Id<Account>.Parse(new('a', 40)),
                DateTimeOffset.UnixEpoch, 99, DateTimeOffset.UnixEpoch),
            numbers, [.. Enumerable.Range(10_000, numbers.Count)]),
    ];

    public static readonly Gen<Move> Moves = Gen.Select(
        OrNone(Gen.Enum<NumberState>()), Gen.Enum<NumberState>(), OrNone(Gen.Enum<NumberRole>()),
        OrNone(Ids<Account>()), OrNone(Times), Counts,
        Gen.Select(OrNone(Times), Sets, Gen.Bool, OrNull(Happenings)),
        (from, to, role, account, until, generation, rest) => new Move(
            new(from, to, role, account, until, generation, rest.Item1, rest.Item4), rest.Item2,
            [.. Enumerable.Range(1, rest.Item2.Count).Select(version => rest.Item3 ? version : 7)]));

    static Gen<Happening> Happenings => Gen.Select(
        Gen.Int[0, 1].Select(which => new[] { "number.assigned", "settings.changed" }[which]),
        Gen.Select(Gen.String[1, 20], OrNull(Gen.String[0, 40]), OrNull(Gen.String[0, 40]),
            (name, before, after) => new FieldChange(name, before, after)).Array[0, 4],
        (type, changes) => new Happening(type, [.. changes]));

    static Gen<DateTimeOffset> Utc => Times.Select(time => time.ToUniversalTime());

    /// <summary>What a number has to say that most have not.</summary>
    static Gen<Number> Lives => Gen.Select(
        OrNone(Ids<Account>()), OrNone(Utc), OrNone(Utc), OrNone(Gen.Enum<NumberState>()), Gen.Int[0, 2], Gen.Bool,
        Gen.Int[0, 999], Gen.Int[0, 9_999],
        (former, until, restsUntil, before, use, assigned, term, handovers) => new Number
        {
            Former = former,
            Until = until,
            RestsUntil = restsUntil,
            Before = before,
            EverActive = use > 0,
            EverMain = use > 1,
            IsAssigned = assigned,
            Term = term,
            Handovers = handovers,
        });

    static Gen<EarlyActivation> Words => Gen.Select(
        OperationIds, Ids<Account>(), Gen.Long[0, 9_999_999_999], (message, account, until) =>
            new EarlyActivation(message.Hash, account, DateTimeOffset.FromUnixTimeSeconds(until)));

    static Gen<OperationWait> Waits => Gen.Select(Gen.String[1, 60], Times, Times, (what, reminds, until) =>
        new OperationWait(what, reminds, until));

    static Gen<E164> AnyE164 => Gen.Long[1_000_000, 999_999_999_999_999].Select(E164.FromDigits);

    static Gen<Piece[]> Pieces => Gen.Select(
        AnyE164, Gen.Int[1, 9_600], Gen.Enum<ChoiceRule>(), OrNone(AnyE164),
        (first, count, rule, anchor) => new Piece(first, count, rule, anchor)).Array[0, 5];

    static Gen<(AccountKind?, int?, string?, Piece[])> Choices => Gen.Select(
        OrNone(Gen.Enum<AccountKind>()), OrNone(Gen.Int[0, 9]), OrNull(Gen.String[1, 26]), Pieces);

    static Gen<ProblemError[]> Errors => Gen.Select(Gen.Int[1, 100_000], Gen.String[0, 60], (row, text) =>
        ProblemError.OfField("number", "not-a-number", text, "Send another.") with { Row = row }).Array[0, 20];

    public static Gen<BlockId> BlockIds => Gen
        .OneOf(Gen.Long[10_000, 9_999_999_999_999], Gen.Const(10_000L), Gen.Const(9_999_999_999_999L))
        .Select(hundreds => new BlockId(hundreds));

    static Gen<int> Counts => Gen.OneOf(Gen.Const(1), Gen.Int[1, int.MaxValue]);

    static Gen<Actor> Actors => Gen.Select(
        Gen.String[0, 60], OrNone(Gen.Enum<Role>()), OrNone(Ids<Operator>()),
        (user, role, onBehalfOf) => new Actor(user, role, onBehalfOf));

    static Gen<OperationReason> Reasons =>
        Gen.Select(Gen.String[1, 20], Gen.String[0, 300], (code, text) => new OperationReason(code, text));

    static Gen<OperationStep[]> Steps => Gen.Select(
        Gen.Char["abcdefgh-"].Array[1, 12], Times, (name, at) => new OperationStep(new string(name), at)).Array[0, 6];

    static Gen<ServiceRequest> Requests => Gen.Select(
        Services, OrNone(Counts), (s, version) => new ServiceRequest(s.Id, s.Code, s.Quantity, version));

    static Gen<Id<T>> Ids<T>() => Gen.Select(
        Gen.Char["abcxyz0189"], Gen.Char["abcxyz0189-"].Array[0, Id<T>.LengthMax - 1],
        (first, rest) => Id<T>.Parse(first + new string(rest)));

    static Gen<T?> OrNone<T>(Gen<T> gen)
        where T : struct => Gen.OneOf(gen.Select(value => (T?)value), Gen.Const((T?)null));

    static Gen<T?> OrNull<T>(Gen<T> gen)
        where T : class => Gen.OneOf(gen.Select(value => (T?)value), Gen.Const((T?)null));
}
