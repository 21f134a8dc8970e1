using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Numbers;

/// <summary>Which numbers a list shows; null lets any through.</summary>
public sealed record NumberFilter(
    NumberState? State = null, NumberRole? Role = null, NumberKind? Kind = null, Id<Account>? Account = null)
{
    /// <summary>The only numbers to show; null for any.</summary>
    public IReadOnlySet<E164>? Only { get; init; }

    public bool Shows(E164 id, Number number) => Only?.Contains(id) != false && Shows(number);

    bool Shows(Number number) =>
        (State is null || number.State == State)
        && (Role is null || number.Role == Role)
        && (Kind is null || number.Kind == Kind)
        && (Account is null || number.Account == Account);
}
