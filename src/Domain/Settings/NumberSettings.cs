using System.Collections.Immutable;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Settings;

/// <summary>How a number in service is set. What nobody set is as it is here.</summary>
public sealed record NumberSettings
{
    public static readonly NumberSettings Default = new();

    /// <summary>The name that is shown with it; null for none.</summary>
    public string? Label { get; init; }

    public Voicemail Voicemail { get; init; } = new();

    public Forwarding Forwarding { get; init; } = new();

    public DoNotDisturb DoNotDisturb { get; init; } = new();

    public CallWaiting CallWaiting { get; init; } = new();

    public CallerId CallerId { get; init; } = new();

    public SimultaneousRing SimultaneousRing { get; init; } = new();

    public Screening Screening { get; init; } = new();

    public AuthorizationCode AuthorizationCode { get; init; } = new();

    public OutgoingPermissions OutgoingPermissions { get; init; } = new();

    public HotDesk HotDesk { get; init; } = new();

    public Intercept Intercept { get; init; } = new();

    /// <summary>
    /// What is left of them for the next user: what the operator says of the number itself, who may call where and
    /// whether it is suspended. All else was said by its user or for it, and may be private.
    /// </summary>
    public NumberSettings HandedOver() => Default with
    {
        AuthorizationCode = AuthorizationCode, OutgoingPermissions = OutgoingPermissions, Intercept = Intercept,
    };

    /// <summary>The numbers that calls to it may be passed on to.</summary>
    public IEnumerable<E164> Targets() =>
        new[] { Forwarding.Always, Forwarding.Busy, Forwarding.NoAnswer, Forwarding.Unreachable }
            .Where(forward => forward.On)
            .Select(forward => forward.Number)
            .OfType<E164>()
            .Concat(SimultaneousRing.Numbers)
            .Distinct();
}

/// <param name="On">Whether callers who are not answered can leave a message.</param>
/// <param name="Email">Where messages are sent; null for nowhere.</param>
/// <param name="RingSeconds">How long it rings before.</param>
public sealed record Voicemail(bool On = false, string? Email = null, int RingSeconds = SettingsLimits.RingSeconds);

/// <param name="Always">All calls.</param>
/// <param name="Busy">Those that come during another one.</param>
/// <param name="NoAnswer">Those that nobody answers in time.</param>
/// <param name="NoAnswerSeconds">In which time.</param>
/// <param name="Unreachable">Those for which nothing can ring.</param>
public sealed record Forwarding(
    Forward Always, Forward Busy, Forward NoAnswer, int NoAnswerSeconds, Forward Unreachable)
{
    public Forwarding()
        : this(new(), new(), new(), SettingsLimits.RingSeconds, new())
    {
    }
}

/// <param name="On">Whether calls are passed on.</param>
/// <param name="Number">To which number; kept while it is off.</param>
public sealed record Forward(bool On = false, E164? Number = null);

/// <param name="On">Whether nothing rings.</param>
/// <param name="RingSplash">Whether a short ring tells of a call all the same.</param>
public sealed record DoNotDisturb(bool On = false, bool RingSplash = false);

/// <param name="On">Whether another call is heard during a call.</param>
public sealed record CallWaiting(bool On = true);

/// <summary>Which number is shown to those who are called.</summary>
public enum ShownNumber
{
    Own,

    /// <summary>The account's main number at the site.</summary>
    Main,

    /// <summary>None.</summary>
    Withheld,

    /// <summary>Another one that the account has.</summary>
    Another,
}

/// <param name="Show">Which one is shown.</param>
/// <param name="Number">The other one.</param>
public sealed record CallerId(ShownNumber Show = ShownNumber.Own, E164? Number = null);

/// <param name="Numbers">What rings at the same time; empty for nothing.</param>
/// <param name="SkipWhileOnCall">Whether they do not ring while the number is on a call.</param>
public sealed record SimultaneousRing(ImmutableArray<E164> Numbers, bool SkipWhileOnCall)
{
    public SimultaneousRing()
        : this([], SkipWhileOnCall: true)
    {
    }

    public bool Equals(SimultaneousRing? other) =>
        other is not null && SkipWhileOnCall == other.SkipWhileOnCall && Numbers.SequenceEqual(other.Numbers);

    public override int GetHashCode() => HashCode.Combine(SkipWhileOnCall, Numbers.Length);
}

/// <summary>What becomes of calls from somebody.</summary>
public enum ScreeningAction
{
    Accept,
    Reject,
}

/// <param name="Callers">Whose calls.</param>
/// <param name="Action">What becomes of them.</param>
public sealed record ScreeningRule(CallerPattern Callers, ScreeningAction Action);

/// <summary>Who gets through. Whom no rule is about does.</summary>
/// <param name="Rules">The first that is about a caller decides.</param>
/// <param name="RejectAnonymous">Whether those who show no number are turned away.</param>
public sealed record Screening(ImmutableArray<ScreeningRule> Rules, bool RejectAnonymous)
{
    public Screening()
        : this([], RejectAnonymous: false)
    {
    }

    public bool Equals(Screening? other) =>
        other is not null && RejectAnonymous == other.RejectAnonymous && Rules.SequenceEqual(other.Rules);

    public override int GetHashCode() => HashCode.Combine(RejectAnonymous, Rules.Length);
}

/// <param name="Required">Whether callers have to enter a code, which only the platform knows.</param>
public sealed record AuthorizationCode(bool Required = false);

/// <summary>
/// Which numbers may be called from it. Emergency numbers always can be: there is nothing to say of them.
/// </summary>
public sealed record OutgoingPermissions(
    bool National = true, bool Mobile = true, bool Freephone = true, bool SharedCost = true, bool International = true,
    bool Premium = false);

/// <param name="Allow">Whether its user may log in to shared handsets with it.</param>
/// <param name="LongestSessionHours">For how long at most.</param>
public sealed record HotDesk(bool Allow = false, int LongestSessionHours = SettingsLimits.SessionHours);

/// <param name="On">Whether callers hear an announcement, because it is suspended.</param>
/// <param name="Announcement">Which one; null for the usual one.</param>
public sealed record Intercept(bool On = false, string? Announcement = null);
