using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Numbers;

/// <summary>One page of a site's numbers, ascending.</summary>
/// <param name="Numbers">At most as many as were asked for.</param>
/// <param name="Next">The number to go on after; null when the list ends here.</param>
/// <param name="Blocks">Blocks that it took.</param>
public sealed record NumberPage(IReadOnlyList<KeyValuePair<E164, Number>> Numbers, E164? Next, int Blocks);

/// <summary>Reads lists of numbers page by page, with a limit on the rows that one page may cost.</summary>
public sealed class NumberList(SiteQueries sites)
{
    /// <summary>
    /// Blocks read for one page: a filter that lets little through ends the page early, with a way to go on.
    /// </summary>
    public const int BlocksMax = 1_000;

    const int BlocksPerRequest = 100;

    /// <param name="site">Whose numbers.</param>
    /// <param name="filter">Which of them.</param>
    /// <param name="after">Where the page before ended; null to start.</param>
    /// <param name="top">Numbers at most.</param>
    /// <param name="ct">Stops between requests.</param>
    /// <param name="blocksMax">Blocks at most: what is left when a page goes over several sites.</param>
    public async Task<NumberPage> ReadAsync(
        Id<Site> site, NumberFilter filter, E164? after, int top, CancellationToken ct, int blocksMax = BlocksMax)
    {
        var numbers = new List<KeyValuePair<E164, Number>>();
        var blocks = 0;
        await foreach (var block in sites.BlocksAsync(site, after?.Block, BlocksPerRequest, ct))
        {
            foreach (var slot in block.Provisioned)
            {
                var id = block.Id[slot];
                if (after is { } last && id.CompareTo(last) <= 0 || !filter.Shows(id, block[slot]!))
                    continue;
                if (numbers.Count == top)
                    return new(numbers, numbers[^1].Key, blocks);
                numbers.Add(KeyValuePair.Create(id, block[slot]!));
            }

            if (++blocks == blocksMax)
                return new(numbers, block.Id[Block.Size - 1], blocks);
        }

        return new(numbers, null, blocks);
    }
}
