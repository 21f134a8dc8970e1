using System.Diagnostics;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Allocation;
using Telephony.Functions.Assignment;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Numbers;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Messaging;

/// <summary>
/// Carries out one command of the back office, once, however often it comes: each is one transaction, whose operation
/// is named by the command's id. Nothing is read before it but what every request looks up and remembers.
/// </summary>
public sealed partial class CommandHandler(
    SitePartition sites, DirectoryTable directory, MainNumberWords words, Assigning assigning, OperationDriver driver,
    TimeProvider clock,
    ILogger<CommandHandler> logger)
{
    /// <summary>Who wants what does not say.</summary>
    public const string DefaultBy = "back-office";

    const string Step = "command";

    /// <summary>A command at its site, and whether an earlier try of it may have died on its way.</summary>
    sealed record Ready(CommandBody Body, Site Site, DurableTaskClient Client, bool Again);

    /// <summary>Null when it is carried out, kept, or was before; else why it never can be.</summary>
    /// <param name="body">The message's.</param>
    /// <param name="client">Durable's client.</param>
    /// <param name="again">Whether it may have come before.</param>
    /// <param name="ct">Stops before the transaction.</param>
    internal async Task<Rejection?> HandleAsync(
        ReadOnlyMemory<byte> body, DurableTaskClient client, bool again, CancellationToken ct)
    {
        if (CommandReader.Read(body.Span, out var command) is { } unreadable)
            return unreadable;
        if (await directory.SiteAsync(Id<Site>.Parse(command.Site), ct) is not { } site)
            return Rejection.UnknownSite(command.Site);

        var ready = new Ready(command, site, client, again);
        return command switch
        {
            NumbersCommand numbers => await NominateAsync(ready, numbers, ct),
            ActivateMainCommand activate => await OneAsync(
                ready, activate.Number, number => ActivateAsync(ready, activate, number, ct)),
            ConfirmedCommand confirmed => await OneAsync(
                ready, confirmed.Number, number => confirmed.Type is CommandTypes.ActivationConfirmed
                    ? ConfirmAsync(ready, number, ct)
                    : MoveAsync(
                        ready, OperationKind.Deactivation, number, null,
                        order => new NumberCommand.ConfirmDeactivation(order), ct)),
            FailedCommand failed => await OneAsync(
                ready, failed.Number, number => failed.Type is CommandTypes.ActivationFailed
                    ? FailAsync(ready, number, failed.Reason.Trim(), ct)
                    : MoveAsync(
                        ready, OperationKind.DeactivationFailure, number, failed.Reason.Trim(),
                        order => new NumberCommand.FailDeactivation(order), ct)),
            AllocateCommand allocate => await AllocateAsync(ready, allocate, ct),
            AssignCommand assign => await OneAsync(
                ready, assign.Number, number => AssignAsync(ready, assign, number, ct)),
            _ => throw new UnreachableException($"Nobody carries out {command.Type}."),
        };
    }

    async Task<Rejection?> NominateAsync(Ready ready, NumbersCommand command, CancellationToken ct)
    {
        if (NumberInput.Read(command.Numbers, command.Range, ready.Site.Country)
            .Refused(out var problem, out var numbers))
        {
            return Rejection.Of(problem);
        }

        var operation = OperationOf(ready, OperationKind.Nomination, numbers.ToString());
        return Answer(ready, await sites.TransactAsync(
            new(operation, Step, operation.At, site => PoolDecider.Decide(site, new MoveNumbers(
                numbers, command.Type is CommandTypes.WithdrawNomination
                    ? new NumberCommand.WithdrawNomination(operation.Order(operation.At))
                    : new NumberCommand.Nominate(operation.Order(operation.At))))), ct));
    }

    async Task<Rejection?> AllocateAsync(Ready ready, AllocateCommand command, CancellationToken ct)
    {
        if (AllocationWish.Read(command.Numbers, command.Range, command.Count, ready.Site)
            .Refused(out var problem, out var wish))
        {
            return Rejection.Of(problem);
        }

        var id = Id<Account>.Parse(command.Account);
        var operation = OperationOf(ready, OperationKind.Allocation, id.Value, wish.Argument) with { Account = id };
        operation = operation with { Actor = operation.Actor with { OnBehalfOf = ready.Site.Operator } };
        if ((await AccountAsync(ready, id, ct)) is not { } account)
            return await UnlessRepeatAsync(operation, Rejection.UnknownAccount(id.Value, ready.Site.Id.Value), ct);
        if (!(await sites.RulesAsync(ready.Site.Id, ct)).OnBehalfAllowed)
            return await UnlessRepeatAsync(operation, Rejection.OnBehalfNotAllowed(ready.Site.Id.Value), ct);

        operation = operation with { AccountKind = account.Kind };
        return Answer(ready, await sites.TransactAsync(
            new(operation, Step, operation.At, site => wish.Decide(
                site, operation.Recipient(), operation.Order(operation.At))), ct));
    }

    /// <summary>A command about one number.</summary>
    static async Task<Rejection?> OneAsync(Ready ready, string text, Func<E164, Task<Rejection?>> carryOut) =>
        NumberInput.Read(text, ready.Site.Country, "number", out var number) is { } wrong
            ? Rejection.Of(Problems.Invalid(wrong))
            : await carryOut(number);

    /// <summary>The account, when it works at the site.</summary>
    async Task<Account?> AccountAsync(Ready ready, Id<Account> id, CancellationToken ct) =>
        (await AccountsAtSite.FindAsync(directory, ready.Site, id, "account", ct)).Refused(out _, out var account)
            ? null
            : account;

    /// <summary>What has changed around a command since it was carried out does not undo it.</summary>
    async Task<Rejection?> UnlessRepeatAsync(Operation operation, Rejection rejection, CancellationToken ct) =>
        await sites.FindAsync(operation.Id, ct) is { } earlier && earlier.Arguments == operation.Arguments
            ? null
            : rejection;

    static Rejection? Answer(Ready ready, SiteOutcome outcome) => outcome switch
    {
        SiteOutcome.Done => null,
        SiteOutcome.Refused refused => Rejection.Of(refused.Refusals),
        SiteOutcome.KeyReused => Rejection.CommandReused(ready.Body.CommandId),
        _ => throw new UnreachableException($"A command cannot come to {outcome}."),
    };

    /// <summary>
    /// Named by the command's id alone: the same id for another wish is found out by what was asked for.
    /// </summary>
    Operation OperationOf(Ready ready, OperationKind kind, params string[] arguments)
    {
        var by = ready.Body.By ?? DefaultBy;
        return new()
        {
            Id = OperationIds.Of(
                ready.Site.Id, DefaultBy, null, "queue", EntityNames.Commands, ready.Body.CommandId),
            Kind = kind,
            Actor = new(by, Role.Platform, null),
            Arguments = OperationIds.Hash([ready.Body.Type, by, .. arguments]),
            At = clock.GetUtcNow(),
        };
    }
}
