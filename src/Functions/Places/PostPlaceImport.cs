using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Places;

/// <summary>What was read of an import.</summary>
/// <param name="Entries">What can be put.</param>
/// <param name="Errors">What is wrong with the others.</param>
/// <param name="Count">All of them.</param>
/// <param name="Hash">
/// Of the bytes: what a later version of the app would read differently is the same request all the same.
/// </param>
sealed record PlaceLines(
    IReadOnlyList<PlaceEntry> Entries, IReadOnlyList<ProblemError> Errors, int Count, string Hash);

/// <summary>What an import of spaces, switches, ports and handsets came to, or would come to.</summary>
/// <param name="DryRun">Whether nothing was changed.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Created">How many were new.</param>
/// <param name="Changed">How many were there, and are otherwise now.</param>
/// <param name="Unchanged">How many were so already.</param>
/// <param name="Refused">How many could not go in.</param>
/// <param name="ErrorCount">How many errors these have.</param>
/// <param name="Errors">The first of them, by row or field.</param>
/// <param name="Operation">The operation that keeps this; absent for a dry run, which keeps nothing.</param>
sealed record PlaceImportView(
    bool DryRun, int Count, int Created, int Changed, int Unchanged, int Refused, int ErrorCount,
    ImmutableArray<ProblemError> Errors, string? Operation = null)
{
    public static PlaceImportView Of(PlacesImported places, RowErrors errors, bool dryRun = false) => new(
        dryRun, places.Count, places.Created, places.Changed, places.Unchanged, places.Refused, errors.Count,
        errors.Listed());
}

