using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>The assignments of a site, and many of them at once.</summary>
public sealed class ManyAssignments(
    LineTable lines, SitePartition sites, OperationDriver driver, TimeProvider clock)
{
    const string Route = "v1/sites/{site}/assignments";

    /// <summary>Rows read for one page; a filter that lets little through ends it early, with a way to go on.</summary>
    const int RowsMax = 5_000;

    /// <param name="Assignments">Which numbers, and to what; each number once.</param>
    internal sealed record AssignmentsBody(
        [Length(1, AssignPart.NumbersMax)] IReadOnlyList<AssignmentLine?> Assignments);

    /// <param name="Number">In E.164 or the site's national form.</param>
    /// <param name="User">The id of who gets it.</param>
    /// <param name="Handset">The address of the handset where it rings.</param>
    /// <param name="Space">Where it belongs, when it has no handset.</param>
    internal sealed record AssignmentLine(
        [Length(1, PhoneText.LengthMax)] string Number, Id<User>? User = null,
        [Length(1, AssignmentInput.MacMax)] string? Handset = null, Id<Space>? Space = null);

    /// <summary>Ascending by number.</summary>
    [Function("GetAssignments"), Demands(Permission.SeeAccountNumbers)]
    [Summary("List a site's assignments")]
    [Query("account", typeof(Id<Account>), "Only numbers of this account.")]
    [Query("user", typeof(Id<User>), "Only numbers of this user.")]
    [Query("space", typeof(Id<Space>), "Only numbers without a handset that belong to this space.")]
    [Answers(200, typeof(Page<LineView>))]
    public async Task<IResult> All(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterNumber().Refused(out problem, out var after)
            || QueryFilter.Id<Account>(request, "account").Refused(out problem, out var account)
            || QueryFilter.Id<User>(request, "user").Refused(out problem, out var user)
            || QueryFilter.Id<Space>(request, "space").Refused(out problem, out var space))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var page = await Page<LineView>.TakeAsync(
            lines.AllAsync(admitted.Site!.Id, after, ct).Select(stored => stored.Line),
            Shows, LineView.Of, line => line.Number.ToString(), paging.Top, RowsMax, ct);
        return page.Answer(request);

        bool Shows(Line line) =>
            (admitted.OnlyAccount is not { } only || line.Account == only)
            && (admitted.OnlyUser is not { } self || line.User == self)
            && (account is null || line.Account == account)
            && (user is null || line.User == user)
            && (space is null || line.Space == space);
    }

    /// <summary>Each number is decided by itself: those in the way are named, and all others are assigned.</summary>
    [Function("PostAssignments"), Demands(Permission.Assign)]
    [Summary("Assign many numbers")]
    [Takes(typeof(AssignmentsBody))]
    [Answers(202, typeof(OperationView))]
    [Refuses("site-not-managed")]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<AssignmentsBody>(request, ct)).Refused(out problem, out var body))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        if (Wishes(body.Assignments, admitted.Site!).Refused(out problem, out var wishes))
            return problem;
        var operation = OperationRequest.Of(
            admitted, OperationKind.Assignment, request, key, clock.GetUtcNow(), WishText.Of(wishes)) with
        {
            Account = admitted.OnlyAccount,
            Wishes = wishes,
        };
        var started = await driver.StartAsync(
            client, operation, () => Refusals.IfManagedAsync(sites, operation, ct), ct);
        return OperationAnswers.Accepted(request, started);
    }

    static Checked<ImmutableArray<LineWish>> Wishes(IReadOnlyList<AssignmentLine?> body, Site site)
    {
        var (errors, seen) = (new BodyErrors(), new Dictionary<E164, int>());
        errors.Range("assignments", body.Count, 1, AssignPart.NumbersMax);
        var wishes = ImmutableArray.CreateBuilder<LineWish>();
        foreach (var (index, line) in body.Take(AssignPart.NumbersMax).Index())
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"assignments[{index}].");
            if (line is null)
            {
                errors.Add(at.TrimEnd('.'), "bad-json", "It is null.", "Leave it out.");
                continue;
            }

            if (NumberInput.Read(line.Number, site.Country, at + "number", out var number) is { } wrong)
                errors.Add(wrong);
            else if (!seen.TryAdd(number, index))
                errors.Add(at + "number", "named-twice", $"{number} already stands before.", "Name each number once.");
            wishes.Add(AssignmentInput.Wish(number, line.User, line.Handset, line.Space, errors, at));
        }

        return errors.Problem is { } problem ? problem : wishes.ToImmutable();
    }
}
