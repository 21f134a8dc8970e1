using System.Diagnostics;
using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Releases;

/// <summary>
/// Ends what an account has at a site: its services, and as many of its numbers as fit a transaction with the
/// operation's row.
/// </summary>
public sealed class LeaveSite(SitePartition sites)
{
    public const string NumbersStay = "numbers-stay";

    [Function(nameof(LeaveSite))]
    public async Task<PartResult> Run([ActivityTrigger] PartInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var operation = await sites.ExistingAsync(id, ct);
        var command = Command(operation, input.Now);
        var step = input.Step("leave");
        return await sites.TransactPartAsync(
            new(operation, step, input.Now, site => ClosePreview.DecideAsShown(site, command, operation))
            {
                Note = Noted,
            },
            site => PoolDecider.Decide(site, command), ct);
    }

    internal static CloseAtSite Command(Operation operation, DateTimeOffset now) => new(
        operation.Account ?? throw new UnreachableException($"{operation.Id} closes no account."),
        operation.Order(now));

    /// <summary>What became of each number; the last part says which ones stay, and why.</summary>
    static Operation Noted(Operation operation, SiteChange change)
    {
        operation = operation with { Moves = operation.Moves.AddRange(Move.Overall(change.Moves)) };
        return change.IsPart || change.LeftOut.IsEmpty ? operation : operation with
        {
            Errors = RowErrors.Of(change.LeftOut.Length, change.LeftOut.Select(NumberRefusals.Error)),
            Reason = new(NumbersStay, string.Create(
                CultureInfo.InvariantCulture,
                $"Numbers that stay with the account for now: {change.LeftOut.Length}; 'errors' says why each does. "
                + $"Do what it says, then close the account again.")),
        };
    }
}
