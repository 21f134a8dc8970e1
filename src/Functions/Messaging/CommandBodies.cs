using Telephony.Functions.Numbers;

namespace Telephony.Functions.Messaging;

/// <summary>
/// A command as the back office sends it. The texts in it are looked at afterwards, so that all that are wrong are
/// named.
/// </summary>
/// <param name="Type">Which command.</param>
/// <param name="Version">Of the form of commands.</param>
/// <param name="CommandId">The back office's own name for it, unique within the site.</param>
/// <param name="Site">Where.</param>
/// <param name="By">The id of whoever wants it.</param>
abstract record CommandBody(string Type, int Version, string CommandId, string Site, string? By);

/// <summary>Numbers are nominated as main numbers, or no longer are.</summary>
sealed record NumbersCommand(
    string Type, int Version, string CommandId, string Site, string? By = null,
    IReadOnlyList<string>? Numbers = null, RangeInput? Range = null)
    : CommandBody(Type, Version, CommandId, Site, By);

/// <summary>A number is an account's main number, in service from now on.</summary>
sealed record ActivateMainCommand(
    string Type, int Version, string CommandId, string Site, string Account, string Number, string? By = null)
    : CommandBody(Type, Version, CommandId, Site, By);

/// <summary>What was asked of the platform for a number is done.</summary>
sealed record ConfirmedCommand(
    string Type, int Version, string CommandId, string Site, string Number, string? By = null)
    : CommandBody(Type, Version, CommandId, Site, By);

/// <summary>What was asked of the platform for a number cannot be done.</summary>
sealed record FailedCommand(
    string Type, int Version, string CommandId, string Site, string Number, string Reason, string? By = null)
    : CommandBody(Type, Version, CommandId, Site, By);

/// <summary>The platform allocates numbers for an operator.</summary>
sealed record AllocateCommand(
    string Type, int Version, string CommandId, string Site, string Account, string? By = null,
    int? Count = null, IReadOnlyList<string>? Numbers = null, RangeInput? Range = null)
    : CommandBody(Type, Version, CommandId, Site, By);

/// <summary>The platform assigns a number for an operator.</summary>
sealed record AssignCommand(
    string Type, int Version, string CommandId, string Site, string Number, string? By = null, string? User = null,
    string? Handset = null, string? Space = null)
    : CommandBody(Type, Version, CommandId, Site, By);
