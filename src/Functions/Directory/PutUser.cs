using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>Creates a user of an account, or changes it.</summary>
public sealed class PutUser(DirectoryTable directory, DirectoryChanges changes, SiteChoice choice)
{
    [Function(nameof(PutUser))]
    [Demands(Permission.ManageAccountsAndUsers, MayBeNew = true)]
    [Summary("Create or change a user")]
    [Takes(typeof(UserBody))]
    [Answers(200, typeof(User)), Answers(201, typeof(User))]
    [Refuses("id-taken")]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "put", Route = "v1/accounts/{account}/users/{user}")] HttpRequest request,
        string user,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<UserBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        var (admitted, id) = (Admitted.Of(request), Id<User>.Parse(user));
        var owner = admitted.Operator;
        // As it is now: it may have been attached to a site elsewhere, or taken off one.
        var account = await directory.ExistingAccountAsync(owner, admitted.Account!.Id, ct);
        var stored = await directory.FindAsync(owner, account.Id, id, ct);
        var errors = new BodyErrors();
        CheckRole(account, body.Role, errors);
        var sites = await choice.CheckAsync(
            owner, admitted.Caller, stored?.Value.Sites ?? [], body.Sites ?? [], errors, ct);
        foreach (var foreign in sites.Where(
            site => account.Kind is AccountKind.Occupier && !account.Sites.Contains(site)))
            errors.Add("sites", "not-at-site", $"The account is not at '{foreign}'.",
                "Attach the account to the site first.");

        var wanted =
            new User(id, account.Id, errors.Line("name", body.Name), errors.Email("email", body.Email), body.Role,
            sites);
        return errors.Problem
            ?? DirectoryAnswers.Of(
                await changes.PutAsync(owner, wanted, precondition, ct), request, wanted, "user", user);
    }


    static void CheckRole(Account account, Role role, BodyErrors errors)
    {
        Role[] fitting = account.Kind is AccountKind.Operator
            ? [Role.OperatorAdmin, Role.OperatorUser]
            : [Role.OccupierAdmin, Role.OccupierUser];
        if (!fitting.Contains(role))
            errors.Add("role", "unfit-role", $"{role} does not fit this kind of account.",
                $"Send {string.Join(" or ", fitting)}.");
    }

    sealed record UserBody(
        [Length(1, BodyErrors.NameMax)] string Name,
        [Length(3, BodyErrors.EmailMax)] string Email,
        Role Role,
        [MaxLength(SiteChoice.SitesMax)] ImmutableArray<Id<Site>>? Sites = null);
}
