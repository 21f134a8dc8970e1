using System.Globalization;
using System.Text.RegularExpressions;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Allocation;

/// <summary>
/// Names a choice that a caller was shown: which numbers, for whom, where. Sent with the request for the change, it
/// lets the change happen only while the choice is still the same.
/// </summary>
static partial class PreviewToken
{
    public const string Pattern = "^[a-z2-7]{26}$";

    const string Field = "preview";

    /// <param name="site">Where.</param>
    /// <param name="account">For whom.</param>
    /// <param name="service">The voice service that takes the numbers; null when people do.</param>
    /// <param name="change">What was shown.</param>
    public static string Of(Id<Site> site, Id<Account> account, ServiceRequest? service, SiteChange change) =>
        OperationIds.Hash(
            "preview", site.Value, account.Value, change.Changed.ToString(), change.Unchanged.ToString(),
            string.Join(' ', change.Holdings.Select(holding => holding.Main)),
            change.Missing is { } missing ? Refusals.Reason(missing).Text : "",
            service is null ? "" : string.Create(
                CultureInfo.InvariantCulture, $"{service.Id} {service.Code} {service.Quantity}"));

    /// <summary>
    /// The decision, unless it is not the choice that the operation's caller was shown. What the platform's switch or
    /// the service's version is in the way of was not a choice: that refusal says more.
    /// </summary>
    public static PoolDecision AsShown(PoolDecision decision, Operation operation) =>
        operation is { Preview: { } shown, Account: { } account }
        && decision switch
        {
            PoolDecision.Accepted { Change: var change } =>
                Of(operation.Id.Site, account, operation.Service, change) != shown,
            PoolDecision.Refused { Refusals: [Refusal.SiteNotManaged or Refusal.ServiceChanged, ..] } => false,
            _ => true,
        }
            ? new PoolDecision.Refused(new Refusal.ChoiceDiffers())
            : decision;

    /// <summary>A token as it was sent; null when none was.</summary>
    public static Checked<string?> Read(string? text) => text switch
    {
        null => (string?)null,
        _ when Form().IsMatch(text) => text,
        _ => Problems.Invalid(ProblemError.OfField(
            Field, "bad-preview", string.Create(CultureInfo.InvariantCulture, $"'{Problems.Shown(text)}' is no token."),
            "Send the token of a preview as it was answered, or leave it out.")),
    };

    [GeneratedRegex(Pattern)]
    private static partial Regex Form();
}
