using Telephony.Functions.Assignment;
using Telephony.Functions.Operations;
using static Telephony.Functions.Tests.Histories.Scripting;

namespace Telephony.Functions.Tests.Histories;

/// <summary>Runs of the assignment of one number or many.</summary>
static class AssignNumbersScripts
{
    const string Assign = nameof(AssignPart);
    const string Undo = nameof(UndoAssignment);

    static readonly Happening One = Part(1, 0);
    static readonly Happening Refused = Gave(Assign, new AssignedPart(0, 1, InTheWay, [], HasMore: false));
    static readonly Happening Gone = Gave(Assign, new AssignedPart(1, 0, null, ["ada"], HasMore: false));
    static readonly Happening Undone = Gave(Undo, new UndonePart(1, new("user-gone", "The user was removed.")));

    public static IReadOnlyList<Script> All { get; } =
    [
        Of("straight", "One number is assigned.", One, Closed(OperationState.Succeeded)),
        Of("refused", "Something is in its way.", Refused, Closed(OperationState.Refused)),
        Of("three-parts", "Many are assigned, in three parts.",
            Part(8, 0, more: true), Part(8, 0, more: true), Part(2, 0), Closed(OperationState.Succeeded)),
        Of("some-refused", "Some of many are in the way.",
            Part(8, 0, more: true), Part(6, 2), Closed(OperationState.Partial)),
        Of("all-refused", "All of many are in the way.",
            Part(0, 8, more: true), Part(0, 2), Closed(OperationState.Refused)),
        Of("user-gone", "The user was removed meanwhile.", Gone, Undone, Closed(OperationState.Refused)),
        Of("user-gone-among-many", "A user was removed meanwhile; the others have their numbers.",
            Gave(Assign, new AssignedPart(8, 0, null, ["ada"], HasMore: true)), Undone, Part(3, 0),
            Closed(OperationState.Partial)),
        Of("assign-failed-twice", "Assigning works at the third try.",
            [.. Tries(Assign, 2), One, Closed(OperationState.Succeeded)]),
        Of("assign-failed-for-good", "Assigning works at no try.",
            [.. ForGood(Assign, 10), Closed(OperationState.Failed)]),
        Of("undo-failed-twice", "Taking it back works at the third try.",
            [Gone, .. Tries(Undo, 2), Undone, Closed(OperationState.Refused)]),
        Of("close-failed-twice", "Writing the end down works at the third try.",
            [One, .. Tries(nameof(CloseOperation), 2), Closed(OperationState.Succeeded)]),
        Of("cancelled-between-parts", "It is called off during the first part: no second one.",
            Cancel(), Part(8, 0, more: true), Closed(OperationState.Cancelled)),
        Of("cancelled-between-tries", "It is called off while it pauses before another try.",
            Broke(Assign), Cancel(), Closed(OperationState.Cancelled)),
    ];

    static Happening Part(int assigned, int refused, bool more = false) => Gave(
        Assign, new AssignedPart(assigned, refused, refused > 0 ? InTheWay : null, [], more));

    static Script Of(string name, string what, params Happening[] happenings) =>
        new(nameof(AssignNumbers), name, what, happenings);
}
