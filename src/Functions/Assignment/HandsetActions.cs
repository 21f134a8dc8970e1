using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Lines;
using Telephony.Domain.Places;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Places;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>What people do with handsets and the numbers that ring on them.</summary>
public sealed class HandsetActions(LineRequests requests, LineTable lines)
{
    const string Route = "v1/sites/{site}/handsets/{mac}";

    /// <param name="Space">Where it is to stand.</param>
    /// <param name="Port">What it is to be plugged into; one that is patched to that space.</param>
    /// <param name="DeskLabel">Which place of the space, where that has several.</param>
    internal sealed record MoveBody(
        Id<Space> Space, Id<Port> Port, [Length(1, PlaceLimits.NameMax)] string? DeskLabel = null);

    /// <param name="With">The address of the other handset.</param>
    internal sealed record SwapBody([Length(1, AssignmentInput.MacMax)] string With);

    /// <summary>The numbers that ring on it keep ringing there, and their locations follow it.</summary>
    [Function("MoveHandset"), Demands(Permission.Assign)]
    [Summary("Move a handset with its numbers")]
    [Takes(typeof(MoveBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("assignment-refused", "place-refused", "site-not-managed")]
    public async Task<IResult> Move(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/move")] HttpRequest request,
        string mac,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<MoveBody>(request, ct)).Refused(out var problem, out var body)
            || LineAddress.Handset(mac).Refused(out problem, out var address))
        {
            return problem;
        }

        var errors = new BodyErrors();
        var label = body.DeskLabel is null ? null : errors.Line("deskLabel", body.DeskLabel, PlaceLimits.NameMax);
        if (errors.Problem is { } wrong)
            return wrong;

        return await requests.AnswerAsync(
            request,
            new(
                OperationKind.HandsetMove, $"{body.Space},{body.Port},{label}",
                stop => lines.LoadHandsetsAsync(
                    Admitted.Of(request).Site!.Id, [address], [Space.RefOf(body.Space), Port.RefOf(body.Port)], stop),
                (state, order) => LineDecider.Decide(
                    state, new MoveHandset(address, body.Space, body.Port, label, order))), ct);
    }

    /// <summary>Each rings for the other's number from then on; both stay where they are.</summary>
    [Function("SwapHandsets"), Demands(Permission.Assign)]
    [Summary("Swap the numbers of two handsets")]
    [Takes(typeof(SwapBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("assignment-refused", "site-not-managed")]
    public async Task<IResult> Swap(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/swap")] HttpRequest request,
        string mac,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<SwapBody>(request, ct)).Refused(out var problem, out var body)
            || LineAddress.Handset(mac).Refused(out problem, out var one))
        {
            return problem;
        }

        if (PlaceInput.ReadMac(body.With, out var other) is { } wrong)
            return Problems.Invalid(wrong with { Field = "with" });

        return await requests.AnswerAsync(
            request,
            new(
                OperationKind.HandsetSwap, other.Key,
                stop => lines.LoadHandsetsAsync(Admitted.Of(request).Site!.Id, [one, other], [], stop),
                (state, order) => LineDecider.Decide(state, new SwapHandsets(one, other, order))), ct);
    }

    /// <summary>The number that is assigned to it rings nowhere from then on, and nobody has it.</summary>
    [Function("UnassignHandset"), Demands(Permission.Assign)]
    [Summary("Unassign the number of a handset")]
    [Takes(typeof(EmptyBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("assignment-refused", "numbers-refused", "site-not-managed")]
    public Task<IResult> Unassign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/unassign")] HttpRequest request,
        string mac,
        CancellationToken ct) => requests.AnswerAsync(
            request, OperationKind.Unassignment, mac,
            (state, handset, order) => LineDecider.Decide(state, new UnassignHandset(handset, order)), ct);
}
