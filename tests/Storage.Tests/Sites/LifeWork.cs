using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;
using Operation = Telephony.Functions.Operations.Operation;

namespace Telephony.Storage.Tests.Sites;

/// <summary>Requests that move numbers through their life, at any time and by anybody.</summary>
static class LifeWork
{
    public static readonly Id<Account> Acme = Id<Account>.Parse("acme");
    public static readonly Id<Account> Other = Id<Account>.Parse("other");

    public static SiteWork Move(
        this TestSite site, string name, NumberSet numbers, Func<Order, NumberCommand> command,
        DateTimeOffset? now = null, Party by = Party.Operator) => site.Decide(
            name, $"move {numbers}", now ?? TestSite.Noon, by,
            (state, order) => PoolDecider.Decide(state, new MoveNumbers(numbers, command(order))));

    public static SiteWork Decide(
        this TestSite site, string name, string arguments, DateTimeOffset now, Party by,
        Func<SiteState, Order, PoolDecision> decide)
    {
        var operation = new Operation
        {
            Id = new(site.Id, name.PadRight(26, '2')),
            Kind = OperationKind.Release,
            Actor = new("user-1", Role.OperatorAdmin, null),
            Arguments = arguments,
            At = now,
        };
        return new(operation, "change", now, state => decide(state, new(operation.Id, by, now)));
    }

    public static NumberCommand Hold(Order order, Id<Account> account, DateTimeOffset until) =>
        new NumberCommand.Hold(order, account, until);

    public static NumberCommand Reserve(Order order, Id<Account> account) =>
        new NumberCommand.Reserve(order, account, NumberSource.ByHand);

    public static NumberCommand Release(Order order, Id<Account> account) =>
        new NumberCommand.Release(order, account, 90, 180);
}
