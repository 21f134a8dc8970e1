using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Pool;
using Telephony.Domain.Tasks;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tasks;

/// <summary>The platform says what became of a task.</summary>
public sealed class PostTaskAnswer(SitePartition sites, SiteQueries queries, TimeProvider clock)
{
    public const string Step = "answer";

    /// <summary>Answers that may come in between; a task is answered once, so the second look sees an end.</summary>
    const int AttemptsMax = 4;

    /// <param name="Note">What there is to say about it.</param>
    internal sealed record DoneBody([Length(1, NumberChange.NoteMax)] string? Note = null);

    /// <param name="Reason">Why it is not done: the operator reads it.</param>
    internal sealed record RefuseBody([Length(1, NumberChange.NoteMax)] string Reason);

    /// <summary>Says that it is done. What was done shows elsewhere, such as in the site's list of numbers.</summary>
    [Function("PostTaskDone"), Demands(Permission.AnswerTasks)]
    [Summary("Say that a task is done")]
    [Takes(typeof(DoneBody))]
    [Answers(200, typeof(TaskView))]
    [Refuses("site-not-managed", "task-answered")]
    public async Task<IResult> Done(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/tasks/{id}/done")]
        HttpRequest request, string id, CancellationToken ct)
    {
        if ((await Json.ReadAsync<DoneBody>(request, ct)).Refused(out var problem, out var body)
            || Reasons.Note(body.Note).Refused(out problem, out var note))
        {
            return problem;
        }

        return await AnswerAsync(request, id, note.Text ?? "", by => new TaskAnswer.Finish(by, note.Text), ct);
    }

    /// <summary>Says that it will not be done, and why.</summary>
    [Function("PostTaskRefuse"), Demands(Permission.AnswerTasks)]
    [Summary("Refuse a task")]
    [Takes(typeof(RefuseBody))]
    [Answers(200, typeof(TaskView))]
    [Refuses("site-not-managed", "task-answered")]
    public async Task<IResult> Refuse(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/tasks/{id}/refuse")]
        HttpRequest request, string id, CancellationToken ct)
    {
        if ((await Json.ReadAsync<RefuseBody>(request, ct)).Refused(out var problem, out var body))
            return problem;
        var errors = new BodyErrors();
        var reason = errors.Line("reason", body.Reason, NumberChange.NoteMax);
        return errors.Problem
            ?? await AnswerAsync(request, id, reason, by => new TaskAnswer.Refuse(by, reason), ct);
    }

    async Task<IResult> AnswerAsync(
        HttpRequest request, string id, string argument, Func<Signature, TaskAnswer> answer, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key))
            return problem;

        var now = clock.GetUtcNow();
        var operation = OperationRequest.Of(admitted, OperationKind.Answer, request, key, now, argument);
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            if (await queries.TaskAsync(admitted.Site!.Id, id, ct) is not { } found)
                return Problems.NotFound();

            var decision = TaskDecider.Decide(found.Task, answer(new(operation.Actor.User, now)));
            var outcome = await sites.TransactAsync(
                new(operation with { Account = found.Task.Account }, Step, now, s => PoolDecider.Decide(s, decision))
                {
                    Beside = _ => Rows(decision, found),
                }, ct);
            switch (outcome)
            {
                // An earlier try wrote another time than this one would have: it is read, and answered as it is.
                case SiteOutcome.Done { Replayed: true } when decision is TaskDecision.Accepted:
                    break;
                case SiteOutcome.Done:
                    return Json.Answer(TaskView.Of((decision as TaskDecision.Accepted)?.Next ?? found.Task));
                case SiteOutcome.Refused refused:
                    return Refusals.Problem(refused.Refusals);
                case SiteOutcome.KeyReused:
                    return Problems.IdempotencyKeyReused();
                case SiteOutcome.BesideMoved:
                    break;
                default:
                    throw new UnreachableException($"No answer for {outcome}.");
            }
        }

        throw new SiteBusyException($"Other answers to {id} came first {AttemptsMax} times in a row.");
    }

    static IReadOnlyList<RowChange> Rows(TaskDecision decision, StoredTask found) =>
        decision is TaskDecision.Accepted accepted
            ? [new RowChange.Merge(TaskRow.Write(accepted.Next, found.ETag))]
            : [];
}
