using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;

namespace Telephony.Functions.Messaging;

/// <summary>
/// What came over the back office's queue and could not be carried out: to look at, to mend, to have tried again.
/// </summary>
public sealed class DeadLetterFunctions(DeadLetterQueue letters)
{
    /// <param name="Body">The command to send in its place; as it was when absent.</param>
    internal sealed record ResubmitBody([Length(1, CommandReader.BytesMax)] string? Body = null);

    /// <summary>The oldest first. They stay until they are resubmitted.</summary>
    [Function("GetDeadLetters"), Demands(Permission.DeadLetters, AllOperators = true)]
    [Summary("List commands that could not be carried out")]
    [Answers(200, typeof(Page<DeadLetterView>))]
    [Refuses("messaging-unavailable")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/dead-letters")] HttpRequest request,
        CancellationToken ct)
    {
        if (Paging.Of(request).Refused(out var problem, out var paging))
            return problem;
        var after = 0L;
        if (paging.After is { } token && !TryRead(token, out after))
            return Paging.BadAfter();

        var views = letters.FromAsync(after + 1, ct).Select(DeadLetterView.Of);
        return (await Page<DeadLetterView>.TakeAsync(views, paging.Top, view => view.Id, ct)).Answer(request);
    }

    /// <summary>With the beginning of what it says.</summary>
    [Function("GetDeadLetter"), Demands(Permission.DeadLetters, AllOperators = true)]
    [Summary("Read a command that could not be carried out")]
    [Answers(200, typeof(DeadLetterView))]
    [Refuses("messaging-unavailable")]
    public async Task<IResult> One(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/dead-letters/{id}")] HttpRequest request,
        CancellationToken ct) =>
        await FindAsync(request, ct) is { } found ? Json.Answer(DeadLetterView.Of(found)) : Problems.NotFound();

    /// <summary>
    /// Sends it to the queue again, as it was or mended, and takes it from the dead letters. It is answered as it was;
    /// once it is gone, a repeat is answered with 404.
    /// </summary>
    [Function("PostResubmit"), Demands(Permission.DeadLetters, AllOperators = true)]
    [Summary("Have a command tried again")]
    [Takes(typeof(ResubmitBody))]
    [Answers(200, typeof(DeadLetterView))]
    [Refuses("messaging-unavailable", "dead-letter-out-of-reach")]
    public async Task<IResult> Resubmit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/dead-letters/{id}/resubmit")]
        HttpRequest request, CancellationToken ct)
    {
        if (IdempotencyKey.Of(request).Refused(out var problem, out _)
            || (await Json.ReadAsync<ResubmitBody>(request, ct)).Refused(out problem, out var body)
            || Mended(body.Body).Refused(out problem, out var mended))
        {
            return problem;
        }

        if (await FindAsync(request, ct) is not { } found)
            return Problems.NotFound();
        return await letters.ResubmitAsync(found.SequenceNumber, mended, ct)
            ? Json.Answer(DeadLetterView.Of(found))
            : Problems.DeadLetterOutOfReach(DeadLetterQueue.LookedMax);
    }

    /// <summary>What cannot be read would only come back.</summary>
    static Checked<BinaryData?> Mended(string? text)
    {
        if (text is null)
            return (BinaryData?)null;

        var body = BinaryData.FromString(text);
        return CommandReader.Read(body.ToMemory().Span, out _) is { } rejection
            ? Problems.Invalid(ProblemError.OfField(
                "body", "no-command", $"{rejection.Code}: {rejection.Text}", "Mend it, or leave it out."))
            : body;
    }

    async Task<ServiceBusReceivedMessage?> FindAsync(HttpRequest request, CancellationToken ct) =>
        TryRead(request.RouteValues["id"] as string, out var id) ? await letters.FindAsync(id, ct) : null;

    static bool TryRead(string? text, out long id) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id) && id < long.MaxValue;
}
