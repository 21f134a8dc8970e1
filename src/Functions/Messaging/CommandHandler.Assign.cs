using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Functions.Assignment;
using Telephony.Functions.Directory;
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

        var (refusals, isReused) = await assigning.StartAsync(ready.Client, ready.Site, operation, ct);
        return isReused ? Rejection.CommandReused(ready.Body.CommandId)
            : refusals.Length > 0 ? Rejection.Of(refusals)
            : null;
    }

    static Id<T>? IdIn<T>(string? text) => text is null ? null : Id<T>.Parse(text);
}
