using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>One user of an account.</summary>
public sealed class GetUser(DirectoryTable directory)
{
    [Function(nameof(GetUser))]
    [Demands(Permission.ReadDirectory)]
    [Summary("Read a user")]
    [Answers(200, typeof(User))]
    public async Task<IResult> Run(
        [HttpTrigger(
            AuthorizationLevel.Anonymous, "get", Route = "v1/accounts/{account}/users/{user}")] HttpRequest request,
        string user,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        return DirectoryAnswers.Of(
            await directory.FindAsync(admitted.Operator, admitted.Account!.Id, Id<User>.Parse(user), ct), request);
    }

}
