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

/// <summary>Creates an operator with its own account, or renames both.</summary>
public sealed class PutOperator(DirectoryChanges changes)
{
    [Function(nameof(PutOperator))]
    [Demands(Permission.ManageSitesAndOperators, MayBeNew = true)]
    [Summary("Create or rename an operator")]
    [Takes(typeof(OperatorBody))]
    [Answers(200, typeof(Operator)), Answers(201, typeof(Operator))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/operators/{operator}")] HttpRequest request,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<OperatorBody>(request, ct)).Refused(out var problem, out var body)
            || Precondition.Of(request).Refused(out problem, out var precondition))
        {
            return problem;
        }

        var errors = new BodyErrors();
        var owner = new Operator(
            Id<Operator>.Parse((string)request.RouteValues["operator"]!), errors.Line("name", body.Name));
        return errors.Problem
            ?? DirectoryAnswers.Of(
                await changes.PutAsync(owner, precondition, ct), request, owner, "operator", owner.Id.Value);
    }


    sealed record OperatorBody([Length(1, BodyErrors.NameMax)] string Name);
}
