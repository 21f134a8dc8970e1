using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Audits;

/// <summary>Has a site looked at, and shows what was found.</summary>
public sealed class AuditFunctions(
    SiteAudit audits, SitePartition sites, SiteQueries queries, TimeProvider clock)
{
    /// <param name="Note">Why it is wanted, for who reads the report.</param>
    internal sealed record AuditBody([Length(1, NumberChange.NoteMax)] string? Note = null);

    /// <summary>
    /// Looks at all that is written down of a site, and keeps the report. It mends nothing. The newest 30 reports are
    /// kept.
    /// </summary>
    [Function("PostAudit"), Demands(Permission.Audit)]
    [Summary("Audit a site")]
    [Takes(typeof(AuditBody))]
    [Answers(201, typeof(AuditView))]
    public async Task<IResult> Post(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/audits")] HttpRequest request,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<AuditBody>(request, ct)).Refused(out problem, out var body)
            || Reasons.Note(body.Note).Refused(out problem, out var note))
        {
            return problem;
        }

        var operation = OperationRequest.Of(
            admitted, OperationKind.Audit, request, key, clock.GetUtcNow(), note.Text ?? "") with
        {
            Note = note.Text,
        };
        // Looked up first: a repeat need not look at the whole site again.
        var earlier = await sites.FindAsync(operation.Id, ct);
        if (earlier is not null && earlier.Arguments != operation.Arguments)
            return Problems.IdempotencyKeyReused();
        var came = earlier is null
            ? await audits.AuditAsync(admitted.Site!, operation, ct)
            : await audits.KeptAsync(operation.Id, ct);
        if (came.Refused(out problem, out var report))
            return problem;

        request.HttpContext.Response.Headers.Location = $"{request.Path}/{report.Id.Hash}";
        return Json.Answer(AuditView.Of(report), StatusCodes.Status201Created);
    }

    /// <summary>Newest first, without the findings.</summary>
    [Function("GetAudits"), Demands(Permission.Audit)]
    [Summary("List a site's audits")]
    [Answers(200, typeof(Page<AuditView>))]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/audits")] HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging))
            return problem;

        // All that are kept fit one page of storage: they are put in order here.
        var reports = (await queries.AuditsAsync(Admitted.Of(request).Site!.Id, ct)).Select(stored => stored.Report)
            .ToList();
        var start = paging.After is null ? 0 : reports.FindIndex(report => report.Id.Hash == paging.After) + 1;
        if (paging.After is not null && start == 0)
            return Paging.BadAfter();

        var page = await Page<AuditView>.TakeAsync(
            reports.Skip(start).Select(AuditView.InList).ToAsyncEnumerable(), paging.Top, view => view.Id, ct);
        return page.Answer(request);
    }

    /// <summary>With its findings, what matters most first.</summary>
    [Function("GetAudit"), Demands(Permission.Audit)]
    [Summary("Read an audit's report")]
    [Answers(200, typeof(AuditView))]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/sites/{site}/audits/{id}")]
        HttpRequest request, string id, CancellationToken ct) =>
        await queries.AuditAsync(Admitted.Of(request).Site!.Id, id, ct) is { } stored
            ? Json.Answer(AuditView.Of(stored.Report))
            : Problems.NotFound();
}
