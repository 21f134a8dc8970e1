using System.Collections.Frozen;
using System.Collections.Immutable;
using Telephony.Domain.Audits;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Functions.Directory;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Audits;

/// <summary>Reads all that an audit looks at, each with a limit.</summary>
public sealed class AuditReader(
    SitePartition sites, SiteQueries queries, OpenOperations open, LineTable table, PlaceTable places,
    DirectoryTable directory, TimeProvider clock)
{
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

    const int PerRequest = 1_000;

    /// <summary>
    /// The numbers first: an account that got some meanwhile is then in the directory. Assignments come last; where
    /// they seem to contradict the numbers, these are read once more, to see which changed meanwhile.
    /// </summary>
    internal async Task<AuditedSite> ReadAsync(Site site, CancellationToken ct)
    {
        var unread = new List<(AuditPart, int)>();
        var snapshot = await sites.LoadAsync(site.Id, ct);
        var now = clock.GetUtcNow();
        var events = await TakeAsync(queries.EventTimesAsync(site.Id, ct), AuditPart.Events, EventsMax);
        var operations = await TakeAsync(open.AllAsync(site.Id, ct), AuditPart.Operations, OperationsMax);
        var accounts = await TakeAsync(
            directory.AccountsAsync(site.Operator, null, PerRequest, ct), AuditPart.Accounts, AccountsMax);
        var lines = await LinesAsync();
        var audited = new AuditedSite(snapshot.State, snapshot.Stored, now)
        {
            Lines = lines,
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
        return lines is not null && SiteChecks.Doubts(audited)
            ? audited with { Lines = lines with { Moving = await ChangedAsync() } }
            : audited;

        async Task<AuditedLines?> LinesAsync()
        {
            var assigned = await TakeAsync(table.AllAsync(site.Id, null, ct), AuditPart.Assignments, AssignmentsMax);
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
            return new(state, []);
        }

        async Task<FrozenSet<E164>> ChangedAsync()
        {
            var (before, after) = (snapshot.Stored, (await sites.LoadAsync(site.Id, ct)).Stored);
            return
            [
                .. from block in before.Blocks.Concat(after.Blocks)
                   from slot in block.Provisioned
                   let id = block.Id[slot]
                   where before.Find(id)?.Version != after.Find(id)?.Version
                   select id,
            ];
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
