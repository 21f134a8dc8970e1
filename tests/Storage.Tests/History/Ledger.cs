using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;

namespace Telephony.Storage.Tests.History;

/// <summary>What a number is from some time on.</summary>
sealed record Line(DateTimeOffset From, NumberState State, Id<Account>? Account, DateTimeOffset? Until);

/// <summary>
/// Who has which number when, as somebody would keep it on paper: a line for each change, the last one counts, and a
/// hold is crossed out at its end.
/// </summary>
sealed class Ledger(int numbers)
{
    readonly List<Line>[] lines = [.. Enumerable.Range(0, numbers).Select(_ => new List<Line>())];
    readonly bool[] served = new bool[numbers];

    public int Count => lines.Sum(of => of.Count);

    public IReadOnlyList<Line> Of(int number) => lines[number];

    public void Put(
        IEnumerable<int> which, DateTimeOffset at, NumberState state, Id<Account>? account, DateTimeOffset? until)
    {
        foreach (var number in which)
        {
            var stays = state is NumberState.Activating or NumberState.Active or NumberState.Deactivating
                or NumberState.Reserved && account is null;
            lines[number].Add(new(at, state, stays ? lines[number][^1].Account : account, until));
            served[number] &= state is not (NumberState.Available or NumberState.Cooldown);
        }
    }

    public void Served(IEnumerable<int> which)
    {
        foreach (var number in which)
            served[number] = true;
    }

    public bool HasServed(int number) => served[number];

    public Line At(int number, DateTimeOffset time)
    {
        var line = lines[number].LastOrDefault(line => line.From <= time);
        return line is null ? new(default, NumberState.Retired, null, null)
            : line.Until <= time ? new(line.Until.Value, NumberState.Available, null, null)
            : line;
    }

    public bool All(IEnumerable<int> which, DateTimeOffset now, NumberState state) =>
        which.All(number => At(number, now).State == state);

    public IReadOnlyList<int> Some(DateTimeOffset now, NumberState state, Random random, int count)
    {
        var fit = Enumerable.Range(0, numbers).Where(number => At(number, now).State == state).ToArray();
        random.Shuffle(fit);
        return fit[..Math.Min(count, fit.Length)];
    }
}
