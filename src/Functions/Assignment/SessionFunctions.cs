using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Telephony.Domain;
using Telephony.Domain.Access;
using Telephony.Domain.Directory;
using Telephony.Domain.Lines;
using Telephony.Domain.Numbers;
using Telephony.Domain.Settings;
using Telephony.Functions.Access;
using Telephony.Functions.Http;
using Telephony.Functions.Numbers;
using Telephony.Functions.OpenApi;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Assignment;

/// <summary>Hot-desking: a user's number at a shared handset, until they log out or their time is over.</summary>
public sealed class SessionFunctions(
    LineRequests requests, LineAddress addresses, LineTable lines, SiteQueries queries, SettingsTable settings)
{
    const string Handsets = "v1/sites/{site}/handsets/{mac}";

    /// <param name="Number">The user's number, in E.164 or the site's national form.</param>
    /// <param name="Hours">For how long; absent for as long as the number's settings allow.</param>
    internal sealed record LoginBody(
        [Length(1, PhoneText.LengthMax)] string Number, [Range(1, Session.HoursMax)] int? Hours = null);

    /// <summary>The number rings there, and that is where it is, until it is logged out or the time is over.</summary>
    [Function("LogIn"), Demands(Permission.Assign)]
    [Summary("Log a number in to a shared handset")]
    [Takes(typeof(LoginBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("assignment-refused", "site-not-managed")]
    public async Task<IResult> LogIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Handsets + "/login")] HttpRequest request,
        string mac,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<LoginBody>(request, ct)).Refused(out var problem, out var body)
            || LineAddress.Handset(mac).Refused(out problem, out var address))
        {
            return problem;
        }

        var site = Admitted.Of(request).Site!;
        var errors = new BodyErrors();
        if (NumberInput.Read(body.Number, site.Country, "number", out var number) is { } wrong)
            errors.Add(wrong);
        if (body.Hours is { } hours)
            errors.Range("hours", hours, 1, Session.HoursMax);
        if (errors.Problem is { } invalid)
            return invalid;

        var hotDesk = new HotDesk();
        return await requests.AnswerAsync(
            request,
            new(
                OperationKind.Login, $"{number},{body.Hours}",
                async stop =>
                {
                    hotDesk = await HotDeskAsync(site.Id, number, stop);
                    return await lines.LoadHandsetsAsync(site.Id, [address], [], stop, number);
                },
                (state, order) => LineDecider.Decide(state, new LogIn(
                    address, number, body.Hours, hotDesk.Allow ? hotDesk.LongestSessionHours : null, order))), ct);
    }

    async Task<HotDesk> HotDeskAsync(Id<Site> site, E164 number, CancellationToken ct) =>
        await queries.NumberAsync(site, number, ct) is { } found
            ? (await settings.FindAsync(site, number, found, ct)).Settings.HotDesk
            : new();

    /// <summary>Whoever is logged in to it.</summary>
    [Function("LogOut"), Demands(Permission.Assign)]
    [Summary("Log out of a handset")]
    [Takes(typeof(EmptyBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("assignment-refused", "site-not-managed")]
    public Task<IResult> LogOut(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Handsets + "/logout")] HttpRequest request,
        string mac,
        CancellationToken ct) => requests.AnswerAsync(
            request, OperationKind.Logout, mac,
            (state, handset, order) => LineDecider.Decide(state, new LogOutHandset(handset, order)), ct);

    /// <summary>Wherever it is logged in: from somewhere else.</summary>
    [Function("LogOutNumber"), Demands(Permission.Assign)]
    [Summary("Log a number out")]
    [Takes(typeof(EmptyBody))]
    [Answers(201, typeof(OperationView))]
    [Refuses("assignment-refused", "site-not-managed")]
    public async Task<IResult> LogOutNumber(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/sites/{site}/numbers/{number}/logout")]
        HttpRequest request,
        string number,
        CancellationToken ct)
    {
        if ((await Json.ReadAsync<EmptyBody>(request, ct)).Refused(out var problem, out _)
            || (await addresses.NumberAsync(request, number, ct)).Refused(out problem, out var found))
        {
            return problem;
        }

        return await requests.AnswerAsync(
            request,
            new(
                OperationKind.Logout, "",
                stop => lines.LoadAsync(Admitted.Of(request).Site!.Id, [found.Id], [], stop),
                (state, order) => LineDecider.Decide(state, new LogOut(found.Id, order)))
            {
                Account = found.Number.Account,
            }, ct);
    }
}
