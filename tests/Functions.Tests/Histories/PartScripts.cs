using Telephony.Functions.Operations;
using Telephony.Functions.Releases;
using Telephony.Functions.Settings;
using Telephony.Functions.VoiceServices;
using static Telephony.Functions.Tests.Histories.Scripting;

namespace Telephony.Functions.Tests.Histories;

/// <summary>Runs of what goes part by part: the end of a service, the closing of an account.</summary>
static class PartScripts
{
    const string Forget = nameof(ForgetHolds);

    const string Unassign = nameof(UnassignForClose);

    static readonly Happening Forgot = Gave(Forget, 2);

    public static IReadOnlyList<Script> All { get; } =
    [
        .. Of(nameof(EndVoiceService), nameof(GiveBackNumbers), []),
        .. Of(nameof(CloseAccount), nameof(LeaveSite), [Forgot]),
        .. Of(nameof(SetNumbers), nameof(SetPart), [], partsMax: SetNumbers.PartsMax),
        new(
            nameof(CloseAccount), "forget-failed-twice", "Forgetting holds works at the third try.",
            [Last(nameof(LeaveSite)), .. Tries(Forget, 2), Forgot, Closed(OperationState.Succeeded)]),
        new(
            nameof(CloseAccount), "forget-failed-for-good", "Forgetting holds works at no try.",
            [Last(nameof(LeaveSite)), .. ForGood(Forget, 10), Closed(OperationState.Partial)]),
        .. Second,
    ];

    /// <summary>People lose their numbers first.</summary>
    static IEnumerable<Script> Second =>
    [
        .. Of(nameof(CloseAccount2), nameof(LeaveSite), [Forgot])
            .Select(script => script with { Happenings = [Last(Unassign), .. script.Happenings] }),
        new(
            nameof(CloseAccount2), "three-parts-unassigned", "Many people lose their numbers.",
            [More(Unassign), More(Unassign), Last(Unassign), Last(nameof(LeaveSite)), Forgot,
                Closed(OperationState.Succeeded)]),
        new(
            nameof(CloseAccount2), "unassign-refused", "A rule is in the way.",
            Refused(Unassign), Closed(OperationState.Refused)),
        new(
            nameof(CloseAccount2), "unassign-failed-twice", "Unassigning works at the third try.",
            [.. Tries(Unassign, 2), Last(Unassign), Last(nameof(LeaveSite)), Forgot, Closed(OperationState.Succeeded)]),
        new(
            nameof(CloseAccount2), "cancelled-while-unassigning", "It is called off before anything leaves.",
            Cancel(), More(Unassign), Closed(OperationState.Cancelled)),
    ];

    static Happening More(string part) => Gave(part, new PartResult(null, HasMore: true));

    static Happening Last(string part) => Gave(part, new PartResult(null, HasMore: false));

    static Happening Refused(string part) => Gave(part, new PartResult(InTheWay, HasMore: false));

    /// <param name="orchestration">Which.</param>
    /// <param name="part">Its activity.</param>
    /// <param name="then">What follows the last part.</param>
    /// <param name="partsMax">How many parts it may have.</param>
    static IEnumerable<Script> Of(
        string orchestration, string part, IReadOnlyList<Happening> then, int partsMax = InParts.PartsMax) =>
    [
        new(
            orchestration, "straight", "One part is all.", [Last(part), .. then, Closed(OperationState.Succeeded)]),
        new(
            orchestration, "three-parts", "Three parts are all.",
            [More(part), More(part), Last(part), .. then, Closed(OperationState.Succeeded)]),
        new(
            orchestration, "too-many-parts",
            partsMax == InParts.PartsMax ? "Eight parts are not all." : "As many parts as there may be are not all.",
            [.. Enumerable.Repeat(More(part), partsMax), .. then, Closed(OperationState.Partial)]),
        new(orchestration, "refused", "A rule is in the way.", Refused(part), Closed(OperationState.Refused)),
        new(
            orchestration, "second-part-refused", "A rule is in the way of the second part.",
            More(part), Refused(part), Closed(OperationState.Partial)),
        new(
            orchestration, "second-part-failed-twice", "The second part works at the third try.",
            [More(part), .. Tries(part, 2), Last(part), .. then, Closed(OperationState.Succeeded)]),
        new(
            orchestration, "first-part-failed-for-good", "The first part works at no try.",
            [.. ForGood(part, 10), Closed(OperationState.Failed)]),
        new(
            orchestration, "close-failed-twice", "Writing the end down works at the third try.",
            [Last(part), .. then, .. Tries(nameof(CloseOperation), 2), Closed(OperationState.Succeeded)]),
        new(
            orchestration, "cancelled-between-parts", "It is called off during the first part: no second one.",
            Cancel(), More(part), Closed(OperationState.Cancelled)),
        new(
            orchestration, "cancelled-between-tries", "It is called off while it pauses before another try.",
            More(part), Broke(part), Cancel(), Closed(OperationState.Cancelled)),
    ];
}
