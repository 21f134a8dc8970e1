using System.Diagnostics;
using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Settings;

/// <summary>Sets the numbers of one part, and writes down what was in the way of which.</summary>
public sealed class SetPart(
    SitePartition sites, SettingsTable table, CallTable calls, SiteQueries queries, DirectoryTable directory,
    TimeProvider clock)
{
    public const string NumbersLeftOut = "numbers-left-out";

    [Function(nameof(SetPart))]
    public async Task<PartResult> Run([ActivityTrigger] PartInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var site = await directory.ExistingSiteAsync(id.Site, ct);
        for (var attempt = 1; attempt <= Rivals.AttemptsMax; attempt++)
        {
            var operation = await sites.ExistingAsync(id, ct);
            var outcome = await sites.TransactAsync(await WorkAsync(site, operation, input, ct), ct);
            if (!SettingsChanges.HasMoved(outcome))
            {
                return outcome switch
                {
                    SiteOutcome.Done => new(null, HasMore(operation, input.Part)),
                    SiteOutcome.Refused refused => new(Refusals.Reason(refused.Refusals), HasMore: false),
                    SiteOutcome.HasEnded => new(null, HasMore: false),
                    _ => throw new UnreachableException($"No part of an operation comes to {outcome}."),
                };
            }

            await Rivals.PauseAsync(attempt, clock, ct);
        }

        throw new SiteBusyException($"Others changed what {id} sets under {Rivals.AttemptsMax} tries.");
    }

    async Task<SiteWork> WorkAsync(Site site, Operation operation, PartInput input, CancellationToken ct)
    {
        var patch = SettingsPatch.Parse(
            operation.Settings ?? throw new UnreachableException($"{operation.Id} sets nothing."), site.Country);
        var rules = await sites.RulesAsync(site.Id, ct);
        var plan = new SettingsPlan(
            table, calls.MapOf(site), queries, site, Setter.Of(operation), rules.Policies);
        var errors = new List<ProblemError>();
        var numbers = operation.Numbers.Skip((input.Part - 1) * SetNumbers.PartNumbers).Take(SetNumbers.PartNumbers);
        foreach (var number in numbers)
        {
            if (await plan.SetAsync(number, patch, precondition: null, ct) is { } problem)
                errors.Add(SettingsProblems.OfNumber(number.ToString(), problem));
        }

        var step = input.Step("set");
        return plan.Work(operation, step, input.Now, HasMore(operation, input.Part)) with
        {
            Note = (noted, _) => WithErrors(noted, errors),
        };
    }

    static bool HasMore(Operation operation, int part) => operation.Numbers.Count > part * SetNumbers.PartNumbers;

    static Operation WithErrors(Operation operation, List<ProblemError> errors)
    {
        if (errors.Count == 0)
            return operation;

        var all = operation.Errors.And(errors);
        return operation with
        {
            Errors = all,
            Reason = new(NumbersLeftOut, string.Create(
                CultureInfo.InvariantCulture,
                $"Numbers that were left as they are: {all.Count}; 'errors' says why each was. Do what it says, then "
                + $"send the request again for those, with a new Idempotency-Key.")),
        };
    }
}
