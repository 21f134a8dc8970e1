using System.Collections.Immutable;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Places;
using Telephony.Domain.Pool;
using Telephony.Functions.Directory;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>What came of some of the numbers.</summary>
/// <param name="Assigned">How many are assigned as asked.</param>
/// <param name="Refused">How many are not.</param>
/// <param name="Reason">Why the first of them is not.</param>
/// <param name="Gone">Users that were removed while their numbers were being assigned.</param>
/// <param name="HasMore">Whether there are others.</param>
public sealed record AssignedPart(
    int Assigned, int Refused, OperationReason? Reason, IReadOnlyList<string> Gone, bool HasMore);

/// <summary>
/// Assigns a few numbers of an operation in one transaction, then looks whether their users are still there.
/// </summary>
public sealed class AssignPart(SitePartition sites, LineTable lines, LineWork work, DirectoryTable directory)
{
    /// <summary>
    /// Numbers in one transaction. Each may touch 14 of its 100 rows: the block, the line with marks of its users and
    /// of a session that ends, and three handsets with what they stand on; the operation and the event are two more.
    /// </summary>
    public const int NumbersInPart = 7;

    /// <summary>Numbers in one request: more than any floor has handsets.</summary>
    public const int NumbersMax = 500;

    public const int PartsMax = (NumbersMax + NumbersInPart - 1) / NumbersInPart;

    [Function(nameof(AssignPart))]
    public async Task<AssignedPart> Run([ActivityTrigger] PartInput input, CancellationToken ct)
    {
        var id = OperationId.Parse(input.Operation);
        var operation = await sites.RecallAsync(id, ct);
        var site = await directory.ExistingSiteAsync(id.Site, ct);
        var part = PartOf(operation, input.Part);
        var users = part.Select(wish => wish.User).OfType<Id<User>>().ToHashSet();
        var accepted = work.Take(operation);
        var step = StepOf(operation, input, accepted?.Users ?? await work.UsersAsync(site, users, ct), lines) with
        {
            Loaded = accepted?.Snapshot,
        };
        var outcome = await work.TransactAsync(site, step, ct);
        var hasMore = operation.Wishes.Length > input.Part * NumbersInPart;
        switch (outcome)
        {
            case SiteOutcome.Done done:
                var left = ErrorsOf(done.Operation, [.. part.Select(wish => wish.Number)]);
                var there = await work.UsersAsync(site, users, ct);
                var gone = part.Where(wish => left.All(error => error.Number != wish.Number.ToString()))
                    .Select(wish => wish.User).OfType<Id<User>>().Where(user => IsGone(user, step.Users, there));
                return new(
                    part.Count - left.Count, left.Count, left.Count > 0 ? ReasonOf(left[0]) : null,
                    [.. gone.Select(user => user.Value).Distinct()], hasMore);
            case SiteOutcome.Refused refused:
                return new(0, part.Count, Refusals.Reason(refused.Refusals), [], hasMore);
            default:
                return new(0, 0, null, [], HasMore: false);
        }
    }

    /// <summary>What is decided of these numbers; also what is looked at before the operation is accepted.</summary>
    /// <param name="operation">Whose part it is.</param>
    /// <param name="input">Which part, and when.</param>
    /// <param name="users">Whose its users are.</param>
    /// <param name="lines">Where to whom numbers are assigned is read.</param>
    /// <param name="remembered">
    /// Numbers that nobody has there are not looked for: one that somebody has by now is found when it is written.
    /// </param>
    internal static LineStep StepOf(
        Operation operation, PartInput input, ImmutableDictionary<Id<User>, Id<Account>> users, LineTable lines,
        SiteState? remembered = null)
    {
        var part = PartOf(operation, input.Part);
        var isOne = operation.Wishes.Length == 1;
        var command = new AssignLines(
            [.. part], operation.Order(input.Now), isOne ? BadLines.RefuseAll : BadLines.LeaveOut);
        return new(
            operation, input.Step("assign"), input.Now,
            ct => lines.LoadAsync(
                operation.Id.Site, [.. part.Select(wish => wish.Number).Where(MayBeAssigned)],
                [.. part.SelectMany(PlacesOf)], ct),
            state => LineDecider.Decide(state, command))
        {
            Expected = operation.Seen is { } seen
                ? (part[0].Number, version => (version?.ToString() ?? "") == seen)
                : null,
            Users = users,
            Only = operation.Actor.Role is Role.OccupierAdmin ? operation.Account : null,
            Note = Noted,
        };

        bool MayBeAssigned(E164 number) => remembered?.Pool.Find(number) is not { IsAssigned: false };
    }

    /// <summary>
    /// Whether the user is not there, or is another account's by now. Before may be after: a repeat of a part looks
    /// only when its numbers are theirs already.
    /// </summary>
    static bool IsGone(
        Id<User> user, ImmutableDictionary<Id<User>, Id<Account>> before,
        ImmutableDictionary<Id<User>, Id<Account>> after) =>
        !after.TryGetValue(user, out var now)
        || (before.TryGetValue(user, out var account) && now != account);

    /// <summary>What the operation says was in the way of these numbers.</summary>
    internal static List<ProblemError> ErrorsOf(Operation operation, IEnumerable<E164> numbers)
    {
        var texts = numbers.Select(number => number.ToString()).ToHashSet();
        return [.. operation.Errors.Listed().Where(error => error.Number is { } number && texts.Contains(number))];
    }

    internal static OperationReason ReasonOf(ProblemError error) =>
        new(error.Code, $"{error.Number}: {error.Reason} {error.WayOut}");

    /// <summary>With whose number it really was: before, that may have been looked up in what is remembered.</summary>
    static Operation Noted(Operation operation, LineChange change) => operation with
    {
        Account = operation.Wishes is [var only] && change.Lines.GetValueOrDefault(only.Number) is { } line
            ? line.Account
            : operation.Account,
        Errors = operation.Errors.And([.. change.LeftOut.Select(LineRefusals.Error)]),
    };

    internal static List<LineWish> PartOf(Operation operation, int part) =>
        [.. operation.Wishes.Skip((part - 1) * NumbersInPart).Take(NumbersInPart)];

    static IEnumerable<PlaceRef> PlacesOf(LineWish wish)
    {
        if (wish.Handset is { } handset)
            yield return Handset.RefOf(handset);
        if (wish.Space is { } space)
            yield return Space.RefOf(space);
    }
}
