using Microsoft.AspNetCore.Http;
using Telephony.Functions.Http;

namespace Telephony.Functions.Directory;

/// <summary>How what is stored, and what became of a PUT, is answered.</summary>
static class DirectoryAnswers
{
    /// <param name="result">What became of it.</param>
    /// <param name="request">Whose response gets the version.</param>
    /// <param name="value">What is stored now.</param>
    /// <param name="thing">What it is called.</param>
    /// <param name="id">Its id.</param>
    public static IResult Of<T>(PutResult result, HttpRequest request, T value, string thing, string id)
    {
        switch (result)
        {
            case PutResult.Stored stored:
                EntityTag.Write(request.HttpContext.Response, stored.Version);
                return Json.Answer(value, stored.Created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            case PutResult.Taken taken:
                return Problems.IdTaken(thing, id, taken.Owner);
            default:
                return Problems.PreconditionFailed(thing);
        }
    }

    /// <summary>What was found and its version, or that there is none.</summary>
    public static IResult Of<T>(Versioned<T>? found, HttpRequest request)
    {
        if (found is null)
            return Problems.NotFound();

        EntityTag.Write(request.HttpContext.Response, found.Version);
        return Json.Answer(found.Value);
    }
}
