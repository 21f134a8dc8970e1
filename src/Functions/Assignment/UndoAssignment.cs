using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Directory;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>Which users are gone, of which part of which operation.</summary>
public sealed record UndoInput(string Operation, int Part, IReadOnlyList<string> Gone, DateTimeOffset Now);

/// <summary>How many numbers lost their user again, and why the first of them did.</summary>
public sealed record UndonePart(int Count, OperationReason? Reason);

/// <summary>
/// Takes numbers from users who were removed while they got them, unless somebody else has changed that meanwhile.
/// </summary>
public sealed class UndoAssignment(
    SitePartition sites, LineTable lines, LineWork work, DirectoryTable directory)
{
    [Function(nameof(UndoAssignment))]
    public async Task<UndonePart> Run([ActivityTrigger] UndoInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var operation = await sites.ExistingAsync(id, ct);
        var site = await directory.ExistingSiteAsync(id.Site, ct);
        var gone = input.Gone.Select(Id<User>.Parse).ToHashSet();
        var numbers = AssignPart.PartOf(operation, input.Part)
            .Where(wish => wish.User is { } user && gone.Contains(user))
            .Select(wish => wish.Number).ToImmutableArray();
        ImmutableArray<Refusal.OfLine> undone = [];
        var step = new LineStep(
            operation, string.Create(CultureInfo.InvariantCulture, $"{Operation.UndoSteps}{input.Part}"), input.Now,
            stop => lines.LoadAsync(id.Site, numbers, [], stop),
            state =>
            {
                ImmutableArray<E164> ours =
                    [.. numbers.Where(number => state.Lines.GetValueOrDefault(number)?.Operation == id)];
                undone = [.. ours.Select(number => new Refusal.OfLine(
                    number, LineRefusal.UserGone, state.Lines[number].User?.Value))];
                return LineDecider.Decide(state, new UnassignLines(
                    ours, operation.Order(input.Now) with { By = Party.System }));
            })
        {
            Note = (noted, _) => noted with
            {
                Errors = noted.Errors.And([.. undone.Select(LineRefusals.Error)]),
            },
        };
        var outcome = await work.TransactAsync(site, step, ct);
        var errors = outcome is SiteOutcome.Done done
            ? AssignPart.ErrorsOf(done.Operation, numbers).Where(error => error.Code == LineRefusals.UserGone).ToList()
            : [];
        return new(errors.Count, errors.Count > 0 ? AssignPart.ReasonOf(errors[0]) : null);
    }
}
