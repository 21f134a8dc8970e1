using System.Collections.Immutable;
using Telephony.Domain;

namespace Telephony.Functions.Http;

/// <summary>
/// Every problem we answer, with its code. Programs match the codes, so they never change; the detail says to people
/// what is wrong and what to do about it.
/// </summary>
static partial class Problems
{
    const int ShownMax = 60;

    public static Problem BadJson(string field, string reason, string wayOut) =>
        new Problem(400, "bad-json", "The body cannot be read", $"{field}: {reason}")
            .With(ProblemError.OfField(field, "bad-json", reason, wayOut));

    public static Problem UnknownMember(string field) =>
        new Problem(400, "unknown-member", "The body has a member that is not known here",
            $"'{field}' is not known here.")
            .With(ProblemError.OfField(
                field, "unknown-member", "No such member here.", "Leave it out, or check its spelling."));

    public static Problem BodyTooLarge(int bytesMax) =>
        new(413, "body-too-large", "The body is too large", $"At most {bytesMax} bytes are taken. Send it in parts.");

    public static Problem UnsupportedMediaType(string? contentType, string taken) =>
        new(415, "unsupported-media-type", "The body is of another type than is taken here",
            $"The Content-Type is '{Shown(contentType)}'. Send {taken} in UTF-8.");

    /// <summary>The file cannot be read as a table: no row of it can be told.</summary>
    public static Problem BadCsv(params ReadOnlySpan<ProblemError> errors) =>
        new Problem(400, "bad-csv", "The file cannot be read", Summary(errors)).With(errors);

    /// <summary>Rows of a file are in the way of all of it.</summary>
    public static Problem RowsRefused(string what, int errorCount, ImmutableArray<ProblemError> errors) =>
        new(400, "rows-refused", "Rows of the file cannot go in", $"{what} Nothing was changed.")
        {
            Errors = errors,
            ErrorCount = errorCount > errors.Length ? errorCount : null,
        };

    public static Problem NotAcceptable(string offered) =>
        new(406, "not-acceptable", "It cannot be had in the form that was asked for",
            $"No type in Accept can be answered here. Send {offered}, or leave Accept out.");

    /// <summary>The body can be read, but what it says cannot be.</summary>
    public static Problem Invalid(params ReadOnlySpan<ProblemError> errors) =>
        new Problem(400, "invalid", "The request says something that cannot be", Summary(errors)).With(errors);

    public static Problem BadParameter(string name, string reason, string wayOut) =>
        new Problem(400, "bad-parameter", "A parameter cannot be read", $"{name}: {reason} {wayOut}")
            .With(ProblemError.OfField(name, "bad-parameter", reason, wayOut));

    public static Problem UnknownParameter(string name, IEnumerable<string> known) =>
        new Problem(400, "unknown-parameter", "The query has a parameter that is not known here",
            $"'{Shown(name)}' is not known here.")
            .With(ProblemError.OfField(
                Shown(name), "unknown-parameter", "No such parameter here.",
                known.Any()
                    ? $"Leave it out, or send one of {string.Join(", ", known.Order(StringComparer.Ordinal))}."
                    : "Leave it out: there are none."));

    public static Problem BadId(string field, string text) =>
        new Problem(400, "bad-id", "Not an id", $"'{Shown(text)}' cannot be an id.")
            .With(ProblemError.OfField(
                field, "bad-id", $"'{Shown(text)}' cannot be an id.",
                $"Use 1 to {Id<object>.LengthMax} of a-z, 0-9 and '-', not starting with '-'."));

    public static Problem MissingIdempotencyKey() =>
        new(400, "missing-idempotency-key", "The request needs an Idempotency-Key",
            "Send the header Idempotency-Key with a value of your own for each change; a repeat of it is harmless.");

    public static Problem BadIdempotencyKey(int lengthMax) =>
        new(400, "bad-idempotency-key", "The Idempotency-Key cannot be used",
            $"Send exactly one Idempotency-Key of 1 to {lengthMax} printable ASCII characters.");

    public static Problem IdempotencyKeyReused() =>
        new(422, "idempotency-key-reused", "The Idempotency-Key belongs to another request",
            "This key was used with another body. Repeat that body, or use a new key for a new change.");

    public static Problem PreconditionRequired() =>
        new(428, "precondition-required", "The request needs a precondition",
            "Send If-Match with the ETag you read, or If-None-Match: * to create.");

    public static Problem BadPrecondition() =>
        new(400, "bad-precondition", "The precondition cannot be read",
            "Send either If-Match with one ETag as it was answered, or If-None-Match: *.");

    public static Problem PreconditionFailed(string thing) =>
        new(412, "precondition-failed", "It is not as you saw it",
            $"Since you read it, somebody changed, created or removed: {thing}. Read it again and decide anew.");

