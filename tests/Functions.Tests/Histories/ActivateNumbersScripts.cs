using Telephony.Functions.DirectNumbers;
using Telephony.Functions.MainNumber;
using Telephony.Functions.Operations;
using static Telephony.Functions.Tests.Histories.Scripting;

namespace Telephony.Functions.Tests.Histories;

/// <summary>
/// Runs of the activation of direct numbers. It waits as that of a main number does, whose runs tell of each way.
/// </summary>
static class ActivateNumbersScripts
{
    const string Begin = nameof(BeginNumbers);
    const string Settle = nameof(SettleNumbers);

    static readonly Happening Asked = Gave(Begin, new Begun(null, new(
        "The platform has to activate 2 numbers, each by itself.", Recorder.Start.AddDays(1),
        Recorder.Start.AddDays(7))));

    static readonly Happening[] Partial =
        [Gave(Settle, new Settled(OperationState.Partial, new("activation-failed", "Not put in service: 1 of 2."))),
            Closed(OperationState.Partial)];

    static readonly Happening[] Succeeded =
        [Gave(Settle, new Settled(OperationState.Succeeded, null)), Closed(OperationState.Succeeded)];

    public static IReadOnlyList<Script> All { get; } =
    [
        Of("straight", "The platform answers for each.", [Asked, Look(), .. Succeeded]),
        Of("in-service-at-once", "There is nothing to wait for.",
            [Gave(Begin, new Begun(null, null)), Closed(OperationState.Succeeded)]),
        Of("refused", "A rule is in the way.",
            [Gave(Begin, new Begun(InTheWay, null)), Closed(OperationState.Refused)]),
        Of("in-part", "The platform refuses one.", [Asked, Look(), .. Partial]),
        Of("looked-too-early", "A look finds that another is awaited, the next one that none is.",
            [Asked, Look(), Gave(Settle, new Settled(null, null)), Look(), .. Succeeded]),
        Of("deadline", "The platform is reminded, and never answers for one.",
            [Asked, Rang, Gave(nameof(RemindOfActivation), true), Rang, .. Partial]),
        Of("cancelled", "It is called off while it waits.", [Asked, Cancel(), .. Partial]),
        Of("begin-failed-for-good", "The beginning works at no try, and is undone.",
            [.. ForGood(Begin, 10), Gave(Settle, new Settled(OperationState.Failed, null)),
                Closed(OperationState.Failed)]),
        Of("settle-failed-twice", "Seeing what became of them works at the third try.",
            [Asked, Look(), .. Tries(Settle, 2), .. Succeeded]),
    ];

    static Script Of(string name, string tells, IReadOnlyList<Happening> script) =>
        new(nameof(ActivateNumbers), name, tells, script);
}
