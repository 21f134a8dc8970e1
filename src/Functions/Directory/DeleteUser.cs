using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>Removes a user; the id may be given again.</summary>
public sealed class DeleteUser(DirectoryTable directory, DirectoryChanges changes)
{
    [Function(nameof(DeleteUser))]
    [Demands(Permission.ManageAccountsAndUsers)]
    [Summary("Remove a user")]
    [Answers(204)]
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

        return await changes.DeleteAsync(admitted.Operator, stored, precondition, ct) is PutResult.Stored
            ? Results.NoContent()
            : Problems.PreconditionFailed("user");
    }

}
