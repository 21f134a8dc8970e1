using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Services;
using Telephony.Functions.Assignment;
using Telephony.Functions.Http;
using Telephony.Functions.Places;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Operations;

/// <summary>Refusals in words: a stable code, the fact in the way, and the way out.</summary>
static class Refusals
{
    /// <summary>Numbers that a text names; the errors of a problem name them all.</summary>
    const int NamedMax = 10;

    /// <summary>
    /// Why nothing may change at the site now; null when it may. A yes may rest on remembered rules, a no is certain.
    /// </summary>
    public static async Task<Problem?> NotManagedAsync(SitePartition sites, Id<Site> site, CancellationToken ct) =>
        (await sites.RulesAsync(site, ct)).ManagedByPlatform
        || (await sites.ReadAsync(site, ct)).Rules.ManagedByPlatform
            ? null
            : Problem([new Refusal.SiteNotManaged()]);

    /// <summary>The operation, unless nothing may change at its site.</summary>
    public static async Task<Checked<Operation>> IfManagedAsync(
        SitePartition sites, Operation operation, CancellationToken ct) =>
        await NotManagedAsync(sites, operation.Id.Site, ct) is { } closed ? closed : operation;

    /// <summary>The one reason of a change that was refused for a reason other than single numbers.</summary>
    public static OperationReason Reason(ImmutableArray<Refusal> refusals) => Reason(refusals[0]);

    public static OperationReason Reason(Refusal refusal) => refusal switch
    {
        Refusal.OfNumber r => NumberRefusals.Reason(r),
        Refusal.OfLine r => LineRefusals.Reason(r),
        Refusal.OfPlace r => PlaceProblems.Reason(r.Reason),

        Refusal.PoolExhausted { Kept: > 0 } r => new("pool-exhausted", string.Create(
            CultureInfo.InvariantCulture,
            $"{r.Wanted} numbers are needed and {r.Choosable} can be chosen; {r.Kept} stay for the operator. Ask the "
            + $"platform for more, or ask less.")),

        Refusal.PoolExhausted r => new("pool-exhausted", Text(
            $"{r.Wanted} numbers are needed and {r.Choosable} can be chosen. Ask the platform for more, or ask less.")),

        Refusal.NoRun r => new("no-run", string.Create(
            CultureInfo.InvariantCulture,
            $"The site wants {r.Wanted} numbers in a row, and the account could have {r.Longest}. Ask for fewer, or "
            + $"have the site's rule 'contiguity' changed.")),

        Refusal.AccountFull r => new("account-full", string.Create(
            CultureInfo.InvariantCulture,
            $"The account has {r.Has} direct numbers here and wants {r.Wanted} more; it may have {r.Max}. Ask for "
            + $"fewer, or have the site's rule 'maxPerAccount' changed.")),

        Refusal.KeptForOperator r => new("kept-for-operator", string.Create(
            CultureInfo.InvariantCulture,
            $"The site keeps {r.Kept} numbers for its operator: of the {r.Wanted} wanted, {r.Takeable} may be taken. "
            + $"Ask for fewer, or have the site's rule 'keepForOperator' changed.")),

        Refusal.AutoAllocateOff { Direct: 0 } => new(
            "auto-allocate-off",
            "The site leaves it to people to allocate numbers: the account needs a main number."),

        Refusal.AutoAllocateOff r => new("auto-allocate-off", Text(
            $"The site leaves it to people to allocate numbers: the account needs {r.Direct} direct numbers")
            + (r.Main ? " and a main number." : ".") + " Allocate them by hand."),

        Refusal.NoNominatedMain => new(
            "no-nominated-main",
            "The account needs a main number, and no number is nominated that it could have. Ask the platform to "
            + "nominate one."),

        Refusal.NoServiceForMain r => new("no-service", Text(
            $"The account '{r.Account}' has no voice service here, and a main number needs one. Assign it one first.")),

        Refusal.NoMain r => new("no-main-number", Text(
            $"The account '{r.Account}' has no main number in service here. Where one waits to be activated, cancel ")
            + "that operation."),

        Refusal.MainChanged { Number: { } number } => new("precondition-failed", Text(
            $"The account's main number is not as you saw it: {number} now. Read it again and decide anew.")),

        Refusal.MainChanged => new(
            "precondition-failed", "The account has no main number now. Send If-None-Match: * to choose one."),

        Refusal.NumberChanged r => new("precondition-failed", Text(
            $"{r.Number} has changed since you saw it: it is {r.State} now. Read it again and decide anew.")),

        Refusal.Both r => Reason(r.One) with { Text = $"{Reason(r.One).Text} {Reason(r.Other).Text}" },

        Refusal.ChoiceDiffers => new(
            "preview-stale",
            "Other numbers would be chosen now than the preview showed. Look at a new preview, and send its token."),

        Refusal.TooManyBlocks r => new("too-many-blocks", string.Create(
            CultureInfo.InvariantCulture,
            $"They lie in {r.Touched} blocks of 100; one request may change {PoolDecider.BlocksMax}, or "
            + $"{PoolDecider.BlocksMax - 1} when it gives out numbers where some are kept for the operator. Ask for "
            + $"less.")),

        Refusal.SiteNotManaged => new(
            "site-not-managed",
            "The platform does not manage this site's telephony, so nothing may change. Ask it to switch that on."),

        Refusal.UnknownService r => new("unknown-service", Text(
            $"The site has no service '{r.Code}'. It has: {string.Join(", ", r.Known)}.")),

        Refusal.ServiceChanged { Version: null } r => new("service-changed", Text(
            $"The account has no service '{r.Service}' here. Send If-None-Match: * to create it.")),

        Refusal.ServiceChanged r => new("service-changed", Text(
            $"The service '{r.Service}' is at version {r.Version}. Read it again and send its ETag in If-Match.")),

        Refusal.HoldEndsInThePast r => new("hold-end", Text(
            $"A hold cannot end at {Time(r.Until)}, which is past. Send a later time.")),

        Refusal.HoldTooLong r => new("hold-end", string.Create(
            CultureInfo.InvariantCulture,
            $"The site lets numbers be held for {r.DaysMax} days, and {Time(r.Until)} is later. Send an earlier time, "
            + $"or have the site's rule 'holdMaxDays' changed.")),

        Refusal.HoldOver => new(
            "hold-over",
            "Nothing is held any more: its end has passed, or its numbers were allocated one by one. Hold or allocate "
            + "numbers anew."),

        Refusal.NumbersInService r => new("numbers-in-service", string.Create(
            CultureInfo.InvariantCulture,
            $"{r.Numbers.Length} numbers are in service ({Named(r.Numbers)}), and the account's other services allow "
            + $"{r.Allowed}. Deactivate others first, or keep the service.")),

        Refusal.TooManyServices => new("too-many-services", Text(
            $"The account has {Holding.ServicesMax} services here, the most it may have. Raise a quantity.")),

        Refusal.TaskAnswered r => new("task-answered", Text(
            $"The task is {r.From}, from which it cannot become {r.To}. Have it asked for anew, as another request.")),

        _ => throw new UnreachableException($"No words for {refusal}."),
    };

