using System.Collections.Immutable;
using System.Globalization;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Messaging;

/// <summary>
/// Why a command can never be carried out as it is: it goes to the dead letters with this. What the rules refuse has
/// the same code as over HTTP; the other codes are all here.
/// </summary>
/// <param name="Code">For programs; it never changes.</param>
/// <param name="Text">Which field or number, why, and what to do; for people.</param>
sealed record Rejection(string Code, string Text)
{
    /// <summary>Service Bus takes 4,096 characters; people read fewer.</summary>
    public const int TextMax = 2_000;

    /// <summary>The codes that only commands have.</summary>
    public static readonly ImmutableArray<string> OwnCodes =
    [
        "bad-json", "too-large", "unknown-version", "unknown-type", "no-command-id", "invalid-field", "unknown-site",
        "unknown-account", "on-behalf-not-allowed", "command-reused",
    ];

    public static Rejection TooLarge(int bytes, int bytesMax) => new("too-large", string.Create(
        CultureInfo.InvariantCulture,
        $"It has {bytes} bytes; at most {bytesMax} are taken. Name numbers as a range, or send several commands."));

    public static Rejection BadJson(string reason) => new(
        "bad-json", $"{reason} Send one JSON object in UTF-8, without names that stand twice.");

    public static Rejection UnknownVersion() => new(
        "unknown-version", $"version: only {CommandTypes.Version} is known here. Send that, as a number.");

    public static Rejection UnknownType(string? type) => new(
        "unknown-type",
        $"type: '{Problems.Shown(type)}' is no command. Send one of {string.Join(", ", CommandTypes.All.Keys)}.");

    public static Rejection NoCommandId() => new(
        "no-command-id",
        $"commandId: it is missing, or not 1 to {IdempotencyKey.LengthMax} printable ASCII characters. Send one of "
        + "your own for each command, and the same one with each repeat.");

    public static Rejection UnknownSite(string site) => new(
        "unknown-site", $"site: there is no site '{site}'. Check the id, or create the site, then resubmit.");

    public static Rejection UnknownAccount(string account, string site) => new(
        "unknown-account",
        $"account: '{account}' does not work at '{site}'. Check the id, or add the site to the account, and resubmit.");

    public static Rejection OnBehalfNotAllowed(string site) => new(
        "on-behalf-not-allowed",
        $"site: '{site}' does not let the platform act for its operator. Ask the operator to do it; or, where that is "
        + "agreed, set onBehalfAllowed in the site's rules, then resubmit.");

    public static Rejection CommandReused(string commandId) => new(
        "command-reused",
        $"commandId: '{commandId}' was carried out with another content. Send this one with a new commandId.");

    /// <summary>Each field that is wrong; what the rules know by a code of their own keeps it.</summary>
    public static Rejection Of(Problem problem) => problem.Code is "invalid" or "bad-json" or "unknown-member"
        ? new("invalid-field", Cut(string.Join(' ', problem.Errors.Select(error =>
            $"{error.Field}: {error.Reason} {error.WayOut}"))))
        : new(problem.Code, Cut(problem.Detail));

    /// <summary>Each number in the way, or the one other reason.</summary>
    public static Rejection Of(ImmutableArray<Refusal> refusals)
    {
        var reasons = refusals.Select(refusal => Refusals.Reason(Seen(refusal))).ToList();
        return new(reasons[0].Code, Cut(string.Join(' ', reasons.Select(reason => reason.Text))));
    }

    /// <summary>A number that is gone is to the back office as one that was never there.</summary>
    static Refusal Seen(Refusal refusal) => refusal is Refusal.OfNumber { From: NumberState.Retired } gone
        ? gone with { Reason = NumberRefusal.NotProvisioned }
        : refusal;

    static string Cut(string text) => text.Length > TextMax ? text[..(TextMax - 1)] + "…" : text;
}
