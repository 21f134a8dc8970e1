using Telephony.Functions.MainNumber;
using Telephony.Functions.Operations;
using static Telephony.Functions.Tests.Histories.Scripting;

namespace Telephony.Functions.Tests.Histories;

/// <summary>Runs of the activation of a main number.</summary>
static class ActivateMainNumberScripts
{
    const string Begin = nameof(BeginMainNumber);
    const string Remind = nameof(RemindOfActivation);
    const string Settle = nameof(SettleMainNumber);

    static readonly Happening Asked = Gave(Begin, new Begun(null, new(
        "The platform has to activate +44 20 7946 0000.", Recorder.Start.AddDays(1), Recorder.Start.AddDays(7))));

    static readonly Happening Reminded = Gave(Remind, true);
    static readonly Happening Nothing = Gave(Settle, new Settled(null, null));
    static readonly Happening InService = Gave(Settle, new Settled(OperationState.Succeeded, null));

    static readonly Happening Undone = Gave(Settle, new Settled(OperationState.Failed, null));

    static readonly Happening[] Succeeded = [InService, Closed(OperationState.Succeeded)];

    static readonly Happening[] Cancelled =
        [Gave(Settle, new Settled(OperationState.Cancelled, new("cancelled", "It was called off."))),
            Closed(OperationState.Cancelled)];

    static readonly Happening[] GivenUp =
        [Gave(Settle, new Settled(OperationState.Failed, new("activation-deadline", "Nobody answered."))),
            Closed(OperationState.Failed)];

    public static IReadOnlyList<Script> All { get; } =
    [
        Of("straight", "The platform answers.", [Asked, Look(), .. Succeeded]),
        Of("in-service-at-once", "There is nothing to wait for.",
            [Gave(Begin, new Begun(null, null)), Closed(OperationState.Succeeded)]),
        Of("refused", "A rule is in the way.",
            [Gave(Begin, new Begun(InTheWay, null)), Closed(OperationState.Refused)]),
        Of("begin-failed-twice", "The beginning works at the third try.",
            [.. Tries(Begin, 2), Asked, Look(), .. Succeeded]),
        Of("begin-failed-for-good", "The beginning works at no try.",
            [.. ForGood(Begin, 10), Undone, Closed(OperationState.Failed)]),
        Of("cancelled-between-tries", "It is called off while it pauses before another try to begin.",
            [Broke(Begin), Cancel(), .. Cancelled]),
        Of("answered-early", "The platform answers before the beginning is known to have worked.",
            [Look(), Asked, .. Succeeded]),
        Of("failed", "The platform says no.",
            [Asked, Look(), Gave(Settle, new Settled(OperationState.Failed, new("activation-failed", "No."))),
                Closed(OperationState.Failed)]),
        Of("reminded", "The platform is reminded, then answers.", [Asked, Rang, Reminded, Look(), .. Succeeded]),
        Of("reminder-failed-twice", "The reminder is sent at the third try.",
            [Asked, Rang, .. Tries(Remind, 2), Reminded, Look(), .. Succeeded]),
        Of("reminder-failed-for-good", "No reminder is sent; the platform answers all the same.",
            [Asked, Rang, .. ForGood(Remind, 10), Look(), .. Succeeded]),
        Of("deadline", "The platform is reminded, and never answers.",
            [Asked, Rang, Reminded, Rang, .. GivenUp]),
        Of("looked-too-early", "A look finds nothing yet, and nothing comes later.",
            [Asked, Look(), Nothing, Rang, Reminded, Rang, .. GivenUp]),
        Of("looked-twice", "Two looks find nothing yet, and the third one does.",
            [Asked, Look(), Nothing, Look(), Nothing, Look(), .. Succeeded]),
        Of("cancelled", "It is called off while it waits.", [Asked, Cancel(), .. Cancelled]),
        Of("cancelled-while-reminding", "It is called off while it pauses before another try to remind.",
            [Asked, Rang, Broke(Remind), Cancel(), .. Cancelled]),
        Of("cancelled-too-late", "It is called off, but the number is in service.", [Asked, Cancel(), .. Succeeded]),
        Of("settle-failed-twice", "Seeing what became of it works at the third try.",
            [Asked, Look(), .. Tries(Settle, 2), .. Succeeded]),
        Of("settle-failed-for-good", "Seeing what became of it works at no try.",
            [Asked, Look(), .. ForGood(Settle, 40), Closed(OperationState.Failed)]),
        Of("close-failed-twice", "Writing the end down works at the third try.",
            [Asked, Look(), InService, .. Tries(nameof(CloseOperation), 2), Closed(OperationState.Succeeded)]),
    ];

    static Script Of(string name, string tells, IReadOnlyList<Happening> script) =>
        new(nameof(ActivateMainNumber), name, tells, script);
}
