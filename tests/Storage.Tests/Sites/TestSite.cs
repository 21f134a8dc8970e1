using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Domain.Services;
using Telephony.Domain.Tasks;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Telephony.Functions.Tasks;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Sites;

/// <summary>A site of its own for one test, requests to it, and its rows as text.</summary>
sealed class TestSite(ITable table)
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    const long FirstNumber = 442079460000;
    static int sites;

    public Id<Site> Id { get; } = Id<Site>.Parse($"test-site-{Interlocked.Increment(ref sites)}");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static E164 Number(int index) => E164.FromDigits(FirstNumber + index);

    public static NumberSet Numbers(params int[] indexes) => NumberSet.Of(indexes.Select(Number));

    public static NumberSet Range(int first, int count) => Numbers([.. Enumerable.Range(first, count)]);

    /// <summary>A name for the n-th request of a loop.</summary>
    public static string Name(int n) => $"request{(char)('a' + (n / 26))}{(char)('a' + (n % 26))}";

    public static async Task<TestSite> WithAsync(ITable table, NumberSet numbers)
    {
        var site = new TestSite(table);
        Assert.IsType<SiteOutcome.Done>(await site.Process().TransactAsync(site.Import("setup", numbers), Ct));
        return site;
    }

    /// <summary>A process of its own, which remembers nothing yet unless it is given what one remembers.</summary>
    public SitePartition Process(ITable? through = null, TimeProvider? clock = null, SiteCache? cache = null) =>
        new(through ?? table, cache ?? new SiteCache(), clock ?? TimeProvider.System);

    public SiteWork Import(string name, NumberSet numbers, NumberKind kind = NumberKind.Standard) => Work(
        name, OperationKind.Import, $"import {numbers}", null,
        (state, id) => PoolDecider.Decide(state, new Provision(
            new(id, Party.Platform, Noon), [new(numbers, kind, false, null)])));

    public SiteWork Allocate(string name, string account, NumberSet numbers) => Work(
        name, OperationKind.Allocation, $"allocate {numbers}", account,
        (state, id) => PoolDecider.Decide(state, new Allocate(numbers, Occupier(account), By(id))));

    /// <summary>By count, where so many have to stay for the operator.</summary>
    public SiteWork AllocateCount(
        string name, string account, int count, int? keep = null, AccountKind kind = AccountKind.Occupier) => Work(
            name, OperationKind.Allocation, $"allocate {count}", account,
            (state, id) => PoolDecider.Decide(
                Plain(state, keep), new AllocateCount(count, new(Id<Account>.Parse(account), kind), By(id))));

    /// <summary>By name, where so many have to stay for the operator.</summary>
    public SiteWork AllocateKeeping(string name, string account, NumberSet numbers, int keep) => Work(
        name, OperationKind.Allocation, $"allocate {numbers}", account,
        (state, id) => PoolDecider.Decide(
            Plain(state, keep), new Allocate(numbers, Occupier(account), By(id))));

    public SiteWork Assign(string name, string account, int quantity, int? version = null) => Work(
        name, OperationKind.VoiceService, $"assign {quantity} if {version}", account,
        (state, id) => PoolDecider.Decide(Plain(state), new AssignService(
            Occupier(account), Id<VoiceService>.Parse("voice-1"), "voice", quantity, version, By(id))));

    /// <summary>Direct numbers into service, as far as what they have allows.</summary>
    public SiteWork Activate(string name, NumberSet numbers) => Work(
        name, OperationKind.DirectActivation, $"activate {numbers}", null,
        (state, id) => PoolDecider.Decide(Plain(state), new ActivateDirect(numbers, By(id))));

    /// <summary>A service that needs a main number where none is nominated: the platform is asked for one.</summary>
    public SiteWork AssignLackingMain(string name, string account, int quantity)
    {
        var work = Work(
            name, OperationKind.VoiceService, $"assign {quantity}", account,
            (state, id) => PoolDecider.Decide(
                state with
                {
                    Rules = state.Rules with
                    {
                        PremiumPatterns = PremiumPatterns.None, AutoActivateAfterAuto = false,
                    },
                },
                new AssignService(
                    Occupier(account), Id<VoiceService>.Parse("voice-1"), "voice", quantity, null, By(id))));
        return work with { Beside = change => MainNumberTask.Rows(work.Operation, change) };
    }

    public SiteWork Ask(string name, string account)
    {
        var id = new OperationId(Id, name.PadRight(26, '2'));
        var task = new PlatformTask(
            id, TaskKind.PortIn, Id<Account>.Parse(account), "Theirs.", Numbers(900), new("user-1", Noon));
        return Work(
            name, OperationKind.Request, "ask", account,
            (state, _) => PoolDecider.Decide(state, new TaskDecision.Accepted(task))) with
        {
            Beside = _ => [new RowChange.Insert(TaskRow.Write(task))],
        };
    }

    public static Refusal Taken(E164 number) => new Refusal.OfNumber(number, NumberRefusal.Taken)
    {
        From = NumberState.Reserved,
        To = NumberState.Reserved,
    };

    static Order By(OperationId id) => new(id, Party.Operator, Noon);

    static Recipient Occupier(string account) => new(Id<Account>.Parse(account), AccountKind.Occupier);

    /// <summary>The lowest number is chosen, no main number is needed, what a service takes stays reserved.</summary>
    static SiteState Plain(SiteState state, int? keep = null) => state with
    {
        Rules = state.Rules with
        {
            KeepForOperator = keep ?? state.Rules.KeepForOperator,
            PremiumPatterns = PremiumPatterns.None,
            AutoActivateAfterAuto = false,
            Services = [.. state.Rules.Services.Select(service => service with { NeedsMain = false })],
        },
    };

    /// <summary>
    /// The accepted form: written down, carried out as a step, ended. A repeat starts from the beginning.
    /// </summary>
    public static async Task<SiteOutcome> InStepsAsync(SitePartition process, SiteWork work)
    {
        var (accepted, _) = await process.AcceptAsync(work.Operation, Ct);
        var outcome = await process.TransactAsync(work with { Operation = accepted }, Ct);
        var seen = outcome is SiteOutcome.Done done ? done.Operation : accepted;
        var state = outcome is SiteOutcome.Done ? OperationState.Succeeded : OperationState.Refused;
        return outcome switch
        {
            SiteOutcome.Done d => d with { Operation = await process.EndAsync(seen, o => o.Ended(state, Noon), Ct) },
            SiteOutcome.Refused => await EndRefusedAsync(),
            _ => outcome,
        };

        async Task<SiteOutcome> EndRefusedAsync()
        {
            await process.EndAsync(seen, o => o.Ended(state, Noon, new("refused", "It was refused.")), Ct);
            return outcome;
        }
    }

    public async Task<PartitionText> ReadAsync() => new(
        await table.RangeAsync(SiteKeys.Partition(Id), "A", "~", ct: Ct).ToListAsync(Ct), Id);

    /// <summary>The site's first rules, in force for long.</summary>
    public Task RulesAsync(SiteRules rules) =>
        InsertAsync(RulesRow.Write(Id, new([new(rules with { Version = 1 }, Noon)])));

    public async Task InsertAsync(Azure.Data.Tables.TableEntity row) => Assert.IsType<CommitResult.Committed>(
        await table.CommitAsync(SiteKeys.Partition(Id), [new RowChange.Insert(row)], Ct));

    /// <summary>Changes a number behind everyone's back, as another process with other commands would.</summary>
    public async Task RewriteAsync(E164 number, Func<Number, Number> change)
    {
        var row = await table.FindAsync(SiteKeys.Partition(Id), SiteKeys.Block(number.Block), Ct);
        var before = BlockRow.Read(row!);
        var after = before.With([KeyValuePair.Create(number.Slot, change(before[number.Slot]!))]);
        Assert.IsType<CommitResult.Committed>(await table.CommitAsync(
            SiteKeys.Partition(Id), [new RowChange.Merge(BlockRow.Write(Id, after, before, row!.ETag))], Ct));
    }

    SiteWork Work(
        string name, OperationKind kind, string arguments, string? account,
        Func<SiteState, OperationId, PoolDecision> decide)
    {
        var id = new OperationId(Id, name.PadRight(26, '2'));
        var operation = new Operation
        {
            Id = id,
            Kind = kind,
            Actor = new("user-1", Role.OperatorAdmin, null),
            Arguments = arguments,
            At = Noon,
            Account = account is null ? null : Id<Account>.Parse(account),
        };
        return new(operation, "take", Noon, state => decide(state, id));
    }
}
