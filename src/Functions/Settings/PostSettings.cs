using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain.Access;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Settings;

/// <summary>
/// Sets many numbers otherwise in the same way. Each has a result of its own: the operation names the numbers that are
/// set so, and those that are not with the reason of each.
/// </summary>
public sealed class PostSettings(SitePartition sites, OperationDriver driver, TimeProvider clock)
{
    const string Field = "settings";

    /// <param name="Settings">What is absent stays as it is, and what is null becomes as if nobody had set it.</param>
    /// <param name="Numbers">Which ones, at most 1,000; or else a range.</param>
    /// <param name="Range">Which ones, at most 1,000; or else a list.</param>
    internal sealed record BulkSettingsBody(
        SettingsBody Settings,
        [Length(1, SetNumbers.NumbersMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null);

    [Function(nameof(PostSettings)), Demands(Permission.EditSettings)]
    [Summary("Change the settings of many numbers")]
    [Takes(typeof(BulkSettingsBody))]
    [Answers(202, typeof(OperationView))]
    [Refuses("site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/settings")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        var country = admitted.Site!.Country;
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadPatchAsync<BulkSettingsBody>(request, ct)).Refused(out problem, out var read)
            || SettingsPatch.Of(SettingsPatch.Read(read.Text)[Field]!.AsObject(), country, Field + ".")
                .Refused(out problem, out var patch)
            || NumberInput.Read(read.Body.Numbers, read.Body.Range, country).Refused(out problem, out var numbers))
        {
            return problem;
        }

        if (numbers.Count > SetNumbers.NumbersMax)
            return TooMany(read.Body.Range is null ? "numbers" : "range", numbers.Count);

        var operation = OperationRequest.Of(
            admitted, OperationKind.Settings, request, key, clock.GetUtcNow(), numbers.ToString(), patch.Text) with
        {
            Account = admitted.OnlyAccount,
            Numbers = numbers,
            Settings = patch.Text,
        };
        // What is in the way of one number is told with it.
        var started = await driver.StartAsync(
            client, operation, () => Refusals.IfManagedAsync(sites, operation, ct), ct);
        return OperationAnswers.Accepted(request, started);
    }

    static Problem TooMany(string field, int count) => Problems.Invalid(ProblemError.OfField(
        field, "too-many", $"It has {count} numbers.", $"Send at most {SetNumbers.NumbersMax} at a time."));
}
