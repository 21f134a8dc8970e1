using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Allocation;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Holds;

/// <summary>
/// Keeps numbers for a future starter of an account, until a date: the very ones that were asked for, or as many as
/// were asked for, chosen by the site's rules; all of them, or none.
/// </summary>
public sealed class PostHold(HoldChanges changes, HoldTable holds, DirectoryTable directory, TimeProvider clock)
{
    internal const string Route = "v1/sites/{site}/holds";

    /// <param name="Account">Whose future starter it is.</param>
    /// <param name="Name">The future starter, as people will recognise them.</param>
    /// <param name="Until">When the hold ends by itself, at most the site's holdMaxDays ahead.</param>
    /// <param name="Numbers">Which ones; or else a range, or a count.</param>
    /// <param name="Range">Which ones; or else a list, or a count.</param>
    /// <param name="Count">How many; or else a list, or a range.</param>
    internal sealed record HoldBody(
        Id<Account> Account,
        [Length(1, BodyErrors.NameMax)] string Name,
        DateTimeOffset Until,
        [Length(1, Hold.NumbersMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null,
        [Range(1, Hold.NumbersMax)] int? Count = null);

    [Function(nameof(PostHold)), Demands(Permission.Allocate)]
    [Summary("Hold numbers for a future starter")]
    [Takes(typeof(HoldBody))]
    [Answers(201, typeof(HoldView))]
    [Refuses(
        "account-not-at-site", "hold-end", "kept-for-operator", "no-run", "numbers-refused", "pool-exhausted",
        "site-not-managed", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        var (admitted, errors) = (Admitted.Of(request), new BodyErrors());
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<HoldBody>(request, ct)).Refused(out problem, out var body)
            || Wish(body, admitted.Site!).Refused(out problem, out var wish))
        {
            return problem;
        }

        var name = errors.Line("name", body.Name);
        if (errors.Problem is { } bad)
            return bad;

        var operation = OperationRequest.Of(
            admitted, OperationKind.Hold, request, key, clock.GetUtcNow(),
            body.Account.Value, wish.Argument, Argument(body.Until)) with
        {
            Account = body.Account,
        };
        return await changes.AnswerAsync(
            request, operation, operation.Id, name,
            () => WorkAsync(admitted.Site!, operation, wish, body.Until, name, ct),
            done => AnswerAsync(request, done, body, ct), ct);
    }

    async Task<Checked<SiteWork>> WorkAsync(
        Site site, Operation operation, AllocationWish wish, DateTimeOffset until, string name, CancellationToken ct)
    {
        var found = await AccountsAtSite.FindAsync(directory, site, operation.Account!.Value, "account", ct);
        if (found.Refused(out var notThere, out var account))
            return notThere;

        var (to, order) = (Recipient.Of(account), operation.Order(operation.At));
        return new SiteWork(
            operation with { AccountKind = account.Kind }, HoldChanges.Step, operation.At, state => wish switch
            {
                AllocationWish.Named named => PoolDecider.Decide(
                    state, new HoldNumbers(named.Numbers, to, until, order)),
                AllocationWish.Counted counted => PoolDecider.Decide(
                    state, new HoldCount(counted.Count, to, until, order)),
                _ => throw new InvalidOperationException($"No hold for {wish}."),
            })
        {
            Beside = change =>
            [
                new RowChange.Insert(HoldRow.Write(new(
                    new(operation.Id, account.Id, change.Changed), name, operation.Id, operation.At))),
            ],
        };
    }

    /// <summary>What was held at first; only the name is looked up, which nothing else remembers.</summary>
    async Task<IResult> AnswerAsync(HttpRequest request, Operation done, HoldBody body, CancellationToken ct)
    {
        var response = request.HttpContext.Response;
        response.Headers.Location = $"{request.Path}/{done.Id.Hash}";
        var named = await holds.FindAsync(done.Id, ct);
        if (named is not null)
            EntityTag.Write(response, named.ETag);
        return Json.Answer(
            HoldView.Of(done.Id, body.Account, named?.Name, body.Until, done.Changed), StatusCodes.Status201Created);
    }

    static Checked<AllocationWish> Wish(HoldBody body, Site site)
    {
        if (AllocationWish.Read(body.Numbers, body.Range, body.Count, site).Refused(out var problem, out var wish))
            return problem;

        var (field, count) = wish switch
        {
            AllocationWish.Named { Numbers.Count: var named } => (body.Range is null ? "numbers" : "range", named),
            AllocationWish.Counted { Count: var wanted } => ("count", wanted),
            _ => throw new InvalidOperationException($"No count for {wish}."),
        };
        return count <= Hold.NumbersMax
            ? wish
            : Problems.Invalid(ProblemError.OfField(
                field, "out-of-range",
                string.Create(CultureInfo.InvariantCulture, $"{count} numbers are too many for one future starter."),
                string.Create(
                    CultureInfo.InvariantCulture, $"Hold 1 to {Hold.NumbersMax}, or allocate them to the account.")));
    }

    /// <summary>The same for the same moment, however its offset was written.</summary>
    internal static string Argument(DateTimeOffset until) =>
        until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