    /// <summary>The answer to a request that was refused: one entry for each number in the way.</summary>
    public static Problem Problem(ImmutableArray<Refusal> refusals)
    {
        if (refusals is [Refusal.OfNumber, ..])
        {
            return new Problem(
                StatusCodes.Status409Conflict,
                "numbers-refused",
                "Some numbers cannot be had",
                Text($"Numbers in the way: {refusals.Length}; 'errors' says why each is. Nothing was changed."))
                .With([.. refusals.OfType<Refusal.OfNumber>().Select(NumberRefusals.Error)]);
        }

        if (refusals[0] is Refusal.OfLine { Reason: not LineRefusal.LineChanged })
        {
            return new Problem(
                StatusCodes.Status409Conflict, "assignment-refused", "It cannot be assigned so",
                "Who or what it was to be is in the way; 'errors' says why. Nothing was changed.")
                .With([.. refusals.Select(LineRefusals.Error)]);
        }

        if (refusals[0] is Refusal.OfPlace)
            return PlaceProblems.Of([.. refusals.OfType<Refusal.OfPlace>().Select(refusal => refusal.Reason)]);
        var (code, text) = Reason(refusals[0]);
        return new(Status(refusals[0]), code, "The rules do not allow it", $"{text} Nothing was changed.")
        {
            Errors = Errors(refusals[0]),
        };
    }

    /// <summary>The field or the numbers that a refusal is about, where it is about some.</summary>
    static ImmutableArray<ProblemError> Errors(Refusal refusal) => refusal switch
    {
        Refusal.HoldEndsInThePast r =>
            [ProblemError.OfField("until", "in-the-past", Text($"{Time(r.Until)} is past."), "Send a later time.")],
        Refusal.HoldTooLong r =>
        [
            ProblemError.OfField(
                "until", "too-far-ahead", Text($"{Time(r.Until)} is more than {r.DaysMax} days ahead."),
                "Send an earlier time."),
        ],
        Refusal.NumbersInService r =>
        [
            .. r.Numbers.Select(number => ProblemError.OfNumber(
                number.ToString(), "in-service", "It is in service, or about to be.", "Deactivate it first.")),
        ],
        _ => [],
    };

    /// <summary>Some of them by name, for a text that people read.</summary>
    static string Named(ImmutableArray<E164> numbers) =>
        string.Join(", ", numbers.Take(NamedMax)) + (numbers.Length > NamedMax ? ", …" : "");

    static int Status(Refusal refusal) => refusal switch
    {
        Refusal.TooManyBlocks or Refusal.UnknownService => StatusCodes.Status400BadRequest,
        Refusal.OfLine { Reason: LineRefusal.LineChanged } => StatusCodes.Status412PreconditionFailed,
        Refusal.ServiceChanged or Refusal.ChoiceDiffers or Refusal.MainChanged or Refusal.NumberChanged =>
            StatusCodes.Status412PreconditionFailed,
        _ => StatusCodes.Status409Conflict,
    };

    static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