    /// <param name="error">As RFC 6750 names it; null when no token was sent.</param>
    /// <param name="reason">What is wrong with the token, without any of its text.</param>
    public static Problem Unauthenticated(string? error, string reason) =>
        new Problem(401, "unauthenticated", "The caller is not known",
            $"{reason} Send 'Authorization: Bearer' with a valid token.")
            .With("WWW-Authenticate", error is null ? "Bearer" : $"Bearer error=\"{error}\"");

    public static Problem IdentityUnavailable() =>
        new Problem(503, "identity-unavailable", "Tokens cannot be checked now",
            "The token issuer does not answer. Nothing was changed; repeat the request.").With("Retry-After", "10");

    public static Problem Forbidden(string reason, string wayOut) =>
        new(403, "forbidden", "You may not do this", $"{reason} {wayOut}");

    /// <summary>The same for what is not there and for what the caller may not see.</summary>
    public static Problem NotFound() =>
        new(404, "not-found", "There is no such thing",
            "Nothing with this address is here for you. Check the ids, and whether you may see it.");

    public static Problem IdTaken(string field, string id, string owner) =>
        new Problem(409, "id-taken", "The id is taken", $"'{id}' belongs to {owner}. Choose another id.")
            .With(ProblemError.OfField(field, "id-taken", $"'{id}' belongs to {owner}.", "Choose another id."));

    public static Problem AccountNotAtSite(string account, string site) =>
        new(409, "account-not-at-site", "The account does not work at this site",
            $"'{account}' is not attached to '{site}'. Add the site to the account first.");

    public static Problem OperatorsOwnAccount(string account) =>
        new(409, "operators-own-account", "This is the operator's own account",
            $"'{account}' comes with its operator. Change the operator itself, through operators/{account}.");

    public static Problem SettingsRefused() =>
        new(409, "settings-refused", "The number cannot be set so",
            "'errors' says why for each field. Nothing was changed.");

    public static Problem SettingsNotYours() =>
        new(403, "forbidden", "You may not do this", "'errors' says what is not yours to set. Nothing was changed.");

    public static Problem UserHasNumbers(params ReadOnlySpan<ProblemError> numbers) => new Problem(
        409, "user-has-numbers", "The user has numbers",
        "Numbers are assigned to the user; 'errors' names them. Unassign them first.").With(numbers);

    public static Problem PlaceInUse(string reason, string wayOut) =>
        new(409, "place-in-use", "Something stands on it", $"{reason} {wayOut}");

    public static Problem PlaceRefused(string reason, string wayOut) =>
        new(409, "place-refused", "It cannot be so at this site", $"{reason} {wayOut}");

    public static Problem ServiceInUse() =>
        new(409, "service-in-use", "A service is still in use",
            "Accounts have a service that these rules would take away. Nothing was changed.");

    public static Problem TooManyScheduled(int max) =>
        new(409, "too-many-scheduled", "Too many versions wait for their time",
            $"{max} versions of the rules are yet to come, the most there may be. Wait for one to take effect; or send "
            + "rules for an earlier time, which take the place of those that would begin later.");

    public static Problem StorageUnavailable() =>
        new Problem(503, "storage-unavailable", "Storage does not answer",
            "What became of the request is not known. Repeat it unchanged: a repeat does nothing twice.")
            .With("Retry-After", "5");

    public static Problem MessagingUnavailable() =>
        new Problem(503, "messaging-unavailable", "Service Bus does not answer",
            "What became of the request is not known. Repeat it: a command that is sent twice does nothing twice.")
            .With("Retry-After", "10");

    public static Problem DeadLetterOutOfReach(int looked) =>
        new(409, "dead-letter-out-of-reach", "The dead letter cannot be taken now",
            $"Somebody else has it, or it was not among the first {looked} that could be had. Wait a minute, and "
            + "resubmit older ones first.");

    public static Problem SiteBusy() =>
        new Problem(503, "site-busy", "Too many changes at this site at once",
            "Nothing was changed. Repeat the request unchanged.")
            .With("Retry-After", "1");

    public static Problem BadRequest(int status) =>
        new(status, "bad-request", "The request cannot be read",
            "The request breaks HTTP's rules or a limit of the server.");

    public static Problem InternalError() =>
        new(500, "internal-error", "Something went wrong here",
            "This is our fault and was recorded. Repeat the request, or give the correlation id to support.");

    /// <summary>Enough of a wrong text to find it by: an answer need not be as long as the request.</summary>
    public static string Shown(string? text) => text is { Length: > ShownMax } ? text[..ShownMax] + "…" : text ?? "";

    static string Summary(ReadOnlySpan<ProblemError> errors) =>
        errors.Length == 1
            ? $"{errors[0].Field ?? errors[0].Number ?? $"row {errors[0].Row}"}: {errors[0].Reason}"
            : $"{errors.Length} errors; see 'errors'.";
}
