using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Telephony.Functions.Storage;

namespace Telephony.Storage.Tests.Linear;

/// <summary>
/// Lets one of several tasks go on at a time, up to its next storage request, as a seed has it: the interleaving is a
/// number that can be had again.
/// </summary>
sealed class Turns(int seed)
{
    readonly Lock gate = new();
    readonly Random random = new(seed);
    readonly SortedDictionary<int, TaskCompletionSource> waiting = [];
    readonly AsyncLocal<int> self = new();
    int live;

    public Task RunAsync(IReadOnlyList<Func<Task>> tasks)
    {
        live = tasks.Count;
        return Task.WhenAll(tasks.Select((task, index) => Task.Run(async () =>
        {
            self.Value = index;
            try
            {
                await NextAsync();
                await task();
            }
            finally
            {
                lock (gate)
                {
                    live--;
                    GiveTurn();
                }
            }
        })));
    }

    /// <summary>Waits until it is this task's turn again.</summary>
    public Task NextAsync()
    {
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add(self.Value, turn);
            GiveTurn();
        }

        return turn.Task;
    }

    /// <summary>Only when all wait: who is on its way could come to any request.</summary>
    void GiveTurn()
    {
        if (waiting.Count < live || live == 0)
            return;
        var (next, turn) = waiting.ElementAt(random.Next(waiting.Count));
        waiting.Remove(next);
        turn.SetResult();
    }
}

/// <summary>A table each of whose requests waits for its turn.</summary>
sealed class TakingTurns(ITable inner, Turns turns) : ITable
{
    public async Task<TableEntity?> FindAsync(string partition, string row, CancellationToken ct)
    {
        await turns.NextAsync();
        return await inner.FindAsync(partition, row, ct);
    }

    public async IAsyncEnumerable<TableEntity> RangeAsync(
        string partition, string from, string to, int pageSize, [EnumeratorCancellation] CancellationToken ct)
    {
        await turns.NextAsync();
        await foreach (var row in inner.RangeAsync(partition, from, to, pageSize, ct))
            yield return row;
    }

    public async Task<CommitResult> CommitAsync(
        string partition, IReadOnlyList<RowChange> changes, CancellationToken ct)
    {
        await turns.NextAsync();
        return await inner.CommitAsync(partition, changes, ct);
    }
}
