using CsCheck;
using Telephony.Domain.Numbers;
using Telephony.Domain.Settings;

namespace Telephony.Domain.Tests.Settings;

/// <summary>Settings over few numbers, so that they collide.</summary>
static class SomeSettings
{
    public static readonly Gen<E164> Number = Gen.Int[0, 5].Select(n => E164.FromDigits(442_079_460_000 + n));

    static readonly Gen<E164?> NumberOrNone = Gen.OneOf(Number.Select(n => (E164?)n), Gen.Const((E164?)null));

    static readonly Gen<string?> Text = Gen.OneOf(Gen.Const((string?)null), Gen.Const("a"), Gen.Const("b"));

    static readonly Gen<Forward> Forward =
        Gen.Select(Gen.Bool, NumberOrNone, (on, number) => new Forward(on, number));

    static readonly Gen<Forwarding> Forwarding = Gen.Select(
        Forward, Forward, Forward, Gen.Int[5, 8], Forward,
        (always, busy, late, seconds, unreachable) => new Forwarding(always, busy, late, seconds, unreachable));

    static readonly Gen<Screening> Screening = Gen.Select(
        Gen.Select(Number, Gen.Enum<ScreeningAction>(), (number, action) => new ScreeningRule(
            CallerPattern.Of(number), action)).Array[0, 3],
        Gen.Bool, (rules, anonymous) => new Screening([.. rules], anonymous));

    static readonly Gen<NumberSettings> Calls = Gen.Select(
        Forwarding, Number.HashSet[0, 3], Gen.Bool, Screening, Gen.Enum<ShownNumber>(), NumberOrNone,
        (forwarding, ring, skip, screening, show, shown) => NumberSettings.Default with
        {
            Forwarding = forwarding,
            SimultaneousRing = new([.. ring.Order()], skip),
            Screening = screening,
            CallerId = new(show, shown),
        });

    public static readonly Gen<NumberSettings> Any = Gen.Select(
        Calls, Text, Text, Gen.Int[5, 7], Gen.Bool, Gen.Bool, Gen.Bool,
        (calls, label, text, count, one, other, third) => calls with
        {
            Label = label,
            Voicemail = new(one, text, count),
            DoNotDisturb = new(other, third),
            CallWaiting = new(one),
            AuthorizationCode = new(other),
            OutgoingPermissions = new(National: one, Mobile: third, Premium: other),
            HotDesk = new(third, count),
            Intercept = new(one, text),
        });
}
