using System.Diagnostics;
using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Audits;
using Telephony.Domain.Directory;
using Telephony.Domain.Pool;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Audits;

/// <summary>Looks at a site as it is written down, and keeps what it found. It changes nothing else.</summary>
public sealed class SiteAudit(
    SitePartition sites, SiteQueries queries, AuditReader reader, DirectoryTable directory, TimeProvider clock)
{
    public const string Step = "audit";

    /// <summary>A month of daily reports; the oldest gives way to a new one.</summary>
    public const int ReportsMax = 30;

    /// <summary>Reports that one audit removes: more than one only after several audits at once.</summary>
    const int RemovedMax = 50;

    /// <summary>Other audits of the same site may remove a report first; there are few.</summary>
    const int AttemptsMax = 8;

    /// <summary>The audit of a day, made once however often it is asked for: for the daily timer.</summary>
    public async Task AuditAsync(Id<Site> site, DateOnly day, CancellationToken ct)
    {
        var name = day.ToString("O", CultureInfo.InvariantCulture);
        var operation = new Operation
        {
            Id = OperationIds.Of(site, Actor.System.User, null, "TIMER", "audits", name),
            Kind = OperationKind.Audit,
            Actor = Actor.System,
            Arguments = OperationIds.Hash(name),
            At = clock.GetUtcNow(),
        };
        if (await sites.FindAsync(operation.Id, ct) is null && await directory.SiteAsync(site, ct) is { } found)
            await AuditAsync(found, operation, ct);
    }

    /// <summary>The report that an operation kept, as long as there is one.</summary>
    internal async Task<Checked<AuditReport>> KeptAsync(OperationId operation, CancellationToken ct) =>
        await queries.AuditAsync(operation.Site, operation.Hash, ct) is { } kept ? kept.Report : Problems.NotFound();

    /// <summary>The report, or the one that an earlier try of the operation kept.</summary>
    internal async Task<Checked<AuditReport>> AuditAsync(Site site, Operation operation, CancellationToken ct)
    {
        var report = Report(operation, await reader.ReadAsync(site, ct));
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var old = (await queries.AuditsAsync(site.Id, ct)).Skip(ReportsMax - 1).Take(RemovedMax);
            IReadOnlyList<RowChange> rows =
            [
                new RowChange.Insert(AuditRow.Write(report)),
                .. old.Select(stored => new RowChange.Delete(
                    new(site.Id.Value, SiteKeys.Audit(stored.Report.Id)) { ETag = stored.ETag })),
            ];
            // Also where the platform does not manage the site: nothing of the site changes.
            var change = SiteChange.None with { OtherRows = rows.Count };
            var outcome = await sites.TransactAsync(
                new(operation, Step, operation.At, _ => new PoolDecision.Accepted(change)) { Beside = _ => rows }, ct);
            switch (outcome)
            {
                case SiteOutcome.Done done:
                    return done.Replayed ? await KeptAsync(operation.Id, ct) : report;
                case SiteOutcome.KeyReused:
                    return Problems.IdempotencyKeyReused();
                case SiteOutcome.BesideMoved:
                    break;
                default:
                    throw new UnreachableException($"No audit comes to {outcome}.");
            }
        }

        throw new SiteBusyException($"Other audits of {site.Id} came first {AttemptsMax} times in a row.");
    }

    static AuditReport Report(Operation operation, AuditedSite site)
    {
        var findings = SiteChecks.Of(site);
        return new(
            operation.Id, site.Now, operation.Actor.User, operation.Note, site.State.Rules.Version,
            site.Stored.Blocks.Sum(block => block.Provisioned.Count),
            findings.Length,
            findings.Count(finding => finding.Severity is Severity.Critical),
            findings.Count(finding => finding.Severity is Severity.Warning),
            [.. findings.Take(AuditReport.FindingsMax).Select(FindingWords.Of)]);
    }
}
