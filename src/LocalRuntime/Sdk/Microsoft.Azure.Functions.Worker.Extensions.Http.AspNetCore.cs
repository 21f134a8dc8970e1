// Declared as in Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore 2.1.1, repository
// Azure/azure-functions-dotnet-worker, folder extensions/Worker.Extensions.Http.AspNetCore/src.

using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker
{
    // FunctionContext/FunctionContextExtensions.cs, the key in Constants.cs
    public static class FunctionContextExtensions
    {
        public static HttpContext? GetHttpContext(this FunctionContext context)
        {
            ArgumentNullException.ThrowIfNull(context);
            return context.Items.TryGetValue("HttpRequestContext", out var http) ? http as HttpContext : null;
        }
    }
}

namespace Microsoft.Azure.Functions.Worker.Builder
{
    // FunctionsApplicationBuilderAspNetCoreExtensions.cs
    public static class FunctionsApplicationBuilderAspNetCoreExtensions
    {
        /// <summary>Changes nothing here: the local host has no other way to serve HTTP.</summary>
        public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(
            this FunctionsApplicationBuilder builder) => builder;
    }
}
