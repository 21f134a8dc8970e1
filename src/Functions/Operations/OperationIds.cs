using System.Security.Cryptography;
using System.Text;
using Telephony.Domain;
using Telephony.Domain.Directory;

namespace Telephony.Functions.Operations;

/// <summary>Names of requests, so that the same request is known again, on any process and at any time.</summary>
static class OperationIds
{
    const int HashLength = 26;
    const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    const int BitsPerCharacter = 5;

    /// <summary>The id of a request: who sent it, what it names, and the sender's Idempotency-Key.</summary>
    public static OperationId Of(
        Id<Site> site, string user, Id<Operator>? owner, string method, string route, string key) =>
        new(site, Hash(user, owner?.Value ?? "", method, route, key));

    /// <summary>
    /// SHA-256 over the parts, each preceded by its length so that no two lists run together; 130 bits in base32.
    /// </summary>
    public static string Hash(params string[] parts)
    {
        var text = string.Concat(parts.Select(part => $"{part.Length}:{part}"));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return string.Create(HashLength, hash, (characters, bytes) =>
        {
            var bits = new System.Collections.BitArray(bytes);
            for (var i = 0; i < characters.Length; i++)
            {
                var value = 0;
                for (var bit = 0; bit < BitsPerCharacter; bit++)
                    value |= bits[(i * BitsPerCharacter) + bit] ? 1 << bit : 0;
                characters[i] = Alphabet[value];
            }
        });
    }
}
