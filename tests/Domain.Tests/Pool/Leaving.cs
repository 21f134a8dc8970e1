using System.Collections.Immutable;
using CsCheck;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;

namespace Telephony.Domain.Tests.Pool;

/// <summary>Numbers in every state that an account's numbers can be in, and sites with them.</summary>
static class Leaving
{
    public static readonly Gen<SiteState> AnySite = Gen.Select(
        AnyOwned.Null().Array[Some.Places.Length],
        Gen.Select(Some.AnyServiceId, Gen.OneOf("voice", "room", "fax"), Gen.Int[1, 4]).Array[0, 2],
        (numbers, services) => Of(
            services.Select(one => new VoiceService(one.Item1, one.Item2, one.Item3)),
            [.. Some.Places.Zip(numbers).Where(at => at.Second is not null).Select(at => (at.First, at.Second!))]));

    static Gen<Number> AnyOwned => Gen.Select(
        Gen.OneOf(
            NumberState.Available, NumberState.Held, NumberState.Reserved, NumberState.Activating, NumberState.Active,
            NumberState.Deactivating, NumberState.PortingOut, NumberState.Cooldown),
        Gen.OneOf(NumberSource.ByHand, NumberSource.ByService), Gen.Bool, Gen.Bool,
        (state, source, everActive, assigned) => Owned(state, source, everActive) with
        {
            IsAssigned = assigned && state is NumberState.Active,
        });

    public static Number Owned(
        NumberState state, NumberSource source = NumberSource.ByHand, bool everActive = false,
        Id<Account>? account = null)
    {
        var owner = account ?? Some.Ours;
        var number = new Number { State = state, Version = 2, Operation = Some.First, Since = Some.Noon.AddDays(-1) };
        return state switch
        {
            NumberState.Available => new Number(),
            NumberState.Cooldown => number with
            {
                Former = owner, RestsUntil = Some.Noon.AddDays(9), EverActive = true,
            },
            NumberState.Held => number with { Account = owner, Until = Some.Noon.AddDays(9) },
            _ => number with
            {
                Account = owner,
                Source = source,
                EverActive = everActive || state is NumberState.Active or NumberState.Deactivating,
                Before = state is NumberState.PortingOut ? NumberState.Reserved : null,
            },
        };
    }

    public static Number MainNumber(NumberState state, NumberSource source = NumberSource.ByService) =>
        Owned(state, source) with
        {
            Role = state is NumberState.Active or NumberState.Deactivating ? NumberRole.Main : NumberRole.NominatedMain,
            EverMain = state is NumberState.Active or NumberState.Deactivating,
        };

    /// <summary>A site where all belongs to one account, with the counters that follow from its numbers.</summary>
    public static SiteState Of(IEnumerable<VoiceService> services, params (int Place, Number Number)[] numbers)
    {
        var mains = numbers.Where(at => at.Number is { IsAllocated: true, Role: not NumberRole.Direct }).ToList();
        var holding = services.Aggregate(Holding.Empty(Some.Ours), (all, one) => all.With(one)) with
        {
            DirectNumbers = numbers.Count(at => at.Number.CountsAsDirect),
            InService = numbers.Count(at => at.Number.CountsAsInService),
            Main = mains.Count > 0 ? Some.At(mains[0].Place) : null,
        };
        return Some.SiteOf(numbers) with
        {
            Holdings = ImmutableDictionary<Id<Account>, Holding>.Empty.Add(Some.Ours, holding),
        };
    }
}
