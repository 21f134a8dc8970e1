namespace Telephony.Functions.Http;

/// <summary>There is nothing to say.</summary>
sealed record EmptyBody;
