using System.Collections.Immutable;
using Telephony.Domain.Access;
using Telephony.Domain.Choice;
using Telephony.Domain.Numbers;
using Telephony.Functions.Assignment;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;

namespace Telephony.Functions.Operations;

/// <summary>An operation as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Site">Where.</param>
/// <param name="Account">For whom; absent for an import.</param>
/// <param name="Service">The voice service that was asked for.</param>
/// <param name="Number">The number that is to be a main number, in E.164.</param>
/// <param name="RequestedBy">The user's id. An occupier sees it of its own people.</param>
/// <param name="OnBehalfOf">The operator that the platform acted for.</param>
/// <param name="Note">What was given as its reason. An occupier sees it of its own people.</param>
/// <param name="AcceptedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Steps">What was carried out, in order.</param>
/// <param name="Wait">What it waits for, and until when; absent when it does not wait.</param>
/// <param name="Linked">The operation that it called for, which goes its own way.</param>
/// <param name="LinkedNumbers">
/// The operation that it called for to have its numbers put in service, which goes its own way.
/// </param>
/// <param name="RetryOf">The operation that it does again.</param>
/// <param name="Progress">Why it has not ended, while a step is tried again.</param>
/// <param name="Reason">Why it was refused, failed, or ended in part, and what to do.</param>
/// <param name="NumberCount">How many numbers it changed.</param>
/// <param name="WantedCount">How many it is to change, where each is decided by itself.</param>
/// <param name="RulesVersion">The version of the site's rules that decided.</param>
/// <param name="Numbers">
/// The numbers it changed or found as asked, each with why it was this one; absent in lists, which they would make
/// as long as all that ever happened at a site.
/// </param>
/// <param name="Places">What an import of spaces, switches, ports and handsets came to.</param>
/// <param name="ErrorCount">How many errors the file's rows had, or how many numbers there were, that were left out.
/// </param>
/// <param name="Errors">The first of them, by row or number; absent in lists.</param>
sealed record OperationView(
    string Id,
    OperationKind Kind,
    OperationState State,
    string Site,
    string? Account,
    ServiceRequestView? Service,
    string? Number,
    string? RequestedBy,
    string? OnBehalfOf,
    string? Note,
    DateTimeOffset AcceptedAt,
    DateTimeOffset? EndedAt,
    ImmutableArray<OperationStep> Steps,
    [property: NotInTables] OperationWait? Wait,
    string? Linked,
    string? LinkedNumbers,
    string? RetryOf,
    [property: NotInTables] OperationProgress? Progress,
    OperationReason? Reason,
    int NumberCount,
    int? WantedCount,
    int? RulesVersion,
    ImmutableArray<ChosenNumber>? Numbers,
    [property: NotInTables] PlacesImported? Places,
    int? ErrorCount,
    ImmutableArray<ProblemError>? Errors)
{
    public static OperationView Of(Operation operation, Caller caller, OperationProgress? progress = null) =>
        InList(operation, caller) with
        {
            Progress = progress,
            Numbers = NumbersOf(operation),
            Errors = operation.Errors.Count > 0 ? operation.Errors.Listed() : null,
        };

    /// <summary>An occupier does not see who of the operator did what and why, as in the history of numbers.</summary>
    public static OperationView InList(Operation operation, Caller caller) =>
        caller.IsOccupier && !operation.Actor.Role.IsOccupiers()
            ? InList(operation) with { RequestedBy = null, OnBehalfOf = null, Note = null }
            : InList(operation);

    static OperationView InList(Operation operation) => new(
        operation.Id.Value,
        operation.Kind,
        operation.State,
        operation.Id.Site.Value,
        operation.Account?.Value,
        operation.Service is { } service ? new(service.Id.Value, service.Code, service.Quantity) : null,
        operation.Number?.ToString(),
        operation.Actor.User,
        operation.Actor.OnBehalfOf?.Value,
        operation.Note,
        operation.At,
        operation.EndedAt,
        operation.Steps,
        operation.Wait,
        operation.Linked?.Value,
        operation.LinkedNumbers?.Value,
        operation.RetryOf?.Value,
        Progress: null,
        AssignmentWords.ReasonOf(operation),
        operation.Changed.Count,
        operation.Wishes.Length > 0 ? operation.Wishes.Length : null,
        operation.RulesVersion,
        Numbers: null,
        operation.Places,
        ErrorCount: operation.Errors.Count > 0 ? operation.Errors.Count : null,
        Errors: null);

    /// <summary>Why the operation gave this number; null when it did not.</summary>
    public static string? ReasonOf(Operation operation, E164 number) => operation.Changed.Contains(number)
        ? NumbersOf(operation).First(chosen => chosen.Number == number.ToString()).Reason
        : null;

    static ImmutableArray<ChosenNumber> NumbersOf(Operation operation) =>
        operation.Moves.Length > 0 ? MoveWords.Of(operation.Moves)
            : operation.Kind is OperationKind.Allocation or OperationKind.VoiceService or OperationKind.Hold
            ? ChosenNumber.Of(operation.Changed, operation.Unchanged, operation.Choice)
            : Plain(operation);

    /// <summary>Those that it changed and that did not stay so have the reason beside.</summary>
    static ImmutableArray<ChosenNumber> Plain(Operation operation)
    {
        var errors = operation.Errors.Listed().Where(error => error.Number is not null)
            .ToLookup(error => error.Number, error => error.Reason);
        return
        [
            .. operation.Changed.Select(
                number => ChosenNumber.Of(number, errors[number.ToString()].FirstOrDefault())),
            .. operation.Unchanged.Select(number => ChosenNumber.Of(number, "It already was as asked.")),
        ];
    }
}

/// <summary>A voice service as it was asked for.</summary>
/// <param name="Id">Which of the account's services.</param>
/// <param name="Code">What the site calls this kind of service.</param>
/// <param name="Quantity">Units.</param>
sealed record ServiceRequestView(string Id, string Code, int Quantity);

/// <summary>A number of a result.</summary>
/// <param name="Number">In E.164.</param>
/// <param name="National">As people of its country write it.</param>
/// <param name="Reason">Why it was this one.</param>
sealed record ChosenNumber(string Number, string National, string? Reason)
{
    /// <summary>The reason of a number that was named, not chosen.</summary>
    public const string ByNumber = "Asked for by number.";

    /// <param name="changed">What was given.</param>
    /// <param name="unchanged">What the account had already.</param>
    /// <param name="choice">Why it was these; empty when they were named.</param>
    public static ImmutableArray<ChosenNumber> Of(NumberSet changed, NumberSet unchanged, ImmutableArray<Piece> choice)
    {
        var words = ChoiceWords.Of(choice);
        return
        [
            .. changed.Select(number => Of(number, words.GetValueOrDefault(number) ?? ByNumber)),
            .. unchanged.Select(number => Of(number, "The account already had it.")),
        ];
    }

    public static ChosenNumber Of(E164 number, string? reason) =>
        new(number.ToString(), PhoneText.National(number), reason);
}
