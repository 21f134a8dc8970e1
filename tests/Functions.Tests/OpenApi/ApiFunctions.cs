using System.Collections.Immutable;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Tests.OpenApi;

/// <summary>Every HTTP function of the app.</summary>
static class ApiFunctions
{
    public static readonly ImmutableArray<ApiFunction> All = ApiFunction.In(typeof(TelephonyApp).Assembly.GetTypes());
}
