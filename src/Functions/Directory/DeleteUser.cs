using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Directory;

/// <summary>Removes a user; the id may be given again.</summary>
public sealed class DeleteUser(DirectoryTable directory, DirectoryChanges changes, SiteQueries sites)
{
    [Function(nameof(DeleteUser))]
    [Demands(Permission.ManageAccountsAndUsers)]
    [Summary("Remove a user")]
    [Answers(204)]
    [Refuses("user-has-numbers")]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "delete", Route = "v1/accounts/{account}/users/{user}")] HttpRequest request,
        string user,
        CancellationToken ct)
    {
        if (Precondition.Of(request).Refused(out var problem, out var precondition))
            return problem;

        var admitted = Admitted.Of(request);
        if (await directory.FindAsync(
            admitted.Operator, admitted.Account!.Id, Id<User>.Parse(user), ct) is not { } stored)
            return Problems.NotFound();

        if (!precondition.HoldsFor(stored.Version))
            return Problems.PreconditionFailed("user");

        var (numbers, claim) = (await NumbersAsync(admitted.Operator, stored.Value, ct), (TableEntity?)null);
        if (numbers.Count == 0)
        {
            claim = await changes.MarkLeavingAsync(admitted.Operator, stored.Value.Id, isLeaving: true, ct);
            // Once more, for who gave the user a number while we looked.
            numbers = await NumbersAsync(admitted.Operator, stored.Value, ct);
        }

        if (numbers.Count == 0
            && await changes.DeleteAsync(admitted.Operator, stored, claim, ct) is PutResult.Stored)
        {
            return Results.NoContent();
        }

        // Whoever said that the user leaves: one who stays can have numbers. It must not stay so because a caller left.
        await changes.MarkLeavingAsync(admitted.Operator, stored.Value.Id, isLeaving: false, CancellationToken.None);
        return numbers.Count > 0 ? Problems.UserHasNumbers([.. numbers]) : Problems.PreconditionFailed("user");
    }

    /// <summary>The numbers that the user has, at all sites where the account works.</summary>
    async Task<List<ProblemError>> NumbersAsync(Id<Operator> owner, User user, CancellationToken ct)
    {
        // Each time as it is now: who was attached to a site elsewhere a moment ago can have numbers there already.
        var account = await directory.ExistingAccountAsync(owner, user.Account, ct);
        var numbers = new List<ProblemError>();
        var all = directory.SitesAsync(owner, null, TableLimits.PageRowsMax, ct);
        await foreach (var site in all.Where(account.IsAt).WithCancellation(ct))
        {
            numbers.AddRange((await sites.NumbersOfAsync(site.Id, user.Id, ct)).Order().Select(number =>
                ProblemError.OfNumber(
                    number.ToString(), "assigned", $"It is assigned to '{user.Id}' at '{site.Id}'.",
                    "Unassign it first, or assign it to somebody else.")));
        }

        return numbers;
    }
}
