using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>The users of an account.</summary>
public sealed class GetUsers(DirectoryTable directory)
{
    [Function(nameof(GetUsers))]
    [Demands(Permission.ReadDirectory)]
    [Summary("List an account's users")]
    [Query("role", typeof(Role), "Only users with this role.")]
    [Answers(200, typeof(Page<User>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{account}/users")] HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterId<User>().Refused(out problem, out var after)
            || QueryFilter.Enum<Role>(request, "role").Refused(out problem, out var role))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var users = directory.UsersAsync(admitted.Operator, admitted.Account!.Id, after, paging.Rows, ct)
            .Where(user => role is null || user.Role == role);
        return (await Page<User>.TakeAsync(users, paging.Top, user => user.Id.Value, ct)).Answer(request);
    }
}
