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

/// <summary>Puts numbers that the platform provisions into a site's pool: all of them, or none.</summary>
public sealed class PostImport(SitePartition sites, DirectoryTable directory, TimeProvider clock)
{
    public const string Step = "import";

    /// <summary>Imports may be longer than other requests: a line for each number of 97 blocks.</summary>
    const int BodyBytesMax = 4 * 1024 * 1024;

    /// <param name="Lines">Numbers of one sort each; 1 to 9,700.</param>
    internal sealed record Body([Length(1, NumberInput.ListMax)] IReadOnlyList<Line> Lines);

    /// <param name="Numbers">Which ones; or else a range.</param>
    /// <param name="Range">Which ones; or else a list.</param>
    /// <param name="Kind">What sort they are.</param>
    /// <param name="Nominated">Whether they are nominated as main numbers.</param>
    /// <param name="Earmark">The only account that may have them.</param>
    internal sealed record Line(
        [Length(1, NumberInput.ListMax)] IReadOnlyList<string>? Numbers = null,
        RangeInput? Range = null,
        NumberKind Kind = NumberKind.Standard,
        bool Nominated = false,
        Id<Account>? Earmark = null);

    [Function(nameof(PostImport)), Demands(Permission.Provision)]
    [Summary("Import numbers into a site's pool")]
    [Takes(typeof(Body), BytesMax = BodyBytesMax)]
    [Answers(201, typeof(OperationView))]
    [Refuses("account-not-at-site", "numbers-refused", "too-many-blocks")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/imports")] HttpRequest request,
        CancellationToken ct)
    {
        var admitted = Admitted.Of(request);
        if (IdempotencyKey.Of(request).Refused(out var problem, out var key)
            || (await Json.ReadAsync<Body>(request, ct, BodyBytesMax)).Refused(out problem, out var body)
            || Lines(admitted.Site!, body).Refused(out problem, out var lines))
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var arguments = lines.Select(line => $"{line.Numbers}|{line.Kind}|{line.Nominated}|{line.Earmark}");
        var operation = OperationRequest.Of(admitted, OperationKind.Import, request, key, now, [.. arguments]);
        if (await EarmarksAsync(admitted.Site!, lines, ct) is { } unknown)
            return await OperationAnswers.RepeatOrAsync(request, sites, operation, unknown, ct);

        var command = new Provision(lines);
        var outcome = await sites.TransactAsync(
            new(operation, Step, now, site => PoolDecider.Decide(site, command)), ct);
        return OperationAnswers.Of(request, outcome);
    }

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

            lines.Add(new(numbers, line.Kind, line.Nominated, line.Earmark));
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
