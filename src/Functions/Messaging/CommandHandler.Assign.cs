using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using Telephony.Functions.Assignment;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Messaging;

/// <summary>The platform assigns a number in the name of the operator.</summary>
public sealed partial class CommandHandler
{
    /// <summary>Accepted here, and carried out by the same orchestration as a request over HTTP.</summary>
    async Task<Rejection?> AssignAsync(Ready ready, AssignCommand command, E164 number, CancellationToken ct)
    {
        var errors = new BodyErrors();
        var wish = AssignmentInput.Wish(
            number, IdIn<User>(command.User), command.Handset, IdIn<Space>(command.Space), errors, "");
        if (errors.Problem is { } wrong)
            return Rejection.Of(wrong);

        var operation = OperationOf(ready, OperationKind.Assignment, WishText.Of([wish])) with { Wishes = [wish] };
        operation = operation with { Actor = operation.Actor with { OnBehalfOf = ready.Site.Operator } };
        if (!(await sites.RulesAsync(ready.Site.Id, ct)).OnBehalfAllowed)
            return await UnlessRepeatAsync(operation, Rejection.OnBehalfNotAllowed(ready.Site.Id.Value), ct);

        ImmutableArray<Refusal> inTheWay = [];
        var started = await driver.StartAsync(ready.Client, operation, async () =>
            (inTheWay = await assigning.InTheWayAsync(ready.Site, operation, ct)) is []
                ? operation
                : Refusals.Problem(inTheWay), ct);
        return !started.Refused(out var problem, out _) ? null
            : problem.Code == Problems.IdempotencyKeyReused().Code ? Rejection.CommandReused(ready.Body.CommandId)
            : Rejection.Of(inTheWay);
    }

    static Id<T>? IdIn<T>(string? text) => text is null ? null : Id<T>.Parse(text);
}
