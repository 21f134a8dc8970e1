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
        [var text] when TryParse(text, out var key) => key,
        _ => Problems.BadIdempotencyKey(LengthMax),
    };

    public static bool TryParse(string? text, out IdempotencyKey key)
    {
        var valid = text is { Length: >= 1 and <= LengthMax } && text.All(c => c is >= '!' and <= '~');
        key = valid ? new(text!) : default;
        return valid;
    }
}
