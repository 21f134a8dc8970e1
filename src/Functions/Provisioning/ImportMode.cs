using Microsoft.AspNetCore.Http;
using Telephony.Functions.Http;

namespace Telephony.Functions.Provisioning;

/// <summary>How an import is to be taken.</summary>
/// <param name="IsFile">A file of CSV, else JSON.</param>
/// <param name="Strict">One bad row keeps all rows out; JSON is always taken so.</param>
/// <param name="DryRun">Only say what would happen.</param>
readonly record struct ImportMode(bool IsFile, bool Strict, bool DryRun)
{
    public static Checked<ImportMode> Of(HttpRequest request)
    {
        var isFile = Negotiation.IsUtf8(request.ContentType, Csv.MediaType);
        if (!isFile && !Negotiation.IsUtf8(request.ContentType, Json.MediaType))
            return Problems.UnsupportedMediaType(request.ContentType, $"{Json.MediaType} or {Csv.MediaType}");

        if (QueryFilter.Flag(request, "strict").Refused(out var problem, out var strict)
            || QueryFilter.Flag(request, "dryRun").Refused(out problem, out var dryRun))
        {
            return problem;
        }

        return !isFile && strict is false
            ? Problems.BadParameter(
                "strict", "JSON goes in whole or not at all.", "Send true or leave it out; or send the numbers as CSV.")
            : new ImportMode(isFile, strict ?? !isFile, dryRun ?? false);
    }
}
