using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Functions.Http;

namespace Telephony.Functions.Directory;

/// <summary>Finds an account that a body names, and holds it to be one that works at the site.</summary>
static class AccountsAtSite
{
    public static async Task<Checked<Account>> FindAsync(
        DirectoryTable directory, Site site, Id<Account> id, string field, CancellationToken ct)
    {
        var account = await directory.AccountAsync(site.Operator, id, ct);
        if (account?.IsAt(site) != true)
            account = await directory.AccountAsync(site.Operator, id, ct, fresh: true);
        if (account is null)
        {
            return Problems.Invalid(ProblemError.OfField(
                field, "unknown-account", $"The site's operator has no account '{id}'.",
                    "Check the id, or create the account."));
        }

        return account.IsAt(site) ? account : Problems.AccountNotAtSite(account.Id.Value, site.Id.Value);
    }
}
