using System.Globalization;
using Azure;
using Azure.Data.Tables;

namespace Telephony.Benchmarks;

/// <summary>
/// What no allocation can do without: one transaction that inserts two rows and merges two, of about the size of those
/// that an allocation writes, with nothing to decide and the rows' texts made beforehand.
/// </summary>
sealed class FloorTransaction(TableClient table, string partition, int numbers, CancellationToken ct)
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly string Letters = new('r', 100);
    static readonly string Slot = new('s', 94);
    static readonly string Mask = new('0', 38);

    /// <summary>One move as JSON: what history needs to know of it.</summary>
    static readonly string Moves = new('m', 140);

    ETag account, block;

    /// <summary>As many blocks as the site has, and the account's row.</summary>
    public async Task FillAsync(int blocks)
    {
        var answer = await table.SubmitTransactionAsync(
            [
                Add(Account()), .. Enumerable.Range(0, blocks).Select(index => Add(Block(index, []))),
            ],
            ct);
        (account, block) = (answer.Value[0].Headers.ETag!.Value, answer.Value[1].Headers.ETag!.Value);
    }

    public async Task CommitAsync(int time)
    {
        var answer = await table.SubmitTransactionAsync(
            [
                Add(Operation(time)), Add(Event(time)),
                new(TableTransactionActionType.UpdateMerge, Account(), account),
                new(TableTransactionActionType.UpdateMerge, Block(0, Enumerable.Range(time * numbers, numbers)), block),
            ],
            ct);
        (account, block) = (answer.Value[2].Headers.ETag!.Value, answer.Value[3].Headers.ETag!.Value);
    }

    public async Task ReadAsync() => await table.GetEntityAsync<TableEntity>(partition, "B|0", cancellationToken: ct);

    static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);

    TableEntity Operation(int time) => new(partition, Key("O|", time))
    {
        ["Kind"] = "Allocation",
        ["State"] = "Succeeded",
        ["Arguments"] = Mask,
        ["User"] = "benchmark",
        ["Role"] = "OperatorAdmin",
        ["At"] = Noon,
        ["Changed"] = Mask,
        ["Unchanged"] = "",
        ["Steps"] = Mask,
        ["Account"] = "acme",
        ["EndedAt"] = Noon,
        ["RulesVersion"] = 0,
    };

    TableEntity Event(int time) => new(partition, Key("E|", time))
    {
        ["Kind"] = "Allocation",
        ["At"] = Noon,
        ["User"] = "benchmark",
        ["Role"] = "OperatorAdmin",
        ["Numbers"] = Mask,
        ["Moves0"] = Moves,
        ["RulesVersion"] = 0,
        ["Account"] = "acme",
    };

    TableEntity Account() =>
        new(partition, "A|acme") { ["DirectNumbers"] = numbers, ["Main"] = "", ["Services"] = "[]" };

    TableEntity Block(int index, IEnumerable<int> slots)
    {
        var row = new TableEntity(partition, string.Create(CultureInfo.InvariantCulture, $"B|{index}"))
        {
            ["State"] = Letters,
            ["Role"] = Letters,
            ["Kind"] = Letters,
            ["Free"] = 0,
        };
        foreach (var slot in slots)
            row[string.Create(CultureInfo.InvariantCulture, $"n{slot:00}")] = Slot;
        return row;
    }

    string Key(string kind, int time) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{partition}~{new string('a', 20)}{time}");
}
