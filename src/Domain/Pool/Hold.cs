using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Domain.Pool;

/// <summary>
/// Numbers that are kept for a future starter of an account. Which of them still are, and until when, the numbers
/// themselves say: each that is Held names the operation that held it.
/// </summary>
/// <param name="Id">The operation that made it, which stays when the hold is prolonged.</param>
/// <param name="Account">Whose future starter it is for.</param>
/// <param name="Numbers">Those that were held when it began: where to look for what is left.</param>
public sealed record Hold(OperationId Id, Id<Account> Account, NumberSet Numbers)
{
    /// <summary>A starter needs few numbers; more are an allocation.</summary>
    public const int NumbersMax = 100;

    /// <summary>Those that are still held.</summary>
    public NumberSet Left(NumberPool pool) => Left(block => pool[block]);

    public NumberSet Left(Func<BlockId, Block?> find) => NumberSet.Of(Numbers.Blocks.Select(part => part with
    {
        Slots = find(part.Block) is { } block ? block.Where(part.Slots, IsOf) : Slots.None,
    }));

    /// <summary>Whether a number belongs to it now.</summary>
    public bool IsOf(Number number) => number.State is NumberState.Held && number.Operation == Id;
}
