using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Tasks;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Tasks;

/// <summary>
/// What a site's operator asked the platform for and what the app opened for its accounts: to the operator its
/// requests, to the platform its tasks.
/// </summary>
public sealed class TaskFunctions(SiteQueries sites)
{
    /// <summary>
    /// Rows read for one page; a filter that lets little through ends the page early, with a way to go on.
    /// </summary>
    const int RowsMax = 5_000;

    /// <summary>In the order of their ids, which is no order in time.</summary>
    [Function("GetRequests"), Demands(Permission.RequestNumbers)]
    [Summary("List what the platform was asked for")]
    [Query("kind", typeof(TaskKind), "Only requests of this kind.")]
    [Query("state", typeof(TaskState), "Only requests in this state.")]
    [Query("account", typeof(Id<Account>), "Only requests for this account.")]
    [Answers(200, typeof(Page<TaskView>))]
    public Task<IResult> Requests(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/requests")] HttpRequest request,
        CancellationToken ct) => ListAsync(request, ct);

    /// <summary>With what became of it.</summary>
    [Function("GetRequest"), Demands(Permission.RequestNumbers)]
    [Summary("Read what the platform was asked for")]
    [Answers(200, typeof(TaskView))]
    public Task<IResult> Request(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/requests/{id}")]
        HttpRequest request, string id, CancellationToken ct) => FindAsync(request, id, ct);

    /// <summary>In the order of their ids, which is no order in time.</summary>
    [Function("GetTasks"), Demands(Permission.AnswerTasks)]
    [Summary("List the platform's tasks at a site")]
    [Query("kind", typeof(TaskKind), "Only tasks of this kind.")]
    [Query("state", typeof(TaskState), "Only tasks in this state.")]
    [Query("account", typeof(Id<Account>), "Only tasks for this account.")]
    [Answers(200, typeof(Page<TaskView>))]
    public Task<IResult> Tasks(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/tasks")] HttpRequest request,
        CancellationToken ct) => ListAsync(request, ct);

    /// <summary>With what was answered.</summary>
    [Function("GetTask"), Demands(Permission.AnswerTasks)]
    [Summary("Read a task of the platform's")]
    [Answers(200, typeof(TaskView))]
    public Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/tasks/{id}")]
        HttpRequest request, string id, CancellationToken ct) => FindAsync(request, id, ct);

    async Task<IResult> ListAsync(HttpRequest request, CancellationToken ct)
    {
        var site = Admitted.Of(request).Site!.Id;
        if (Paging.Of(request).Refused(out var problem, out var paging)
            || QueryFilter.Enum<TaskKind>(request, "kind").Refused(out problem, out var kind)
            || QueryFilter.Enum<TaskState>(request, "state").Refused(out problem, out var state)
            || QueryFilter.Id<Account>(request, "account").Refused(out problem, out var account))
        {
            return problem;
        }

        OperationId? after = null;
        if (paging.After is { } token)
        {
            if (!OperationId.TryParse(token, out var last) || last.Site != site)
                return Paging.BadAfter();
            after = last;
        }

        var page = await Page<TaskView>.TakeAsync(
            sites.TasksAsync(site, after, ct).Select(stored => stored.Task), Shows, TaskView.Of,
            task => task.Id.Value, paging.Top, RowsMax, ct);
        return page.Answer(request);

        bool Shows(PlatformTask task) =>
            (kind is null || task.Kind == kind)
            && (state is null || task.State == state)
            && (account is null || task.Account == account);
    }

    async Task<IResult> FindAsync(HttpRequest request, string id, CancellationToken ct) =>
        await sites.TaskAsync(Admitted.Of(request).Site!.Id, id, ct) is { } found
            ? Json.Answer(TaskView.Of(found.Task))
            : Problems.NotFound();
}
