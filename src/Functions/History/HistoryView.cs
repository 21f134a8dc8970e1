using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Functions.Messaging;
using Telephony.Functions.Operations;

namespace Telephony.Functions.History;

/// <summary>What a number became by one change, and how long it stayed so.</summary>
/// <param name="Version">Counts the number's changes without a gap.</param>
/// <param name="Generation">1 for the first time the number was provisioned here.</param>
/// <param name="From">The state before; absent for a number that was new.</param>
/// <param name="State">The state afterwards.</param>
/// <param name="Role">What it was for afterwards; absent where that was not written down.</param>
/// <param name="Account">Who had it then, or whose future starter it was held for; absent when nobody.</param>
/// <param name="Former">Who had had it, when nobody has it any more.</param>
/// <param name="Since">Since when it was so.</param>
/// <param name="Until">Until when it was so; absent while it still is.</param>
/// <param name="Due">When the hold, the block or the rest that it came into is to end.</param>
/// <param name="Period">How long the account had it, from its hold or allocation to its release.</param>
/// <param name="Reason">Why the account got this one.</param>
/// <param name="Kind">What was asked for; absent for a hold that ended by itself.</param>
/// <param name="Operation">The request.</param>
/// <param name="RequestedBy">The user's id. An occupier sees it of its own people.</param>
/// <param name="RequesterRole">In which role; absent for what was done by itself.</param>
/// <param name="OnBehalfOf">The operator that the platform acted for.</param>
/// <param name="Note">What was given as its reason. An occupier sees it of its own people.</param>
/// <param name="RulesVersion">The version of the site's rules that decided.</param>
/// <param name="Event">What happened, where its state stayed; absent else.</param>
/// <param name="Changes">
/// What changed then, each with its value before and after. An occupier is told that somebody confirmed a location, and
/// who, where that was one of its own people.
/// </param>
sealed record HistoryView(
    int Version,
    int Generation,
    NumberState? From,
    NumberState State,
    NumberRole? Role,
    string? Account,
    string? Former,
    DateTimeOffset Since,
    DateTimeOffset? Until,
    DateTimeOffset? Due,
    PeriodView? Period,
    string? Reason,
    OperationKind? Kind,
    string? Operation,
    string? RequestedBy,
    Role? RequesterRole,
    string? OnBehalfOf,
    string? Note,
    int? RulesVersion,
    string? Event,
    IReadOnlyList<ChangedField>? Changes)
{
    /// <summary>With all that is known.</summary>
    public static HistoryView Of(HistorySpan span)
    {
        var (entry, deed) = (span.Entry, span.Entry.Deed);
        return new(
            entry.Version,
            entry.Way.Generation,
            entry.Way.From,
            entry.Way.To,
            entry.Way.Role,
            entry.Holder?.Value,
            entry.Holder is null ? entry.Way.Account?.Value : null,
            span.From,
            span.Until,
            entry.Way.Until,
            span.Period is { } period ? new(period.From, period.Until) : null,
            ReasonOf(entry),
            deed is null ? null : Enum.Parse<OperationKind>(deed.Kind),
            deed?.Operation.Value,
            deed?.User,
            deed?.Role,
            deed?.OnBehalfOf?.Value,
            deed?.Note,
            deed?.RulesVersion,
            entry.Way.What?.Event,
            ChangedField.Of(entry.Way));
    }

    /// <summary>
    /// As the account sees it that has it: not who of the operator did what for which reason of its own.
    /// </summary>
    /// <param name="span">A time at which it had the number.</param>
    /// <param name="own">The account.</param>
    /// <param name="people">Its own people, as <see cref="PeopleOf"/> finds them.</param>
    public static HistoryView OfOwn(HistorySpan span, Id<Account> own, IReadOnlySet<string> people)
    {
        var (view, deed) = (Of(span), span.Entry.Deed);
        var isOurs = (deed?.Role).IsOccupiers();
        return view with
        {
            Operation = deed?.Account == own ? view.Operation : null,
            RequestedBy = isOurs ? view.RequestedBy : null,
            RequesterRole = isOurs ? view.RequesterRole : null,
            OnBehalfOf = null,
            Note = isOurs ? view.Note : null,
            Changes = view.Changes is null ? null
                : [.. view.Changes.Select(change => change.Field == LineChanges.ConfirmedBy
                    ? new(change.Field, Known(change.Before), Known(change.After))
                    : change)],
        };

        string? Known(string? user) => user is not null && people.Contains(user) ? user : null;
    }

    /// <summary>Those of an account who did something with a number while the account had it.</summary>
    public static IReadOnlySet<string> PeopleOf(IEnumerable<HistorySpan> own) =>
        own.Select(span => span.Entry.Deed).OfType<Deed>()
            .Where(deed => deed.Role.IsOccupiers()).Select(deed => deed.User).ToHashSet();

    /// <summary>Why the account got this number; null where it did not get it then.</summary>
    public static string? ReasonOf(HistoryEntry entry) =>
        entry is not { Way: { From: NumberState.Available, To: NumberState.Reserved }, Deed: { } deed } ? null
        : entry.Choice is { } choice ? ChoiceWords.Of(choice)
        : deed.Kind is nameof(OperationKind.Allocation) or nameof(OperationKind.VoiceService)
            ? ChosenNumber.ByNumber
        : null;
}

/// <summary>How long an account had a number.</summary>
/// <param name="From">Since when; the earliest that is known, where it began before what is kept.</param>
/// <param name="Until">Until when; absent while it has it.</param>
sealed record PeriodView(DateTimeOffset From, DateTimeOffset? Until);
