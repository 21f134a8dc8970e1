using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.VoiceServices;

/// <summary>
/// The first part ends the service, and each gives back as many numbers as fit a transaction with the operation's row.
/// </summary>
public sealed class GiveBackNumbers(SitePartition sites)
{
    public const string FirstStep = "end-service";

    [Function(nameof(GiveBackNumbers))]
    public async Task<PartResult> Run([ActivityTrigger] PartInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var operation = await sites.ExistingAsync(id, ct);
        var work = input.Part == 1
            ? new SiteWork(operation, FirstStep, input.Now, site => First(site, operation, input.Now))
            : new SiteWork(
                operation, input.Step("give-back"), input.Now, Rest);
        return await sites.TransactPartAsync(work, Rest, ct);

        PoolDecision Rest(SiteState site) => PoolDecider.Decide(
            site, new GiveBack(operation.Account!.Value, operation.Order(input.Now)));
    }

    /// <summary>Done again, it may find the service ended, and only numbers left to give back.</summary>
    internal static PoolDecision First(SiteState site, Operation operation, DateTimeOffset now) =>
        operation is { RetryOf: not null, Account: { } account, Service: { } service }
        && site.Holding(account).Service(service.Id) is null
            ? PoolDecider.Decide(site, new GiveBack(account, operation.Order(now)))
            : PoolDecider.Decide(site, Command(operation, now));

    internal static EndService Command(Operation operation, DateTimeOffset now) =>
        operation is { Account: { } account, Service: { } service }
            ? new(account, service.Id, service.ExpectedVersion, operation.Order(now))
            : throw new UnreachableException($"{operation.Id} is no request to end a voice service.");
}
