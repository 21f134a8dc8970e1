using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Provisioning;

/// <summary>
/// Puts numbers that the platform provisions into a site's pool, none of which another site has. JSON goes in whole or
/// not at all; of a CSV file the good rows go in and the bad ones are named, unless it is strict.
/// </summary>
public sealed class PostImport(
    SitePartition sites, NumberImport import, DirectoryTable directory, TimeProvider clock)
{
    /// <param name="Lines">Numbers of one sort each; 1 to 9,700.</param>
    internal sealed record Body([Length(1, NumberInput.ListMax)] IReadOnlyList<Line> Lines);

    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    /// <param name="Kind">What sort they are.</param>
    /// <param name="Nominated">Whether they are nominated as main numbers.</param>
    /// <param name="Earmark">The only account that may have them.</param>
    /// <param name="State">How they come in.</param>
    internal sealed record Line(
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null,
        NumberKind Kind = NumberKind.Standard,
        bool Nominated = false,
        Id<Account>? Earmark = null,
        ImportedAs State = ImportedAs.Available);

    [Function(nameof(PostImport)), Demands(Permission.Provision)]
    [Summary("Import numbers into a site's pool")]
    [Takes(typeof(Body), Json.MediaType, Csv.MediaType, BytesMax = FileImport.BytesMax)]
    [Query("strict", typeof(bool), "One bad row of a CSV file keeps all rows out; JSON is always taken so.")]
    [Query("dryRun", typeof(bool), "Only say what would happen, and change nothing.")]
    [Answers(200, typeof(ImportPreview)), Answers(201, typeof(OperationView))]
    [Refuses("account-not-at-site", "bad-csv", "numbers-refused", "rows-refused", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/imports")] HttpRequest request,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || ImportMode.Of(request).Refused(out problem, out var mode))
        {
            return problem;
        }

        return mode.IsFile
            ? await new FileImport(sites, import, directory, clock).AnswerAsync(request, key, mode, ct)
            : await OfJsonAsync(request, key, mode, ct);
    }

    async Task<IResult> OfJsonAsync(HttpRequest request, IdempotencyKey key, ImportMode mode, CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if ((await Json.ReadAsync<Body>(request, ct, FileImport.BytesMax)).Refused(out var problem, out var body)
            || Lines(admitted.Site!, body).Refused(out problem, out var lines))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var arguments = lines.Select(Argument);
        var operation = OperationRequest.Of(admitted, OperationKind.Import, request, key, now, [.. arguments]);
        var unknown = await EarmarksAsync(admitted.Site!, lines, ct);
        if (unknown is not null && !mode.DryRun)
            return await OperationAnswers.RepeatOrAsync(request, sites, operation, unknown, ct);

        if (mode.DryRun)
        {
            return Json.Answer(await PreviewAsync(
                admitted.Site!.Id, new(OperationRequest.Preview(admitted, now), lines), unknown, ct));
        }

        var command = new Provision(operation.Order(now), lines);
        var outcome = await import.ImportAsync(operation, now, Wish(command), note: null, ct);
        return OperationAnswers.Of(request, outcome);
    }

    async Task<ImportPreview> PreviewAsync(
        Id<Site> site, Provision command, Problem? unknown, CancellationToken ct)
    {
        if (unknown is not null)
            return ImportPreview.Of(site, unknown);

        return await import.PreviewAsync(site, Wish(command), ct) switch
        {
            PoolDecision.Accepted accepted =>
                ImportPreview.Of(site, accepted.Change.Changed.Count, null, RowErrors.None),
            var decision => ImportPreview.Of(
                site, Refusals.Problem(((PoolDecision.Refused)decision).Refusals)),
        };
    }

    static ImportWish Wish(Provision command) => new(
        (site, elsewhere) => PoolDecider.Decide(site, command with { Elsewhere = elsewhere }), AllOrNone: true);

    /// <summary>A line that says nothing of a state is hashed as before lines could say one.</summary>
    static string Argument(ProvisionLine line) =>
        $"{line.Numbers}|{line.Kind}|{line.Nominated}|{line.Earmark}"
        + (line.As is NumberState.Available ? "" : $"|{line.As}");

    static Checked<ImmutableArray<ProvisionLine>> Lines(Site site, Body body)
    {
        if (body.Lines.Count is 0 or > NumberInput.ListMax)
        {
            return Problems.Invalid(ProblemError.OfField(
                "lines", "out-of-range", $"It has {body.Lines.Count} lines.",
                $"Send 1 to {NumberInput.ListMax} lines."));
        }

        var lines = ImmutableArray.CreateBuilder<ProvisionLine>(body.Lines.Count);
        for (var i = 0; i < body.Lines.Count; i++)
        {
            if (body.Lines[i] is not { } line)
                return Problems.BadJson(Field(i), "It is null.", "Leave it out.");
            if (NumberInput.Read(line.Numbers, line.Range, site.Country, $"{Field(i)}.")
                .Refused(out var problem, out var numbers))
            {
                return problem;
            }

            lines.Add(new(numbers, line.Kind, line.Nominated, line.Earmark, line.State.Of()));
        }

        return lines.MoveToImmutable();
    }

    /// <summary>The first earmark that names no account of the site; null when all do.</summary>
    async Task<Problem?> EarmarksAsync(Site site, ImmutableArray<ProvisionLine> lines, CancellationToken ct)
    {
        var known = new HashSet<Id<Account>>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Earmark is { } earmark && known.Add(earmark)
                && (await AccountsAtSite.FindAsync(directory, site, earmark, $"{Field(i)}.earmark", ct))
                    .Refused(out var problem, out _))
            {
                return problem;
            }
        }

        return null;
    }

    static string Field(int line) => string.Create(CultureInfo.InvariantCulture, $"lines[{line}]");
}
