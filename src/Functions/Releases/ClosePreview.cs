using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Telephony.Domain;
using Telephony.Domain.Directory;
using Telephony.Domain.Numbers;
using Telephony.Domain.Pool;
using Telephony.Functions.Assignment;
using Telephony.Functions.Http;
using Telephony.Functions.Operations;

namespace Telephony.Functions.Releases;

/// <summary>What closing an account would come to; nothing was changed.</summary>
/// <param name="Account">Who would leave.</param>
/// <param name="Services">The ids of the voice services that would end.</param>
/// <param name="NumberCount">How many numbers would leave the account.</param>
/// <param name="Numbers">
/// The first of those, 10,000 unless fewer were asked for, each with what would become of it.
/// </param>
/// <param name="Stays">As many of the numbers that would stay, each with why and what to do.</param>
/// <param name="InUse">As many of the numbers that somebody or a handset has, with who would lose them.</param>
/// <param name="Leases">
/// The ids of the spaces that the account leases. They stay so until somebody changes them, and the site cannot be
/// taken off the account before.
/// </param>
/// <param name="RulesVersion">The version of the site's rules that decided.</param>
/// <param name="Token">
/// Sent as <c>preview</c>, it lets the closing begin only while this is what becomes of the account's services and
/// numbers, and while these numbers are in use, whoever has them. What the account gets after that leaves as well.
/// </param>
sealed record ClosePreview(
    string Account,
    ImmutableArray<string> Services,
    int NumberCount,
    ImmutableArray<ChosenNumber> Numbers,
    ImmutableArray<ProblemError> Stays,
    ImmutableArray<LineView> InUse,
    ImmutableArray<string> Leases,
    int RulesVersion,
    string Token)
{
    /// <summary>An answer names no more numbers than this: more than any account has at one site.</summary>
    public const int NumbersMax = 10_000;

    public static IResult Answer(
        Id<Site> site, SiteState state, CloseAtSite command, ImmutableArray<LineView> inUse,
        ImmutableArray<string> leases, int top) =>
        PoolDecider.Decide(state, command with { InFull = true }) switch
        {
            PoolDecision.Refused refused => Refusals.Problem(refused.Refusals),
            PoolDecision.Accepted { Change: var change } => Json.Answer(new ClosePreview(
                command.Account.Value,
                [.. state.Holding(command.Account).Services.Keys.Select(id => id.Value)],
                change.Changed.Count,
                [.. MoveWords.Of(Move.Overall(change.Moves)).Take(top)],
                [.. change.LeftOut.Take(top).Select(NumberRefusals.Error)],
                inUse,
                leases,
                state.Rules.Version,
                TokenOf(site, state, command, change))),
            var decision => throw new UnreachableException($"No answer for {decision}."),
        };

    /// <summary>
    /// The decision, unless before its first part it is not what the operation's caller was shown. That the platform
    /// does not manage the site was not shown: that refusal says more.
    /// </summary>
    public static PoolDecision DecideAsShown(SiteState state, CloseAtSite command, Operation operation) =>
        operation is { Preview: { } shown, Steps.IsEmpty: true }
        && PoolDecider.Decide(state, command with { InFull = true }) is PoolDecision.Accepted { Change: var change }
        && TokenOf(operation.Id.Site, state, command, change) != shown
            ? new PoolDecision.Refused(new Refusal.ChoiceDiffers())
            : PoolDecider.Decide(state, command);

    /// <summary>The account's numbers that somebody or a handset has.</summary>
    public static IEnumerable<E164> InUseOf(SiteState state, Id<Account> account) =>
        from block in state.Pool.Blocks
        from slot in block.Of(account)
        where block[slot]!.IsAssigned
        select block.Id[slot];

    /// <summary>When rests end is left out: a second later that is another time, and the same decision.</summary>
    static string TokenOf(Id<Site> site, SiteState state, CloseAtSite command, SiteChange change) =>
        OperationIds.Hash(
            "close", site.Value, command.Account.Value,
            string.Join(' ', state.Holding(command.Account).Services.Values.Select(service => service.ToString())),
            string.Join(' ', Move.Overall(change.Moves).Select(
                move => $"{move.Way.From}>{move.Way.To}:{move.Numbers}")),
            string.Join(' ', change.LeftOut.Select(stays => $"{stays.Number}:{stays.Reason}")),
            string.Join(' ', InUseOf(state, command.Account)));
}
