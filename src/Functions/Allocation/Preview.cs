using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Allocation;

/// <summary>What a change would come to; nothing was changed.</summary>
/// <param name="Account">For whom.</param>
/// <param name="NumberCount">How many numbers it would change.</param>
/// <param name="Numbers">Those, and those that the account has already, each with why it is this one.</param>
/// <param name="Missing">What would not be done, though the rest is.</param>
/// <param name="RulesVersion">The version of the site's rules that decided.</param>
/// <param name="Token">Sent as <c>preview</c>, it allows the change only while the choice is still this one.</param>
sealed record Preview(
    string Account,
    int NumberCount,
    ImmutableArray<ChosenNumber> Numbers,
    OperationReason? Missing,
    int RulesVersion,
    string Token)
{
    public static IResult Answer(
        Id<Site> site, Id<Account> account, ServiceRequest? service, PoolDecision decision, int rulesVersion) =>
        decision switch
        {
            PoolDecision.Refused refused => Refusals.Problem(refused.Refusals),
            PoolDecision.Accepted { Change: var change } => Json.Answer(new Preview(
                account.Value,
                change.Changed.Count,
                ChosenNumber.Of(change.Changed, change.Unchanged, change.Choice),
                change.Missing is { } missing ? Refusals.Reason(missing) : null,
                rulesVersion,
                PreviewToken.Of(site, account, service, change))),
            _ => throw new UnreachableException($"No answer for {decision}."),
        };
}
