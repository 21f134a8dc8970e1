using Telephony.Domain.Directory;

namespace Telephony.Domain.Pool;

/// <summary>Who gets numbers.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kind">What sort of account: an occupier leaves the operator what is kept for it.</param>
public readonly record struct Recipient(Id<Account> Account, AccountKind Kind)
{
    public bool IsOperator => Kind is AccountKind.Operator;

    public static Recipient Of(Account account) => new(account.Id, account.Kind);
}
