using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Telephony.Domain;
using Telephony.Domain.Audits;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Directory;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Audits;

/// <summary>Looks at a site as it is written down, and keeps what it found. It changes nothing else.</summary>
public sealed class SiteAudit(
    SitePartition sites, SiteQueries queries, OpenOperations open, LineTable lines, PlaceTable places,
    DirectoryTable directory, TimeProvider clock)
{
    public const string Step = "audit";

    /// <summary>A month of daily reports; the oldest gives way to a new one.</summary>
    public const int ReportsMax = 30;

    /// <summary>Each is a request; were the sweep at work, there would be a handful.</summary>
    public const int OperationsMax = 500;

    /// <summary>One request: were the mover at work, there would be a handful.</summary>
    public const int EventsMax = 1_000;

    /// <summary>Ten requests.</summary>
    public const int AccountsMax = 10_000;

    /// <summary>Twenty requests: more than any site has people and phones.</summary>
    public const int AssignmentsMax = 20_000;

    /// <summary>Twenty requests.</summary>
    public const int UsersMax = 20_000;

    /// <summary>Reports that one audit removes: more than one only after several audits at once.</summary>
    const int RemovedMax = 50;

    /// <summary>Other audits of the same site may remove a report first; there are few.</summary>
    const int AttemptsMax = 8;

    const int PerRequest = 1_000;

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

    /// <summary>The report, or the one that an earlier try of the operation kept; null when that is gone.</summary>
    internal async Task<AuditReport?> AuditAsync(Site site, Operation operation, CancellationToken ct)
    {
        var report = Report(operation, await ReadAsync(site, ct));
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
            if (outcome is SiteOutcome.Done { Replayed: true })
                return (await queries.AuditAsync(site.Id, operation.Id.Hash, ct))?.Report;
            if (outcome is SiteOutcome.Done)
                return report;
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

    static FrozenSet<E164> Changed(NumberPool before, NumberPool after) =>
    [
        .. from block in before.Blocks.Concat(after.Blocks)
           from slot in block.Provisioned
           let id = block.Id[slot]
           where before.Find(id)?.Version != after.Find(id)?.Version
           select id,
    ];

    /// <summary>
    /// The numbers first: an account that got some meanwhile is then in the directory, which is read last.
    /// </summary>
    async Task<AuditedSite> ReadAsync(Site site, CancellationToken ct)
    {
        var unread = new List<(AuditPart, int)>();
        var snapshot = await sites.LoadAsync(site.Id, ct);
        var now = clock.GetUtcNow();
        var events = await TakeAsync(queries.EventTimesAsync(site.Id, ct), AuditPart.Events, EventsMax);
        var operations = await TakeAsync(open.AllAsync(site.Id, ct), AuditPart.Operations, OperationsMax);
        var accounts = await TakeAsync(
            directory.AccountsAsync(site.Operator, null, PerRequest, ct), AuditPart.Accounts, AccountsMax);
        var audited = await LinesAsync();
        return new(snapshot.State, snapshot.Stored, now)
        {
            Lines = audited,
            Accounts = accounts.ToFrozenDictionary(account => account.Id, account => account.IsAt(site)),
            Operations =
            [
                .. operations.Select(
                    operation => new OpenOperation(operation.Id, operation.Account, operation.At)
                    {
                        WaitsUntil = operation.Wait?.Until,
                    }),
            ],
            Events = [.. events],
            Unread = [.. unread],
        };

        async Task<AuditedLines?> LinesAsync()
        {
            var assigned = await TakeAsync(lines.AllAsync(site.Id, null, ct), AuditPart.Assignments, AssignmentsMax);
            if (assigned.Count > AssignmentsMax)
                return null;
            var things = await places.LoadAllAsync(site.Id, ct);
            var users = await TakeAsync(
                directory.UserAccountsAsync(site.Operator, PerRequest, ct), AuditPart.Users, UsersMax);
            var state = new LineState(
                site, snapshot.State, things.Places,
                assigned.ToImmutableDictionary(stored => stored.Line.Number, stored => stored.Line))
            {
                Users = users.ToImmutableDictionary(user => user.User, user => user.Account),
            };
            return new(state, Changed(snapshot.Stored, (await sites.LoadAsync(site.Id, ct)).Stored));
        }

        async Task<List<T>> TakeAsync<T>(IAsyncEnumerable<T> rows, AuditPart part, int max)
        {
            var taken = await rows.Take(max + 1).ToListAsync(ct);
            if (taken.Count > max)
                unread.Add((part, max));
            return taken;
        }
    }
}
