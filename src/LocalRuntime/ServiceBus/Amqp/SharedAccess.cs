using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Telephony.LocalRuntime.ServiceBus;

/// <summary>
/// Who may use the bus: who signs with its key. A token is for one address, what is below it, and a time.
/// </summary>
sealed class SharedAccess(string keyName, string key, TimeProvider time)
{
    const string Scheme = "SharedAccessSignature ";

    public string KeyName => keyName;

    public string Key => key;

    /// <summary>What a token allows; null when it is not ours, over, or for another audience than was said.</summary>
    public Grant? Check(string? token, string? audience)
    {
        if (token?.StartsWith(Scheme, StringComparison.Ordinal) is not true || PathOf(audience) is not { } path)
            return null;

        var fields = token[Scheme.Length..].Split('&').Select(field => field.Split('=', 2))
            .Where(field => field.Length == 2)
            .GroupBy(field => field[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        if (fields.GetValueOrDefault("sr") is not { } resource
            || fields.GetValueOrDefault("se") is not { } expiry
            || fields.GetValueOrDefault("sig") is not { } signature
            || fields.GetValueOrDefault("skn") != keyName)
            return null;

        var isSigned = CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Sign($"{resource}\n{expiry}")),
            Encoding.UTF8.GetBytes(Uri.UnescapeDataString(signature)));
        return isSigned
            && long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && PathOf(Uri.UnescapeDataString(resource)) is { } signedPath
            && IsBelow(path, signedPath)
            && new Grant(path, Time(seconds)) is var grant
            && grant.Until > time.GetUtcNow()
                ? grant
                : null;
    }

    public bool Allows(Grant grant, string address) => grant.Until > time.GetUtcNow() && IsBelow(address, grant.Path);

    string Sign(string text) => Convert.ToBase64String(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    static bool IsBelow(string path, string above) => above is ""
        || path.Equals(above, StringComparison.OrdinalIgnoreCase)
        || path.StartsWith(above + "/", StringComparison.OrdinalIgnoreCase);

    static string? PathOf(string? audience) =>
        Uri.TryCreate(audience, UriKind.Absolute, out var uri)
            ? Uri.UnescapeDataString(uri.AbsolutePath).Trim('/')
            : null;

    static DateTimeOffset Time(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    /// <param name="Path">Of an entity; empty is all.</param>
    /// <param name="Until">When it is over.</param>
    public sealed record Grant(string Path, DateTimeOffset Until);
}
