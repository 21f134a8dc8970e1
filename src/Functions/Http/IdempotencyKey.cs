using Microsoft.AspNetCore.Http;

namespace Telephony.Functions.Http;

/// <summary>The caller's name for one change: a repeat with the same key is the same change.</summary>
readonly record struct IdempotencyKey(string Value)
{
    public const string Header = "Idempotency-Key";
    public const int LengthMax = 200;

    public static Checked<IdempotencyKey> Of(HttpRequest request) => request.Headers[Header] switch
    {
        [] => Problems.MissingIdempotencyKey(),
        [{ Length: >= 1 and <= LengthMax } text] when text.All(c => c is >= '!' and <= '~') => new IdempotencyKey(text),
        _ => Problems.BadIdempotencyKey(LengthMax),
    };
}
