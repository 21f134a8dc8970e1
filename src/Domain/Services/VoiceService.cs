namespace Telephony.Domain.Services;

/// <summary>A voice service that an account has at a site.</summary>
/// <param name="Id">Unique within the account at the site.</param>
/// <param name="Code">Which of the site's services it is.</param>
/// <param name="Quantity">How many units, 1 to <see cref="QuantityMax"/>.</param>
/// <param name="Version">Counts its changes; its ETag.</param>
public sealed record VoiceService(Id<VoiceService> Id, string Code, int Quantity, int Version = 1)
{
    public const int QuantityMax = 10_000;
}
