using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Benchmarks;

/// <summary>A site of its own for one figure, and the requests to it.</summary>
sealed class BenchSite(string name)
{
    const long FirstNumber = 442079460000;
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    int requests;

    public Id<Site> Id { get; } = Id<Site>.Parse(name);

    /// <summary>Every n-th number from the one at <paramref name="first"/>.</summary>
    public static NumberSet Numbers(int first, int count, int every = 1) =>
        NumberSet.Of(Enumerable.Range(0, count).Select(i => E164.FromDigits(FirstNumber + first + ((long)i * every))));

    public SiteWork Import(NumberSet numbers) => Work(OperationKind.Import, $"import {numbers}", null, (state, id) =>
        PoolDecider.Decide(state, new Provision(
            new(id, Party.Platform, Noon), [new(numbers, NumberKind.Standard, false, null)])));

    public SiteWork Allocate(string account, NumberSet numbers)
    {
        var owner = Id<Account>.Parse(account);
        return Work(OperationKind.Allocation, $"allocate {numbers}", owner, (state, id) =>
            PoolDecider.Decide(state, new Allocate(
                numbers, new(owner, AccountKind.Occupier), new(id, Party.Operator, Noon))));
    }

    public SiteWork AllocateCount(string account, int count)
    {
        var owner = Id<Account>.Parse(account);
        return Work(OperationKind.Allocation, $"allocate {count}", owner, (state, id) =>
            PoolDecider.Decide(state, new AllocateCount(
                count, new(owner, AccountKind.Occupier), new(id, Party.Operator, Noon))));
    }

    SiteWork Work(
        OperationKind kind, string arguments, Id<Account>? account, Func<SiteState, OperationId, PoolDecision> decide)
    {
        var id = new OperationId(Id, Hash(Interlocked.Increment(ref requests)));
        var operation = new Operation
        {
            Id = id,
            Kind = kind,
            Actor = new("benchmark", Role.OperatorAdmin, null),
            Arguments = arguments,
            At = Noon,
            Account = account,
        };
        return new(operation, "take", Noon, state => decide(state, id));
    }

    /// <summary>26 letters of base32, which is what an operation's id ends in.</summary>
    static string Hash(int n) =>
        new string([.. Enumerable.Range(0, 6).Select(i => (char)('a' + ((n >> (4 * i)) & 15)))]).PadRight(26, '2');
}
