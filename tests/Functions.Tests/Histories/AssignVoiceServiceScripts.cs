using Telephony.Functions.MainNumber;
using Telephony.Functions.Operations;
using Telephony.Functions.VoiceServices;
using static Telephony.Functions.Tests.Histories.Scripting;

namespace Telephony.Functions.Tests.Histories;

/// <summary>Runs of both versions that give an account a voice service.</summary>
static class AssignVoiceServiceScripts
{
    const string First = nameof(AssignVoiceService);
    const string Second = nameof(AssignVoiceService2);
    const string Take = nameof(TakeShortfall);
    const string Start = nameof(StartLinked);

    static readonly Happening Taken = Gave(Take, null);
    static readonly Happening Started = Gave(Start, true);

    public static IReadOnlyList<Script> All { get; } =
    [
        new(First, "straight", "Numbers are taken.", Taken, Closed(OperationState.Succeeded)),
        new(First, "refused", "A rule is in the way.", Gave(Take, InTheWay), Closed(OperationState.Refused)),
        new(
            First, "take-failed-twice", "Taking numbers works at the third try.",
            [.. Tries(Take, 2), Taken, Closed(OperationState.Succeeded)]),
        new(
            First, "take-failed-for-good", "Taking numbers works at no try.",
            [.. ForGood(Take, 10), Closed(OperationState.Failed)]),
        new(
            First, "close-failed-twice", "Writing the end down works at the third try.",
            [Taken, .. Tries(nameof(CloseOperation), 2), Closed(OperationState.Succeeded)]),

        new(
            Second, "straight", "Numbers are taken; an activation is started.",
            Taken, Started, Closed(OperationState.Succeeded)),
        new(
            Second, "nothing-to-start", "Numbers are taken; no activation was called for.",
            Taken, Gave(Start, false), Closed(OperationState.Succeeded)),
        new(Second, "refused", "A rule is in the way.", Gave(Take, InTheWay), Closed(OperationState.Refused)),
        new(
            Second, "take-failed-twice", "Taking numbers works at the third try.",
            [.. Tries(Take, 2), Taken, Started, Closed(OperationState.Succeeded)]),
        new(
            Second, "take-failed-for-good", "Taking numbers works at no try.",
            [.. ForGood(Take, 10), Closed(OperationState.Failed)]),
        new(
            Second, "start-failed-twice", "Starting the activation works at the third try.",
            [Taken, .. Tries(Start, 2), Started, Closed(OperationState.Succeeded)]),
        new(
            Second, "start-failed-for-good", "Starting the activation works at no try; the numbers stay taken.",
            [Taken, .. ForGood(Start, 10), Closed(OperationState.Partial)]),
        new(
            Second, "close-failed-twice", "Writing the end down works at the third try.",
            [Taken, Started, .. Tries(nameof(CloseOperation), 2), Closed(OperationState.Succeeded)]),
        new(
            Second, "cancelled-between-tries", "It is called off while it pauses before another try.",
            Broke(Take), Cancel(), Closed(OperationState.Cancelled)),
    ];
}
