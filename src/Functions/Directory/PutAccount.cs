using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Directory;

/// <summary>Creates an occupier, renames it, or changes the sites that it is attached to.</summary>
public sealed class PutAccount(
    DirectoryTable directory, DirectoryChanges changes, SiteChoice choice, SitePartition partition, PlaceTable places)
{
    [Function(nameof(PutAccount))]
    [Demands(Permission.ManageAccountsAndUsers, MayBeNew = true)]
    [Summary("Create or change an occupier")]
    [Takes(typeof(AccountBody))]
    [Answers(200, typeof(Account)), Answers(201, typeof(Account))]
    [Refuses("operators-own-account")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/accounts/{account}")] HttpRequest request,
        string account,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<AccountBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        var (admitted, id) = (Admitted.Of(request), Id<Account>.Parse(account));
        var (owner, stored) = (admitted.Operator, await directory.FindAsync(admitted.Operator, id, ct));
        if (account == owner.Value)
            return Problems.OperatorsOwnAccount(account);

        var errors = new BodyErrors();
        var sites = await choice.CheckAsync(owner, admitted.Caller, stored?.Value.Sites ?? [], body.Sites, errors, ct);
        await RefuseLeftBehindAsync(id, (stored?.Value.Sites ?? []).Except(sites), errors, ct);
        var wanted = new Account(id, owner, AccountKind.Occupier, errors.Line("name", body.Name), sites);
        return errors.Problem
            ?? DirectoryAnswers.Of(
                await changes.PutAsync(wanted, precondition, ct), request, wanted, "account", account);
    }

    /// <summary>
    /// An account leaves a site with nothing there: what it still had would be in no list of its own any more.
    /// </summary>
    async Task RefuseLeftBehindAsync(
        Id<Account> account, IEnumerable<Id<Site>> removed, BodyErrors errors, CancellationToken ct)
    {
        foreach (var site in removed)
        {
            RefuseNumbers(await partition.ReadAsync(site, ct), site, account, errors);
            if (await places.AllAsync(site, PlaceKind.Space, null, ct)
                .AnyAsync(stored => ((Space)stored.Placed.Item).LeasedTo == account, ct))
            {
                errors.Add(
                    "sites", "account-has-spaces", $"It leases spaces at '{site}'.",
                    "End these leases first, or keep the site in the list.");
            }
        }
    }

    /// <summary>Its holding counts what was allocated to it; what else is its own has to be looked for.</summary>
    static void RefuseNumbers(SiteState state, Id<Site> site, Id<Account> account, BodyErrors errors)
    {
        var holding = state.Holding(account);
        if (holding.HasNumbers || holding.Services.Count > 0)
        {
            errors.Add(
                "sites", "account-has-numbers",
                $"It has {holding.DirectNumbers} numbers{(holding.Main is null ? "" : ", a main number")} and "
                + $"{holding.Services.Count} services at '{site}'.",
                "Close the account at that site first, or keep the site in the list.");
        }

        if (CountIn(NumberState.Held) is > 0 and var held)
        {
            errors.Add(
                "sites", "account-has-holds", $"Numbers that are held for it at '{site}': {held}.",
                "End its holds or let them lapse first, or keep the site in the list.");
        }

        if (CountIn(NumberState.PortingOut) is > 0 and var leaving)
        {
            errors.Add(
                "sites", "account-has-port-outs", $"Numbers of it that are being ported out of '{site}': {leaving}.",
                "Wait until the platform has completed or cancelled these ports, or keep the site in the list.");
        }

        int CountIn(NumberState wanted) => state.Pool.Blocks.Sum(
            block => block.Where(block.Of(account), number => number.State == wanted).Count);
    }

    sealed record AccountBody(
        [Length(1, BodyErrors.NameMax)] string Name,
        [MaxLength(SiteChoice.SitesMax)] ImmutableArray<Id<Site>> Sites);
}
