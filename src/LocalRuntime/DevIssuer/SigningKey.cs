using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Telephony.LocalRuntime.DevIssuer;

/// <summary>The issuer's key, kept in a file so that a token outlives a restart.</summary>
static class SigningKey
{
    const int Bits = 2048;
    const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static RsaSecurityKey ReadOrMake(string path)
    {
        if (!File.Exists(path))
            Make(path);

        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(path));
        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var rsa = RSA.Create(Bits);
        var unfinished = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var writer = new StreamWriter(unfinished, options))
            writer.Write(rsa.ExportPkcs8PrivateKeyPem());

        // Renamed when whole, so that no other process reads half a key.
        File.Move(unfinished, path, overwrite: true);
    }
}
