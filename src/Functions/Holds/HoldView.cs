using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Functions.Holds;

/// <summary>Numbers that are kept for a future starter.</summary>
/// <param name="Id">Its id at the site.</param>
/// <param name="Account">Whose future starter it is.</param>
/// <param name="Name">The future starter; absent once the hold is over.</param>
/// <param name="Until">When it ends by itself.</param>
/// <param name="IsOver">Whether that time has come: then its numbers are in the pool again.</param>
/// <param name="Numbers">What is left of it, in E.164.</param>
sealed record HoldView(
    string Id, string Account, string? Name, DateTimeOffset Until, bool IsOver, IReadOnlyList<string> Numbers)
{
    public static HoldView Of(
        OperationId hold, Id<Account> account, string? name, DateTimeOffset until, NumberSet numbers,
        bool isOver = false) =>
        new(hold.Hash, account.Value, name, until, isOver, [.. numbers.Select(number => number.ToString())]);
}
