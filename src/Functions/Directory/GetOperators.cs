using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Directory;

/// <summary>All operators for the platform; everybody else gets their own.</summary>
public sealed class GetOperators(DirectoryTable directory)
{
    [Function(nameof(GetOperators))]
    [Demands(Permission.ReadDirectory, AllOperators = true)]
    [Summary("List the operators")]
    [Answers(200, typeof(Page<Operator>))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/operators")] HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || paging.AfterId<Operator>().Refused(out problem, out var after))
        {
            return problem;
        }

        var caller = Admitted.Of(request).Caller;
        var operators = caller.Operator is { } own
            ? Own(await directory.OperatorAsync(own, ct), after)
            : directory.OperatorsAsync(after, paging.Rows, ct);
        return (await Page<Operator>.TakeAsync(operators, paging.Top, owner => owner.Id.Value, ct)).Answer(request);
    }


    static IAsyncEnumerable<Operator> Own(Operator? own, Id<Operator>? after) =>
        own is null || after?.CompareTo(own.Id) >= 0
            ? AsyncEnumerable.Empty<Operator>()
            : new[] { own }.ToAsyncEnumerable();
}
