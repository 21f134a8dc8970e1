using System.Collections.Immutable;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;

namespace Telephony.Domain.Lines;

/// <summary>A number in service, and who or what it is assigned to: a user, a handset or a space, or several.</summary>
/// <param name="Number">Which number.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="User">Who has it; null for nobody in particular.</param>
/// <param name="Handset">Where it rings, and so where it is; null for no handset.</param>
/// <param name="Space">Where it is, when it has no handset; null for nowhere in particular.</param>
public sealed record Line(
    E164 Number, Id<Account> Account, Id<User>? User, MacAddress? Handset, Id<Space>? Space)
{
    /// <summary>The operation that assigned it so.</summary>
    public required OperationId Operation { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Where its user is logged in; null when nowhere.</summary>
    public Session? Session { get; init; }

    public Emergency Emergency { get; init; } = Emergency.None;

    /// <summary>Where it rings: where its user is logged in, else on its own handset; null for nowhere.</summary>
    public MacAddress? RingsAt => Session?.Handset ?? Handset;
}

/// <summary>A user at a shared handset, for some hours: there the number rings.</summary>
public sealed record Session(MacAddress Handset, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>A day: longer, and it is an assignment.</summary>
    public const int HoursMax = 24;
}

/// <summary>What is known for an emergency call beside where the number is.</summary>
/// <param name="Callback">Whom emergency services call back; null for the number itself.</param>
/// <param name="Notify">Who is told of such a call: e-mail addresses.</param>
/// <param name="Confirmation">Who said that the location is right; null when nobody did.</param>
public sealed record Emergency(E164? Callback, ImmutableArray<string> Notify, Confirmation? Confirmation)
{
    public const int NotifyMax = 10;

    public static readonly Emergency None = new(null, [], null);

    public bool Equals(Emergency? other) => other is not null
        && Callback == other.Callback && Notify.SequenceEqual(other.Notify) && Confirmation == other.Confirmation;

    public override int GetHashCode() => HashCode.Combine(Callback, Notify.Length, Confirmation);
}

/// <summary>Somebody said that a location is right: that one, and no other that the number comes to later.</summary>
public sealed record Confirmation(string By, DateTimeOffset At, string Location);

/// <summary>What a number is to be assigned to.</summary>
public sealed record LineWish(E164 Number, Id<User>? User, MacAddress? Handset, Id<Space>? Space);
