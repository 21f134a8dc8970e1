using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Messaging;

/// <summary>The platform's words on single numbers that it was asked to put in service, or out of it.</summary>
public sealed partial class CommandHandler
{
    /// <summary>Kept for a while where the number is not nominated and reserved for the account yet.</summary>
    async Task<Rejection?> ActivateAsync(
        Ready ready, ActivateMainCommand command, E164 number, CancellationToken ct)
    {
        var account = Id<Account>.Parse(command.Account);
        var operation = OperationOf(ready, OperationKind.Activation, account.Value, number.ToString()) with
        {
            Account = account,
        };
        if (await AccountAsync(ready, account, ct) is not { } known)
            return await UnlessRepeatAsync(operation, Rejection.UnknownAccount(account.Value, command.Site), ct);

        operation = operation with { AccountKind = known.Kind };
        var outcome = await words.ActivateAsync(
            ready.Client, operation, number, account, keepsEarly: true, ready.Again, ct);
        if (outcome is SiteOutcome.Done { Change: { Moves.IsEmpty: true, Changed.Count: > 0 } })
            Log.WordKept(logger, operation.Id.Value, number.ToString());
        return Answer(ready, outcome);
    }

    /// <summary>Whose number it is, and for which use, is seen in the transaction.</summary>
    async Task<Rejection?> ConfirmAsync(Ready ready, E164 number, CancellationToken ct)
    {
        var operation = OperationOf(ready, OperationKind.Activation, number.ToString());
        var order = operation.Order(operation.At);
        Id<Account>? waiting = null;
        var outcome = await sites.AnswerAsync(
            ready.Client,
            new(operation, Step, operation.At, site =>
            {
                waiting = site.Pool.Find(number) is { Role: not NumberRole.Direct } main ? main.Account : null;
                return waiting is { } account
                    ? PoolDecider.Decide(site, new ActivateMain(number, account, order, KeptUntil: null))
                    : PoolDecider.Decide(
                        site, new MoveNumbers(NumberSet.Of([number]), new NumberCommand.ConfirmActivation(order)));
            }),
            number, ready.Again, ct);
        if (waiting is { } told && Waking.IsNews(outcome, ready.Again))
            await ready.Client.WakeAsync(OperationDriver.MainNumberInstance(ready.Site.Id, told), ct);
        return Answer(ready, outcome);
    }

    async Task<Rejection?> FailAsync(Ready ready, E164 number, string reason, CancellationToken ct)
    {
        var operation = OperationOf(ready, OperationKind.ActivationFailure, number.ToString(), reason) with
        {
            Note = reason,
        };
        return Answer(ready, await words.FailAsync(ready.Client, operation, number, ready.Again, ct));
    }

    async Task<Rejection?> MoveAsync(
        Ready ready, OperationKind kind, E164 number, string? reason, Func<Order, NumberCommand> command,
        CancellationToken ct)
    {
        var operation = OperationOf(ready, kind, number.ToString(), reason ?? "") with { Note = reason };
        return Answer(ready, await sites.AnswerAsync(
            ready.Client,
            new(operation, Step, operation.At, site => PoolDecider.Decide(
                site, new MoveNumbers(NumberSet.Of([number]), command(operation.Order(operation.At))))),
            number, ready.Again, ct));
    }
}
