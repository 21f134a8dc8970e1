using Microsoft.AspNetCore.Builder;
using Telephony.LocalRuntime.Invocation;

namespace Telephony.LocalRuntime.Http;

/// <summary>
/// A page on which people read and try what the app's openapi.json describes. All of it comes from a package, so it
/// works without a network; an app that serves no openapi.json has no page.
/// </summary>
static class ApiPage
{
    public const string Path = "docs";

    const string Description = "openapi.json";

    /// <summary>Where the app serves its description; null when it does not.</summary>
    public static string? DescriptionOf(IEnumerable<LocalFunction> functions) => functions
        .Select(function => (function.Trigger as Trigger.Http)?.Route.RawText)
        .FirstOrDefault(route => route?.EndsWith(Description, StringComparison.Ordinal) == true);

    public static void Map(IApplicationBuilder app, IEnumerable<LocalFunction> functions)
    {
        if (DescriptionOf(functions) is not { } route)
            return;

        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = Path;
            page.DocumentTitle = "API";
            page.SwaggerEndpoint($"/{route}", Description);
        });
    }
}
