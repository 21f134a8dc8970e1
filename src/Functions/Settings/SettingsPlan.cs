using System.Collections.Immutable;
using Telephony.Domain;
using Telephony.Domain.Calls;
using Telephony.Domain.Directory;
using Telephony.Domain.History;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Domain.Rules;
using Telephony.Domain.Settings;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;
using Telephony.Functions.Storage;

namespace Telephony.Functions.Settings;

/// <summary>
/// What a transaction is to say of numbers, one after the other: each is loaded with all that it depends on, and
/// decided about. Whatever was seen is checked when it is written.
/// </summary>
/// <param name="table">How numbers are set.</param>
/// <param name="calls">Where calls go on to.</param>
/// <param name="queries">What they are.</param>
/// <param name="site">Where.</param>
/// <param name="by">Who sets them.</param>
/// <param name="policies">What the site lets occupiers do.</param>
sealed class SettingsPlan(
    SettingsTable table, CallMap calls, SiteQueries queries, Site site, Setter by, Policies policies)
{
    readonly List<Amendment> amendments = [];
    readonly List<RowChange> rows = [];
    readonly LoopWords loops = new(queries, site, by);

    /// <summary>Whose numbers they are; null when they are of several accounts, or there are none.</summary>
    public Id<Account>? Account { get; private set; }

    public SiteWork Work(Operation operation, string step, DateTimeOffset now, bool hasMore = false) => new(
        operation, step, now,
        state => PoolDecider.Decide(state, new AmendEach([.. amendments], Rows.Length, hasMore)))
    {
        Beside = _ => Rows,
    };

    ImmutableArray<RowChange> Rows => [.. rows, .. calls.Guard];

    /// <summary>Sets a number otherwise.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="patch">What is wanted.</param>
    /// <param name="precondition">What must be true of its settings; null for nothing.</param>
    /// <param name="ct">Stops between reads.</param>
    /// <returns>What is in the way; null when nothing is.</returns>
    public async Task<Problem?> SetAsync(
        E164 id, SettingsPatch patch, Precondition? precondition, CancellationToken ct)
    {
        if ((await FindAsync(id, ct)).Refused(out var problem, out var number))
            return problem;

        var stored = await table.FindAsync(site.Id, id, number, ct);
        if (precondition?.HoldsFor(stored) == false)
            return Problems.PreconditionFailed("settings");

        var change = await ChangeAsync(id, number, stored.Settings, patch.ApplyTo(stored.Settings), ct);
        switch (await DecideAsync(change, ct))
        {
            case SettingsDecision.Refused { Refusals: [SettingsRefusal.Loop loop] }:
                return SettingsProblems.Of(loop, await loops.OfAsync(loop.Path, ct));
            case SettingsDecision.Refused refused:
                return SettingsProblems.Of(refused.Refusals);
            case SettingsDecision.Accepted accepted:
                calls.Say(new CallPoint.Called(id), CallPaths.From(number, accepted.After));
                rows.Add(SettingsRow.Write(site.Id, id, stored, accepted.After));
                amendments.Add(new(id, number.Version, new(EventTypes.SettingsChanged, accepted.Changes)));
                return null;
            default:
                amendments.Add(new(id, number.Version, null));
                return null;
        }
    }

    /// <summary>Has the platform give a number's user another PIN. Nothing of it is known here.</summary>
    public async Task<Problem?> ResetPinAsync(E164 id, CancellationToken ct)
    {
        if ((await FindAsync(id, ct)).Refused(out var problem, out var number))
            return problem;
        if (number.Role is NumberRole.Main)
            return Refusals.Problem([new Refusal.OfNumber(id, NumberRefusal.IsMain)]);

        amendments.Add(new(id, number.Version, new(EventTypes.PinReset, [])));
        return null;
    }

    /// <summary>
    /// The number, when it may be set. It is read before who has it: a later change of that is one of the number.
    /// </summary>
    async Task<Checked<Number>> FindAsync(E164 id, CancellationToken ct)
    {
        if (await queries.NumberAsync(site.Id, id, ct) is not { State: not NumberState.Retired } number
            || !await by.SeesAsync(queries, site.Id, id, number, ct))
        {
            return Problems.NotFound();
        }

        if (!await by.MaySetAsync(queries, site, id, number, ct))
            return Setter.NotTheirs();
        if (number.State is not NumberState.Active)
        {
            return Refusals.Problem(
                [new Refusal.OfNumber(id, NumberRefusal.NotInService) { From = number.State }]);
        }

        Account = amendments.Count == 0 || Account == number.Account ? number.Account : null;
        return number;
    }

    async Task<ChangeSettings> ChangeAsync(
        E164 id, Number number, NumberSettings before, NumberSettings after, CancellationToken ct)
    {
        var change = new ChangeSettings(id, by.Role, policies, before, after)
        {
            OfMain = number.Role is NumberRole.Main,
        };
        if (before.CallerId == after.CallerId)
            return change;

        var account = number.Account!.Value;
        var main = (await queries.HoldingAsync(site.Id, account, ct)).Main;
        return change with
        {
            Main = main is { } found && await queries.NumberAsync(site.Id, found, ct)
                is { State: NumberState.Active, Role: NumberRole.Main } ? main : null,
            HasShown = after.CallerId.Number is { } shown && await queries.NumberAsync(site.Id, shown, ct)
                is { State: NumberState.Active } other && other.Account == account,
        };
    }

    async Task<SettingsDecision> DecideAsync(ChangeSettings change, CancellationToken ct) => SettingsDecider.Decide(
        change,
        change.AddsTargets
            ? await calls.FollowAsync(new CallPoint.Called(change.Number), [.. CallPaths.To(change.After)], ct)
            : new PathSearch.NoLoop());
}
