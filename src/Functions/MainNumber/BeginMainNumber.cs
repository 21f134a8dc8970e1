using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.MainNumber;

/// <summary>How the beginning went.</summary>
/// <param name="Refusal">Why nothing was changed; null when something was, or nothing had to be.</param>
/// <param name="Wait">What is waited for; null when the number is in service already.</param>
public sealed record BegunMain(OperationReason? Refusal, OperationWait? Wait);

/// <summary>Reserves the number for the account and asks the platform to activate it, in one transaction.</summary>
public sealed class BeginMainNumber(SitePartition sites)
{
    public const string Step = "begin";

    [Function(nameof(BeginMainNumber))]
    public async Task<BegunMain> Run([ActivityTrigger] OperationStepInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var operation = await sites.FindAsync(id, ct)
            ?? throw new UnreachableException($"{id} was scheduled without a row.");
        var number = MainNumberRequest.Command(operation, input.Now).Number;
        var rules = SiteRules.Default;
        var work = new SiteWork(operation, Step, input.Now, site =>
        {
            rules = site.Rules;
            return MainNumberRequest.Decide(site, operation, input.Now);
        })
        {
            Note = (noted, change) => Waits(change, number)
                ? noted with { Wait = WaitFor(number, rules, input.Now) }
                : noted,
        };
        return await sites.TransactAsync(work, ct) switch
        {
            SiteOutcome.Done done => new(null, done.Operation.Wait),
            SiteOutcome.Refused refused => new(Refusals.Reason(refused.Refusals), null),
            SiteOutcome.HasEnded => new(null, null),
            var outcome => throw new UnreachableException($"A beginning cannot come to {outcome}."),
        };
    }

    static bool Waits(SiteChange change, E164 number) => change.Blocks
        .FirstOrDefault(block => block.Id == number.Block)?[number.Slot] is { State: NumberState.Activating };

    static OperationWait WaitFor(E164 number, SiteRules rules, DateTimeOffset now) => new(
        $"The platform has to activate {PhoneText.International(number)}.",
        now.AddHours(rules.ActivationReminderHours),
        now.AddDays(rules.ActivationDeadlineDays));
}
