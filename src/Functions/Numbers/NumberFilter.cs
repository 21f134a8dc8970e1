using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Numbers;

/// <summary>Which numbers a list shows; null lets any through.</summary>
public sealed record NumberFilter(
    NumberState? State = null, NumberRole? Role = null, NumberKind? Kind = null, Id<Account>? Account = null)
{
    public bool Shows(Number number) =>
        (State is null || number.State == State)
        && (Role is null || number.Role == Role)
        && (Kind is null || number.Kind == Kind)
        && (Account is null || number.Account == Account);
}