/// <summary>
/// Creates and changes many spaces, switches, ports and handsets, each by its id: those that can go in do, and the
/// others are named. JSON has any of them, and each finds what stands before it; a CSV file has one kind. What an
/// import leaves out, a member of JSON or a column of a file, stays as it is; null or an empty cell clears it. A repeat
/// answers what the first one came to, and puts nothing again; a dry run keeps nothing, and its key stays free.
/// </summary>
public sealed class PostPlaceImport(
    PlaceRequests requests, PlaceImport import, SitePartition sites, TimeProvider clock)
{
    const string Step = "import";

    /// <summary>So that an import is answered within the time that a request has.</summary>
    public const int RowsMax = 2_000;

    /// <param name="Spaces">Spaces, by their ids.</param>
    /// <param name="Switches">Switches, by their ids.</param>
    /// <param name="Ports">Ports, by their ids.</param>
    /// <param name="Handsets">Handsets, by their addresses.</param>
    internal sealed record Body(
        [MaxLength(RowsMax)] IReadOnlyList<SpaceLine>? Spaces = null,
        [MaxLength(RowsMax)] IReadOnlyList<SwitchLine>? Switches = null,
        [MaxLength(RowsMax)] IReadOnlyList<PortLine>? Ports = null,
        [MaxLength(RowsMax)] IReadOnlyList<HandsetLine>? Handsets = null);

    [Function(nameof(PostPlaceImport)), Demands(Permission.ManageNetwork)]
    [Summary("Import spaces, switches, ports and handsets")]
    [Takes(typeof(Body), Json.MediaType, Csv.MediaType)]
    [Query("kind", typeof(PlaceKind), "What the rows of a CSV file are; JSON says it itself.")]
    [Query("dryRun", typeof(bool), "Only say what would happen, and change nothing.")]
    [Answers(200, typeof(PlaceImportView))]
    [Refuses("bad-csv", "site-not-managed")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/places/imports")]
        HttpRequest request,
        CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || QueryFilter.Enum<PlaceKind>(request, "kind").Refused(out problem, out var kind)
            || QueryFilter.Flag(request, "dryRun").Refused(out problem, out var dryRun)
            || (await ReadAsync(request, kind, ct)).Refused(out problem, out var lines))
        {
            return problem;
        }

        var admitted = Admitted.Of(request);
        var operation = OperationRequest.Of(
            admitted, OperationKind.PlaceImport, request, key, clock.GetUtcNow(), $"{kind}", lines.Hash);
        var isDry = dryRun ?? false;

        // Looked up before anything is put: a late repeat must not undo what somebody has changed since.
        if (!isDry && await sites.FindAsync(operation.Id, ct) is { } earlier)
            return Answer(earlier, operation);
        if (await requests.ClosedAsync(admitted.Site!.Id, ct) is { } closed)
            return closed;

        var (places, errors) = await PutAsync(admitted, lines, isDry, ct);
        return isDry
            ? Json.Answer(PlaceImportView.Of(places, errors, dryRun: true))
            : Answer(await KeepAsync(operation, places, errors), operation);
    }

    /// <summary>What the first request with this key came to, when it asked for the same.</summary>
    static IResult Answer(Operation done, Operation asked) => done.Arguments == asked.Arguments
        ? Json.Answer(PlaceImportView.Of(done.Places!, done.Errors) with { Operation = done.Id.Value })
        : Problems.IdempotencyKeyReused();

    async Task<(PlacesImported Places, RowErrors Errors)> PutAsync(
        Admitted admitted, PlaceLines lines, bool dryRun, CancellationToken ct)
    {
        var site = admitted.Site!;
        var (fit, unfit) = await LeasesAsync(site, lines.Entries, ct);
        var tally = await import.RunAsync(
            site.Id, fit, admitted.MayAlso(Permission.ManageAccountsAndUsers), dryRun, ct);
        List<ProblemError> errors = [.. lines.Errors, .. unfit, .. tally.Errors];
        return (
            new(lines.Count, tally.Created, tally.Changed, tally.Unchanged), RowErrors.Of(errors.Count, errors));
    }

    /// <summary>
    /// Writes down what came of it, after all of it: an import is many transactions, and a repeat of one that was cut
    /// off in between has to put the rest. Also for a caller that has left: its repeat must find what was put.
    /// </summary>
    /// <returns>
    /// The operation as it is kept; what another request with the same key kept, when that was first.
    /// </returns>
    async Task<Operation> KeepAsync(Operation operation, PlacesImported places, RowErrors errors)
    {
        var work = new SiteWork(operation, Step, operation.At, _ => new PoolDecision.Accepted(SiteChange.None))
        {
            Note = (seen, _) => seen with
            {
                Places = places,
                Errors = errors,
                Reason = places.Refused == 0 ? null : new(
                    "rows-refused",
                    $"{places.Refused} of {places.Count} could not go in; 'errors' says which and why. Correct them "
                    + "and send them again, with a new Idempotency-Key."),
            },
        };
        return await sites.TransactAsync(work, CancellationToken.None) switch
        {
            SiteOutcome.Done done => done.Operation,
            SiteOutcome.KeyReused other => other.Operation,
            var outcome => throw new UnreachableException($"No place import comes to {outcome}."),
        };
    }

    static async Task<Checked<PlaceLines>> ReadAsync(HttpRequest request, PlaceKind? kind, CancellationToken ct)
    {
        if (Negotiation.IsUtf8(request.ContentType, Csv.MediaType))
        {
            return kind is { } one
                ? await PlaceFile.ReadAsync(request, one, ct)
                : Problems.BadParameter("kind", "It is missing.", "Say what the rows of the file are.");
        }

        if (!Negotiation.IsUtf8(request.ContentType, Json.MediaType))
            return Problems.UnsupportedMediaType(request.ContentType, $"{Json.MediaType} or {Csv.MediaType}");
        if (kind is not null)
            return Problems.BadParameter("kind", "JSON says itself what there is.", "Leave it out, or send CSV.");
        return await PlaceBody.ReadAsync(request, ct);
    }

    /// <summary>Those without the spaces that are leased to an account that is not at the site.</summary>
    async Task<(List<PlaceEntry> Fit, List<ProblemError> Errors)> LeasesAsync(
        Site site, IReadOnlyList<PlaceEntry> entries, CancellationToken ct)
    {
        var tenants = new Dictionary<Id<Account>, Problem?>();
        var (fit, errors) = (new List<PlaceEntry>(), new List<ProblemError>());
        foreach (var entry in entries)
        {
            if (entry.Item is not Space { LeasedTo: { } tenant })
            {
                fit.Add(entry);
                continue;
            }

            if (!tenants.TryGetValue(tenant, out var unfit))
                unfit = tenants[tenant] = await requests.LeaseAsync(site, tenant, "leasedTo", ct);
            if (unfit is null)
                fit.Add(entry);
            else
                errors.Add(entry.At(unfit.Errors is [var error]
                    ? error
                    : ProblemError.OfField("leasedTo", unfit.Code, unfit.Detail)));
        }

        return (fit, errors);
    }
}
