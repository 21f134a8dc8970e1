using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain.Access;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Settings;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>
/// What emergency services are told of a number beside where it is. That follows its handset or space, so nobody writes
/// it; whoever has the number says whether it is right.
/// </summary>
public sealed class EmergencyFunctions(
    LineRequests requests, LineAddress addresses, LineTable lines, SiteQueries queries)
{
    const string Route = "v1/sites/{site}/numbers/{number}/emergency";

    /// <summary>Characters of a location: an address, a floor and a room.</summary>
    const int LocationMax = 800;

    /// <param name="Callback">Whom emergency services call back; absent for the number itself.</param>
    /// <param name="Notify">E-mail addresses of those who are told of a call.</param>
    internal sealed record EmergencyBody(
        [Length(1, PhoneText.LengthMax)] string? Callback = null,
        [MaxLength(Emergency.NotifyMax)] IReadOnlyList<string?>? Notify = null);

    /// <param name="Location">The location that is right, just as it was read.</param>
    internal sealed record ConfirmationBody([Length(1, LocationMax)] string Location);

    /// <summary>Who is called back and who is told; a confirmed location stays confirmed.</summary>
    [Function("PutEmergency"), Demands(Permission.EditEmergency)]
    [Summary("Say who is told of an emergency call")]
    [Takes(typeof(EmergencyBody))]
    [Answers(200, typeof(OperationView))]
    [Refuses("assignment-refused", "numbers-refused", "site-not-managed")]
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request,
        string number,
        CancellationToken ct)
    {
        if (Precondition.Of(request).Refused(out var problem, out var precondition)
            || (await Json.ReadAsync<EmergencyBody>(request, ct)).Refused(out problem, out var body)
            || (await addresses.NumberAsync(request, number, ct)).Refused(out problem, out var found))
        {
            return problem;
        }

        var (admitted, errors) = (Admitted.Of(request), new BodyErrors());
        E164? callback = null;
        if (body.Callback is { } text)
        {
            if (NumberInput.ReadDialable(text, admitted.Site!.Country, "callback", out var read) is { } wrong)
                errors.Add(wrong);
            callback = read;
        }

        errors.Count("notify", body.Notify?.Count ?? 0, Emergency.NotifyMax);
        var told = (body.Notify ?? []).Select((email, index) => errors.Email($"notify[{index}]", email ?? "")).ToList();
        return errors.Problem ?? await NotTheirsAsync(admitted, found, ct) ?? await requests.AnswerAsync(
            request,
            new(
                OperationKind.EmergencyLocation, $"{callback},{string.Join(',', told)}",
                stop => lines.LoadAsync(admitted.Site!.Id, [found.Id], [], stop),
                (state, order) => LineDecider.Decide(
                    state, new ChangeEmergency(found.Id, callback, [.. told], order)))
            {
                Account = found.Number.Account,
                Expected = (found.Id, precondition),
                IsNew = false,
            }, ct);
    }

    /// <summary>The caller says that emergency services would be sent to the right place.</summary>
    [Function("ConfirmLocation"), Demands(Permission.EditSettings)]
    [Summary("Confirm where emergency services are sent to")]
    [Takes(typeof(ConfirmationBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("assignment-refused", "numbers-refused", "site-not-managed")]
    public async Task<IResult> Confirm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/confirmation")] HttpRequest request,
        string number,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<ConfirmationBody>(request, ct)).Refused(out var problem, out var body)
            || (await addresses.NumberAsync(request, number, ct)).Refused(out problem, out var found))
        {
            return problem;
        }

        var errors = new BodyErrors();
        var location = errors.Line("location", body.Location, LocationMax);
        if (errors.Problem is { } wrong)
            return wrong;

        if (await NotTheirsAsync(Admitted.Of(request), found, ct) is { } notTheirs)
            return notTheirs;

        var by = Admitted.Of(request).Caller.Id.Value;
        return await requests.AnswerAsync(
            request,
            new(
                OperationKind.EmergencyLocation, location,
                stop => lines.LoadAsync(Admitted.Of(request).Site!.Id, [found.Id], [], stop),
                (state, order) => LineDecider.Decide(state, new ConfirmLocation(found.Id, location, by, order)))
            {
                Account = found.Number.Account,
            }, ct);
    }

    /// <summary>As with all other settings: a user of the operator not those of colleagues.</summary>
    async Task<Problem?> NotTheirsAsync(Admitted admitted, (E164 Id, Number Number) found, CancellationToken ct) =>
        await Setter.Of(admitted).MaySetAsync(queries, admitted.Site!, found.Id, found.Number, ct)
            ? null
            : Setter.NotTheirs();
}
