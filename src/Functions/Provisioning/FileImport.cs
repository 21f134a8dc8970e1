using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Provisioning;

/// <summary>
/// An import of a file: good rows go in, bad ones are named, unless it is strict. Which rows the site's numbers are in
/// the way of is decided in the transaction that puts the others in.
/// </summary>
sealed class FileImport(
    SitePartition sites, NumberImport import, DirectoryTable directory, TimeProvider clock)
{
    public const int BytesMax = 8 * 1024 * 1024;

    public async Task<IResult> AnswerAsync(
        HttpRequest request, IdempotencyKey key, ImportMode mode, CancellationToken ct)
    {
        if (request.ContentLength > BytesMax)
            return Problems.BodyTooLarge(BytesMax);

        var admitted = Admitted.Of(request);
        var site = admitted.Site!;
        await using var body = new CsvBody(request.Body, BytesMax);
        var reader = new ImportFileReader(site, (account, stop) => InTheWayOfAsync(site, account, stop));
        if ((await reader.ReadAsync(body, ct)).Refused(out var problem, out var file))
            return problem;

        var now = clock.GetUtcNow();
        var shown = new Provision(OperationRequest.Preview(admitted, now), file.Lines, BadLines.LeaveOut);
        if (mode.DryRun)
            return Json.Answer(await PreviewAsync(site.Id, file, shown, mode, ct));

        // Of the bytes: what a later version of the app would read differently is the same request all the same.
        var operation = OperationRequest.Of(
            admitted, OperationKind.Import, request, key, now, Csv.MediaType, $"{mode.Strict}", body.Hash);
        if (file.Lines.IsEmpty || (mode.Strict && file.ErrorCount > 0))
        {
            return await OperationAnswers.RepeatOrAsync(
                request, sites, operation, await RefusedAsync(site.Id, file, shown, ct), ct);
        }

        var outcome = await import.ImportAsync(
            operation, now, Wish(shown with { Order = operation.Order(now) }, mode.Strict),
            (seen, change) => seen with
            {
                Reason = file.Reason(change.LeftOut),
                Errors = file.With(change.LeftOut),
            }, ct);
        return outcome is SiteOutcome.Refused refused
            ? Refused(file, refused.Refusals)
            : OperationAnswers.Of(request, outcome);
    }

    static ImportWish Wish(Provision command, bool strict) => new(
        (state, elsewhere) => PoolDecider.Decide(state, command with { Elsewhere = elsewhere }) switch
        {
            PoolDecision.Accepted { Change.LeftOut: { IsEmpty: false } bad } when strict =>
                new PoolDecision.Refused([.. bad]),
            var decision => decision,
        }, strict);

    async Task<ImportPreview> PreviewAsync(
        Id<Site> site, ImportFile file, Provision command, ImportMode mode, CancellationToken ct)
    {
        if (file.Lines.IsEmpty || (mode.Strict && file.ErrorCount > 0))
            return ImportPreview.Of(site, await RefusedAsync(site, file, command, ct));

        return await import.PreviewAsync(site, Wish(command, mode.Strict), ct) switch
        {
            PoolDecision.Accepted { Change: var change } => ImportPreview.Of(
                site, change.Changed.Count, file.Reason(change.LeftOut, dryRun: true), file.With(change.LeftOut)),
            var decision => ImportPreview.Of(site, Refused(file, ((PoolDecision.Refused)decision).Refusals)),
        };
    }

    /// <summary>
    /// Why nothing goes in though the site was not asked: its numbers are named as well, so that one look is enough.
    /// </summary>
    async Task<Problem> RefusedAsync(Id<Site> site, ImportFile file, Provision command, CancellationToken ct)
    {
        if (file.Lines.IsEmpty)
            return Refused(file, []);

        return Refused(file, await import.PreviewAsync(site, Wish(command, strict: false), ct) switch
        {
            PoolDecision.Accepted accepted => [.. accepted.Change.LeftOut],
            var refused => ((PoolDecision.Refused)refused).Refusals,
        });
    }

    static Problem Refused(ImportFile file, ImmutableArray<Refusal> refusals)
    {
        if (refusals is [Refusal.TooManyBlocks tooMany])
        {
            return Refusals.Problem(refusals) with
            {
                Detail = $"The rows that could go in lie in {tooMany.Touched} blocks of 100; one import may change "
                    + $"{PoolDecider.BlocksMax}. Nothing was changed. Split the file, and send each part with an "
                    + "Idempotency-Key of its own.",
            };
        }

        List<Refusal.OfNumber> inTheWay = [.. refusals.OfType<Refusal.OfNumber>()];
        if (file.RowCount == 0)
            return Problems.BadCsv(CsvErrors.NoRows("number, or range"));

        var bad = file.RowCount - file.Lines.Length + inTheWay.Count;
        var errors = file.With(inTheWay);
        return Problems.RowsRefused(
            $"{bad} of {file.RowCount} rows have errors; 'errors' says which and why.", errors.Count,
            errors.Listed());
    }

    async Task<ProblemError?> InTheWayOfAsync(Site site, Id<Account> account, CancellationToken ct)
    {
        const string Field = ImportColumns.Earmark;
        if (!(await AccountsAtSite.FindAsync(directory, site, account, Field, ct)).Refused(out var problem, out _))
            return null;

        return problem.Errors is [var error] ? error : ProblemError.OfField(
            Field, problem.Code, $"'{account}' is not attached to '{site.Id}'.", "Add the site to the account first.");
    }
}
